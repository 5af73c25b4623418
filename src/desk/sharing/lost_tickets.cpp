#include "desk/sharing/lost_tickets.h"

#include "desk/sharing/agent_sight.h"

namespace tandem::desk {

Result<void> who_lost_the_ticket_is_not_seen_on_it(records::Change& ticket) {
  if (ticket.verb != records::Verb::updated) return {};
  if (!ticket.changes("department") && !ticket.changes("shares")) return {};
  const db::Args of_ticket{ticket.org.value, ticket.proposed.id.value};
  for (const db::Row& row :
       ticket.tx.rows("SELECT agent_id FROM ticket_presence WHERE org_id = $1 AND ticket_id = $2",
                      of_ticket)) {
    if (agent_sees(ticket.tx, ticket.actor, RecordId{row.integer(0)}, ticket.proposed)) continue;
    ticket.tx.execute(
        "DELETE FROM ticket_presence WHERE org_id = $1 AND ticket_id = $2 AND agent_id = $3",
        {ticket.org.value, ticket.proposed.id.value, row.integer(0)});
  }
  return {};
}

}  // namespace tandem::desk
