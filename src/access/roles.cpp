#include "access/roles.h"

#include <fmt/format.h>

#include "access/agent_rows.h"
#include "access/audit.h"
#include "access/organisations.h"
#include "access/role_rows.h"
#include "base/names.h"
#include "base/text.h"

namespace tandem::access {

namespace {

constexpr NameRule name_rule{.of = "the role", .chars_max = role_name_chars_max};

Result<void> require_free_name(db::Transaction& tx, OrgId org, const Role& role) {
  const auto other =
      tx.row("SELECT id FROM roles WHERE org_id = $1 AND folded_name = $2 AND id <> $3",
             {db::arg(org), fold(role.name), db::arg(role.id)});
  if (!other) return {};
  return conflict("duplicate", "Another role has this name. Choose another.", "name");
}

/// Members show the name of their role.
Result<void> rename_in_members(db::Transaction& tx, const Actor& actor, const Role& role) {
  for (const db::Row& row :
       tx.rows("SELECT m.agent_id FROM memberships m "
               "JOIN agents a ON a.org_id = m.org_id AND a.id = m.agent_id "
               "WHERE m.org_id = $1 AND m.role_id = $2 AND a.deleted_at IS NULL",
               {db::arg(actor.org), db::arg(role.id)})) {
    TRY(update_agent_record(tx, actor, RecordId{row.integer(0)}, {{"role", role.name}}));
  }
  return {};
}

void apply(Role& role, const RoleDraft& draft) {
  if (draft.rights) role.rights = *draft.rights;
  if (draft.fields) role.fields = *draft.fields;
  if (draft.duties) role.duties = *draft.duties;
}

Result<Role> custom_role(db::Transaction& tx, const Actor& actor, RecordId id) {
  const std::optional<Role> role = find_role(tx, actor.org, id);
  if (!role) return not_found("There is no such role.");
  if (is_system(*role)) {
    return conflict("system_role", "This role is part of the program. Make a role of your own.");
  }
  return *role;
}

}  // namespace

std::vector<Role> list_roles(db::Transaction& tx, OrgId org) {
  std::vector<Role> roles;
  for (const db::Row& row :
       tx.rows(fmt::format("SELECT {} FROM roles r WHERE r.org_id = $1 ORDER BY r.id LIMIT $2",
                           role_columns),
               {db::arg(org), int64_t{roles_per_organisation_max}})) {
    roles.push_back(role_of_row(row, 0));
  }
  return roles;
}

std::optional<Role> find_role(db::Transaction& tx, OrgId org, RecordId id) {
  const auto row =
      tx.row(fmt::format("SELECT {} FROM roles r WHERE r.org_id = $1 AND r.id = $2", role_columns),
             {db::arg(org), db::arg(id)});
  if (!row) return std::nullopt;
  return role_of_row(*row, 0);
}

Result<Role> create_role(db::Transaction& tx, const Actor& actor, const RoleDraft& draft) {
  TRY(require_duty(actor, Duty::manage_people));
  change_access(tx, actor.org);
  Role role;
  role.id = RecordId{tx.new_id()};
  role.kind = RoleKind::custom;
  role.name = TRY(checked_name(draft.name.value_or(""), name_rule));
  apply(role, draft);
  TRY(require_not_more_than_own(actor, role));
  if (tx.integer("SELECT COUNT(*) FROM roles WHERE org_id = $1", {db::arg(actor.org)}) >=
      roles_per_organisation_max) {
    return conflict("too_many", fmt::format("An organisation has at most {} roles. Delete one.",
                                            roles_per_organisation_max));
  }
  TRY(require_free_name(tx, actor.org, role));
  insert_role(tx, actor.org, role);
  audit(tx, actor, "role_created", fmt::format("{}: {}", role.name, rights_to_json(role.rights)));
  return role;
}

Result<Role> update_role(db::Transaction& tx, const Actor& actor, RecordId id,
                         const RoleDraft& draft) {
  TRY(require_duty(actor, Duty::manage_people));
  change_access(tx, actor.org);
  Role role = TRY(custom_role(tx, actor, id));
  TRY(require_not_more_than_own(actor, role));
  const std::string old_name = role.name;
  if (draft.name) role.name = TRY(checked_name(*draft.name, name_rule));
  apply(role, draft);
  TRY(require_not_more_than_own(actor, role));
  TRY(require_free_name(tx, actor.org, role));
  update_role_row(tx, actor.org, role);
  if (role.name != old_name) TRY(rename_in_members(tx, actor, role));
  audit(tx, actor, "role_changed",
        fmt::format("{}: {} {}", role.name, rights_to_json(role.rights),
                    duties_to_json(role.duties)));
  return role;
}

Result<void> delete_role(db::Transaction& tx, const Actor& actor, RecordId id) {
  TRY(require_duty(actor, Duty::manage_people));
  change_access(tx, actor.org);
  const Role role = TRY(custom_role(tx, actor, id));
  TRY(require_not_more_than_own(actor, role));
  if (tx.row("SELECT agent_id FROM memberships WHERE org_id = $1 AND role_id = $2 LIMIT 1",
             {db::arg(actor.org), db::arg(id)})) {
    return conflict("role_in_use", "People have this role. Give them another one first.");
  }
  tx.execute("DELETE FROM roles WHERE org_id = $1 AND id = $2", {db::arg(actor.org), db::arg(id)});
  audit(tx, actor, "role_deleted", role.name);
  return {};
}

Result<void> require_not_more_than_own(const Actor& actor, const Role& given_role) {
  if (actor.is_system() || actor.is_administrator()) return {};
  const Role role = with_hidden_results(given_role, *actor.catalogue);
  const Refusal more = forbidden(
      "more_than_own", "This role may more than your own. Ask an administrator to do it.");
  if (role.kind == RoleKind::administrator || !actor.role) return more;
  if ((role.duties & ~actor.role->duties) != 0) return more;
  for (const auto& [module, bits] : role.rights) {
    const auto own = actor.role->rights.find(module);
    const uint32_t own_bits = own == actor.role->rights.end() ? 0 : own->second;
    if ((bits & ~own_bits) != 0) return more;
  }
  for (const auto& [module, fields] : actor.role->fields) {
    const auto theirs = role.fields.find(module);
    for (const auto& [field, access] : fields) {
      FieldAccess given = FieldAccess::write;
      if (theirs != role.fields.end()) {
        const auto at = theirs->second.find(field);
        if (at != theirs->second.end()) given = at->second;
      }
      if (given > access) return more;
    }
  }
  return {};
}

}  // namespace tandem::access
