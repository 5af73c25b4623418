#include "desk/tickets/ticket_reading.h"

#include "desk/rows.h"

namespace tandem::desk {

namespace {

using access::Actor;

Result<void> may_mark(db::Transaction& tx, const Actor& actor, RecordId ticket) {
  TRY(visible_ticket(tx, actor, ticket));
  if (actor.is_agent()) return {};
  return forbidden("agents_only", "Agents alone mark tickets as read.");
}

}  // namespace

Result<void> mark_ticket_read(db::Transaction& tx, const Actor& actor, RecordId ticket) {
  TRY(may_mark(tx, actor, ticket));
  tx.execute(
      "INSERT INTO ticket_reads (org_id, agent_id, ticket_id, read_at) VALUES ($1, $2, $3, $4) "
      "ON CONFLICT (org_id, ticket_id, agent_id) DO UPDATE SET read_at = excluded.read_at",
      {actor.org.value, actor.id.value, ticket.value, tx.now().ms});
  tx.execute(
      "DELETE FROM ticket_reads WHERE org_id = $1 AND agent_id = $2 AND read_at < "
      "COALESCE((SELECT read_at FROM ticket_reads WHERE org_id = $1 AND agent_id = $2 "
      "ORDER BY read_at DESC LIMIT 1 OFFSET $3), 0)",
      {actor.org.value, actor.id.value, read_tickets_per_agent_max - 1});
  return {};
}

Result<void> mark_ticket_unread(db::Transaction& tx, const Actor& actor, RecordId ticket) {
  TRY(may_mark(tx, actor, ticket));
  tx.execute("DELETE FROM ticket_reads WHERE org_id = $1 AND agent_id = $2 AND ticket_id = $3",
             {actor.org.value, actor.id.value, ticket.value});
  return {};
}

void forget_reads(db::Transaction& tx, OrgId org, RecordId ticket) {
  tx.execute("DELETE FROM ticket_reads WHERE org_id = $1 AND ticket_id = $2",
             {org.value, ticket.value});
}

}  // namespace tandem::desk
