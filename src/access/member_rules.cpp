#include "access/member_rules.h"

#include <fmt/format.h>

#include <algorithm>

namespace tandem::access {

namespace {

Result<void> require_departments(db::Transaction& tx, const Actor& actor,
                                 const std::vector<int64_t>& ids) {
  if (ids.empty()) return {};
  if (ids.size() > static_cast<size_t>(departments_per_agent_max)) {
    return invalid("department_ids", "too_many",
                   fmt::format("Choose at most {} departments.", departments_per_agent_max));
  }
  const records::ModuleDef* const departments = actor.catalogue->find("departments");
  if (departments == nullptr) {
    return invalid("department_ids", "not_found", "This organisation has no departments.");
  }
  if (records::link_titles(tx, actor.org, *departments, ids).size() != ids.size()) {
    return invalid("department_ids", "not_found", "Choose departments of this organisation.");
  }
  return {};
}

}  // namespace

Result<Role> grantable_role(db::Transaction& tx, const Actor& actor, RecordId role_id) {
  const std::optional<Role> role = find_role(tx, actor.org, role_id);
  if (!role) return invalid("role_id", "not_found", "Choose a role of this organisation.");
  TRY(require_not_more_than_own(actor, *role));
  return *role;
}

Result<void> may_manage(db::Transaction& tx, const Actor& actor, const Agent& agent) {
  const std::optional<Role> role = find_role(tx, actor.org, agent.role_id);
  if (!role) return {};
  return require_not_more_than_own(actor, *role);
}

Result<void> keep_an_administrator(db::Transaction& tx, OrgId org, const Agent& agent) {
  if (agent.role_kind != RoleKind::administrator || agent.status != AgentStatus::active) return {};
  const int64_t others = tx.integer(
      "SELECT COUNT(*) FROM memberships m "
      "JOIN agents a ON a.org_id = m.org_id AND a.id = m.agent_id "
      "JOIN roles r ON r.org_id = m.org_id AND r.id = m.role_id "
      "WHERE m.org_id = $1 AND m.agent_id <> $2 AND r.kind = 'administrator' "
      "AND a.status = 'active' AND a.deleted_at IS NULL",
      {db::arg(org), db::arg(agent.id)});
  if (others > 0) return {};
  return conflict("last_administrator",
                  "This is the last administrator. Make somebody else an administrator first.");
}

Result<void> set_departments(db::Transaction& tx, const Actor& actor, RecordId agent,
                             std::vector<int64_t> department_ids) {
  std::sort(department_ids.begin(), department_ids.end());
  department_ids.erase(std::unique(department_ids.begin(), department_ids.end()),
                       department_ids.end());
  TRY(require_departments(tx, actor, department_ids));
  tx.execute("DELETE FROM agent_departments WHERE org_id = $1 AND agent_id = $2",
             {db::arg(actor.org), db::arg(agent)});
  for (const int64_t department : department_ids) {
    tx.execute(
        "INSERT INTO agent_departments (org_id, agent_id, department_id) VALUES ($1, $2, $3)",
        {db::arg(actor.org), db::arg(agent), department});
  }
  return {};
}

}  // namespace tandem::access
