#include "access/agents.h"

#include <fmt/format.h>

#include <algorithm>

#include "access/agent_rows.h"
#include "access/audit.h"
#include "access/member_rules.h"
#include "access/membership.h"
#include "access/oauth_tokens.h"
#include "access/organisations.h"
#include "access/people.h"
#include "access/roles.h"
#include "access/sessions.h"
#include "access/short_cache.h"

namespace tandem::access {

namespace {

constexpr std::string_view agent_query =
    "SELECT a.id, m.person_id, a.name, a.email, a.status, m.role_id, r.name, r.kind, m.invited_at, "
    "(SELECT MAX(s.last_seen_at) FROM sessions s WHERE s.person_id = m.person_id), "
    "CASE WHEN p.totp_secret IS NULL THEN 0 ELSE 1 END, p.last_seen_at "
    "FROM memberships m "
    "JOIN agents a ON a.org_id = m.org_id AND a.id = m.agent_id "
    "JOIN roles r ON r.org_id = m.org_id AND r.id = m.role_id "
    "LEFT JOIN people p ON p.id = m.person_id "
    "WHERE m.org_id = $1 AND a.deleted_at IS NULL ";

Agent agent_of(const db::Row& row) {
  Agent agent;
  agent.id = RecordId{row.integer(0)};
  agent.person = PersonId{row.integer(1)};
  agent.name = row.text(2);
  agent.email = row.text(3);
  agent.status = agent_status_from_word(row.text(4)).value_or(AgentStatus::disabled);
  agent.role_id = RecordId{row.integer(5)};
  agent.role_name = row.text(6);
  agent.role_kind = role_kind_from_word(row.text(7)).value_or(RoleKind::custom);
  if (!row.is_null(8)) agent.invited_at = row.instant(8);
  if (!row.is_null(9)) agent.session_seen_at = row.instant(9);
  agent.totp_enabled = row.integer(10) != 0;
  if (!row.is_null(11)) agent.last_seen_at = row.instant(11);
  return agent;
}

std::vector<int64_t> departments_of(db::Transaction& tx, OrgId org, RecordId agent) {
  std::vector<int64_t> ids;
  tx.for_each(
      "SELECT department_id FROM agent_departments WHERE org_id = $1 AND agent_id = $2 "
      "ORDER BY department_id",
      {db::arg(org), db::arg(agent)}, [&](const db::RowView& row) {
        ids.push_back(row.integer(0));
        return true;
      });
  return ids;
}

std::optional<Agent> one_agent(db::Transaction& tx, OrgId org, std::string_view condition,
                               int64_t id) {
  const auto row = tx.row(std::string(agent_query) + std::string(condition), {db::arg(org), id});
  if (!row) return std::nullopt;
  Agent agent = agent_of(*row);
  agent.department_ids = departments_of(tx, org, agent.id);
  return agent;
}

Result<void> change_role(db::Transaction& tx, const Actor& actor, const Agent& agent,
                         RecordId role_id) {
  if (role_id == agent.role_id) return {};
  const Role role = TRY(grantable_role(tx, actor, role_id));
  if (role.kind != RoleKind::administrator) TRY(keep_an_administrator(tx, actor.org, agent));
  tx.execute("UPDATE memberships SET role_id = $3 WHERE org_id = $1 AND agent_id = $2",
             {db::arg(actor.org), db::arg(agent.id), db::arg(role_id)});
  TRY(update_agent_record(tx, actor, agent.id, {{"role", role.name}}));
  audit(tx, actor, "member_role_changed",
        fmt::format("{}: {} to {}", agent.email, agent.role_name, role.name));
  return {};
}

Result<void> change_status(db::Transaction& tx, const Actor& actor, const Agent& agent,
                           AgentStatus status) {
  if (status == agent.status) return {};
  if (status == AgentStatus::invited || agent.status == AgentStatus::invited) {
    return invalid("status", "not_a_choice",
                   "An invited person becomes active by accepting. Invite again or withdraw.");
  }
  if (status == AgentStatus::disabled) TRY(keep_an_administrator(tx, actor.org, agent));
  TRY(update_agent_record(tx, actor, agent.id, {{"status", std::string(word(status))}}));
  if (status == AgentStatus::disabled) {
    end_delegations_in(tx, agent.person, actor.org);
    // Who belongs to another organisation stays signed in for that one.
    if (!belongs_somewhere(tx, agent.person)) end_all_sessions(tx, agent.person, 0);
  }
  audit(tx, actor, status == AgentStatus::disabled ? "member_disabled" : "member_enabled",
        agent.email);
  return {};
}

}  // namespace

std::string_view word(AgentStatus status) {
  switch (status) {
    case AgentStatus::active: return "active";
    case AgentStatus::invited: return "invited";
    case AgentStatus::disabled: return "disabled";
  }
  return "";
}

std::optional<AgentStatus> agent_status_from_word(std::string_view text) {
  for (const AgentStatus status :
       {AgentStatus::active, AgentStatus::invited, AgentStatus::disabled}) {
    if (word(status) == text) return status;
  }
  return std::nullopt;
}

std::vector<Agent> list_agents(db::Transaction& tx, OrgId org) {
  std::vector<Agent> agents;
  for (const db::Row& row : tx.rows(std::string(agent_query) + "ORDER BY a.name, a.id LIMIT $2",
                                    {db::arg(org), int64_t{agents_per_organisation_max}})) {
    agents.push_back(agent_of(row));
  }
  std::map<int64_t, std::vector<int64_t>> departments;
  tx.for_each(
      "SELECT agent_id, department_id FROM agent_departments WHERE org_id = $1 "
      "ORDER BY agent_id, department_id",
      {db::arg(org)}, [&](const db::RowView& row) {
        departments[row.integer(0)].push_back(row.integer(1));
        return true;
      });
  for (Agent& agent : agents) agent.department_ids = std::move(departments[agent.id.value]);
  return agents;
}

std::optional<Agent> find_agent(db::Transaction& tx, OrgId org, RecordId id) {
  return one_agent(tx, org, "AND m.agent_id = $2", id.value);
}

Result<Agent> change_agent(db::Transaction& tx, const Actor& actor, RecordId id,
                           const AgentChange& change) {
  TRY(require_duty(actor, Duty::manage_people));
  change_access(tx, actor.org);
  const std::optional<Agent> agent = find_agent(tx, actor.org, id);
  if (!agent) return not_found("There is no such person in this organisation.");
  TRY(may_manage(tx, actor, *agent));
  if (change.role_id) TRY(change_role(tx, actor, *agent, *change.role_id));
  if (change.status) TRY(change_status(tx, actor, *agent, *change.status));
  if (change.department_ids) {
    TRY(set_departments(tx, actor, id, *change.department_ids));
    audit(tx, actor, "member_departments_changed", agent->email);
  }
  if (agent->person) forget_cached(tx);
  return *find_agent(tx, actor.org, id);
}

Result<Agent> add_agent(db::Transaction& tx, const Actor& actor, const NewAgent& agent) {
  TRY(require_duty(actor, Duty::manage_people));
  change_access(tx, actor.org);
  const std::optional<Person> person = find_person(tx, agent.person);
  if (!person) return invalid("person", "not_found", "There is no such person.");
  const Role role = TRY(grantable_role(tx, actor, agent.role_id));
  const RecordId id = TRY(create_agent_record(tx, actor,
                                              {{"name", person->name},
                                               {"email", person->email},
                                               {"status", "active"},
                                               {"role", role.name}}));
  tx.execute(
      "INSERT INTO memberships (org_id, agent_id, person_id, role_id) VALUES ($1, $2, $3, $4)",
      {db::arg(actor.org), db::arg(id), db::arg(person->id), db::arg(role.id)});
  TRY(set_departments(tx, actor, id, agent.department_ids));
  audit(tx, actor, "member_added", fmt::format("{} as {}", person->email, role.name));
  return *find_agent(tx, actor.org, id);
}

std::vector<int64_t> agents_of_department(db::Transaction& tx, OrgId org, RecordId department) {
  std::vector<int64_t> ids;
  tx.for_each(
      "SELECT agent_id FROM agent_departments WHERE org_id = $1 AND department_id = $2 "
      "ORDER BY agent_id LIMIT $3",
      {db::arg(org), db::arg(department), int64_t{agents_per_organisation_max}},
      [&](const db::RowView& row) {
        ids.push_back(row.integer(0));
        return true;
      });
  return ids;
}

std::vector<RecordId> active_agents_of_department(db::Transaction& tx, OrgId org,
                                                  RecordId department, int limit) {
  std::vector<RecordId> ids;
  tx.for_each(
      "SELECT d.agent_id FROM agent_departments d "
      "JOIN agents a ON a.org_id = d.org_id AND a.id = d.agent_id "
      "WHERE d.org_id = $1 AND d.department_id = $2 AND a.status = 'active' "
      "AND a.deleted_at IS NULL ORDER BY d.agent_id LIMIT $3",
      {db::arg(org), db::arg(department), int64_t{limit}}, [&](const db::RowView& row) {
        ids.push_back(RecordId{row.integer(0)});
        return true;
      });
  return ids;
}

void forget_department(db::Transaction& tx, OrgId org, RecordId department) {
  change_access(tx, org);
  tx.execute("DELETE FROM agent_departments WHERE org_id = $1 AND department_id = $2",
             {db::arg(org), db::arg(department)});
}

}  // namespace tandem::access
