#include "desk/sharing/lost_tickets.h"

#include <algorithm>

#include "access/agents.h"
#include "desk/sharing/ticket_visibility.h"

namespace tandem::desk {

Result<void> who_lost_the_ticket_is_not_seen_on_it(records::Change& ticket) {
  if (ticket.verb != records::Verb::updated) return {};
  if (!ticket.changes("department") && !ticket.changes("shares")) return {};
  std::vector<int64_t> having{ticket.get("department").number()};
  for (const Share& share : shares_of(ticket.proposed)) having.push_back(share.department.value);
  const db::Args of_ticket{ticket.org.value, ticket.proposed.id.value};
  for (const db::Row& row :
       ticket.tx.rows("SELECT agent_id FROM ticket_presence WHERE org_id = $1 AND ticket_id = $2",
                      of_ticket)) {
    const std::optional<access::Agent> agent =
        access::find_agent(ticket.tx, ticket.org, RecordId{row.integer(0)});
    const bool has_it =
        agent && (agent->role_kind == access::RoleKind::administrator ||
                  std::any_of(having.begin(), having.end(), [&](int64_t department) {
                    return std::ranges::binary_search(agent->department_ids, department);
                  }));
    if (has_it) continue;
    ticket.tx.execute(
        "DELETE FROM ticket_presence WHERE org_id = $1 AND ticket_id = $2 AND agent_id = $3",
        {ticket.org.value, ticket.proposed.id.value, row.integer(0)});
  }
  return {};
}

}  // namespace tandem::desk
