#include "desk/sharing/lost_tickets.h"

#include <algorithm>

#include "access/agents.h"
#include "desk/sharing/ticket_visibility.h"

namespace tandem::desk {

bool has_ticket(db::Transaction& tx, OrgId org, RecordId id, const records::Record& ticket,
                bool shared) {
  const std::optional<access::Agent> agent = access::find_agent(tx, org, id);
  if (!agent) return false;
  if (agent->role_kind == access::RoleKind::administrator) return true;
  const auto works_in = [&](int64_t department) {
    return std::ranges::binary_search(agent->department_ids, department);
  };
  if (works_in(ticket.get("department").number())) return true;
  const std::vector<Share> shares = shared ? shares_of(ticket) : std::vector<Share>{};
  return std::ranges::any_of(shares,
                             [&](const Share& share) { return works_in(share.department.value); });
}

Result<void> who_lost_the_ticket_is_not_seen_on_it(records::Change& ticket) {
  if (ticket.verb != records::Verb::updated) return {};
  if (!ticket.changes("department") && !ticket.changes("shares")) return {};
  const db::Args of_ticket{ticket.org.value, ticket.proposed.id.value};
  for (const db::Row& row :
       ticket.tx.rows("SELECT agent_id FROM ticket_presence WHERE org_id = $1 AND ticket_id = $2",
                      of_ticket)) {
    if (has_ticket(ticket.tx, ticket.org, RecordId{row.integer(0)}, ticket.proposed, true))
      continue;
    ticket.tx.execute(
        "DELETE FROM ticket_presence WHERE org_id = $1 AND ticket_id = $2 AND agent_id = $3",
        {ticket.org.value, ticket.proposed.id.value, row.integer(0)});
  }
  return {};
}

}  // namespace tandem::desk
