#include "desk/automation/automation_assignment.h"

#include <algorithm>
#include <vector>

#include "desk/tickets/still_open.h"

namespace tandem::desk {

namespace {

Result<std::vector<RecordId>> candidates(db::Transaction& tx, OrgId org, RecordId department) {
  std::vector<RecordId> agents;
  tx.for_each(
      "SELECT d.agent_id FROM agent_departments d "
      "JOIN agents a ON a.org_id = d.org_id AND a.id = d.agent_id "
      "JOIN memberships m ON m.org_id = a.org_id AND m.agent_id = a.id "
      "JOIN roles r ON r.org_id = m.org_id AND r.id = m.role_id "
      "WHERE d.org_id = $1 AND d.department_id = $2 AND a.status = 'active' "
      "AND a.deleted_at IS NULL AND r.kind <> 'light_agent' ORDER BY d.agent_id LIMIT $3",
      {db::arg(org), db::arg(department), assignees_considered_max}, [&](const db::RowView& row) {
        agents.push_back(RecordId{row.integer(0)});
        return true;
      });
  if (!agents.empty()) return agents;
  return conflict("nobody_to_assign", "Add an active agent to the department.");
}

/// Asked for by types, so that the index of owners serves it.
int64_t load_of(db::Transaction& tx, OrgId org, RecordId agent) {
  return tx.integer(
      "SELECT COUNT(*) FROM (SELECT 1 FROM tickets WHERE org_id = $1 AND owner = $2 "
      "AND " +
          still_open_sql() + " AND deleted_at IS NULL LIMIT $3) AS counted",
      {db::arg(org), db::arg(agent), load_counted_max});
}

}  // namespace

Result<RecordId> agent_in_turn(db::Transaction& tx, OrgId org, RecordId department,
                               RecordId source) {
  const std::vector<RecordId> agents = TRY(candidates(tx, org, department));
  const RecordId last{
      tx.integer("SELECT agent_id FROM automation_turns WHERE org_id = $1 AND source_id = $2 "
                 "AND department_id = $3",
                 {db::arg(org), db::arg(source), db::arg(department)})};
  const auto next = std::upper_bound(agents.begin(), agents.end(), last);
  const RecordId chosen = next == agents.end() ? agents.front() : *next;
  tx.execute(
      "INSERT INTO automation_turns (org_id, source_id, department_id, agent_id) "
      "VALUES ($1, $2, $3, $4) ON CONFLICT (org_id, source_id, department_id) "
      "DO UPDATE SET agent_id = excluded.agent_id",
      {db::arg(org), db::arg(source), db::arg(department), db::arg(chosen)});
  return chosen;
}

Result<RecordId> agent_with_least_load(db::Transaction& tx, OrgId org, RecordId department) {
  const std::vector<RecordId> agents = TRY(candidates(tx, org, department));
  RecordId chosen;
  int64_t least = INT64_MAX;
  for (const RecordId agent : agents) {
    const int64_t load = load_of(tx, org, agent);
    if (load >= least) continue;
    least = load;
    chosen = agent;
  }
  return chosen;
}

}  // namespace tandem::desk
