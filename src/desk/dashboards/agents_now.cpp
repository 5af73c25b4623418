#include "desk/dashboards/agents_now.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "access/agents.h"

namespace tandem::desk {

namespace {

using CountByAgent = std::map<int64_t, int64_t>;

bool works_in(const access::Agent& agent, const std::vector<int64_t>& departments) {
  return std::any_of(departments.begin(), departments.end(), [&](int64_t department) {
    return std::binary_search(agent.department_ids.begin(), agent.department_ids.end(), department);
  });
}

CountByAgent counted(db::Transaction& tx, OrgId org, const DashboardScope& scope,
                     const std::string& measure, int64_t day) {
  CountByAgent counts;
  for (const int64_t department : scope.departments) {
    tx.for_each(
        "SELECT key, count FROM desk_figures WHERE org_id = $1 AND generation = $2 "
        "AND dimension = 'owner' AND department_id = $3 AND day = $4 AND measure = $5",
        {org.value, scope.generation, department, day, measure}, [&](const db::RowView& row) {
          counts[id_from_text(row.text(0)).value_or(0)] += row.integer(1);
          return true;
        });
  }
  return counts;
}

CountByAgent overdue(db::Transaction& tx, OrgId org, const DashboardScope& scope) {
  CountByAgent counts;
  for (const int64_t department : scope.departments) {
    tx.for_each(
        "SELECT owner_id, COUNT(*) FROM ticket_facts WHERE org_id = $1 AND department_id = $2 "
        "AND due_day <= $3 AND due_at < $4 GROUP BY owner_id",
        {org.value, department, scope.today, db::arg(tx.now())}, [&](const db::RowView& row) {
          counts[row.integer(0)] += row.integer(1);
          return true;
        });
  }
  return counts;
}

}  // namespace

bool is_here(const access::Agent& agent, Instant now) {
  return agent.session_seen_at && now - *agent.session_seen_at < here_ms;
}

Result<std::vector<AgentNow>> agents_now(db::Transaction& tx, const access::Actor& actor,
                                         const DashboardScope& scope) {
  TRY(may_divide_by(actor, "owner"));
  if (!scope.is_ready) {
    return conflict("figures_are_counted",
                    "All tickets are being counted; look again in some minutes.");
  }
  const bool sees_open = may_read(actor, Measure::open).has_value();
  const bool sees_closed = may_read(actor, Measure::closed).has_value();
  const bool sees_overdue = sees_open && may_divide_by(actor, "due_at").has_value();
  CountByAgent open = counted(tx, actor.org, scope, "open", no_day);
  CountByAgent closed = counted(tx, actor.org, scope, "closed", scope.today);
  CountByAgent late = overdue(tx, actor.org, scope);
  std::vector<AgentNow> agents;
  for (const access::Agent& agent : access::list_agents(tx, actor.org)) {
    const bool is_theirs = works_in(agent, scope.departments) || open.contains(agent.id.value);
    if (agent.status != access::AgentStatus::active || !is_theirs) continue;
    AgentNow now{.agent = agent.id, .name = agent.name};
    now.is_here = is_here(agent, tx.now());
    if (sees_open) now.open = open[agent.id.value];
    if (sees_overdue) now.overdue = late[agent.id.value];
    if (sees_closed) now.closed_today = closed[agent.id.value];
    agents.push_back(std::move(now));
  }
  std::stable_sort(agents.begin(), agents.end(), [](const AgentNow& a, const AgentNow& b) {
    return std::tuple(b.is_here, b.open) < std::tuple(a.is_here, a.open);
  });
  if (agents.size() > agents_now_max) agents.resize(agents_now_max);
  return agents;
}

}  // namespace tandem::desk
