#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "access/actor.h"
#include "base/json.h"
#include "db/database.h"

namespace tandem::access {

constexpr int roles_per_organisation_max = 100;
constexpr int role_name_chars_max = 60;

constexpr uint32_t bit(Right right) { return 1U << static_cast<unsigned>(right); }
constexpr uint32_t bit(Duty duty) { return 1U << static_cast<unsigned>(duty); }

/// Every Right and every Duty in order, for tables and tests.
const std::vector<Right>& all_rights();
const std::vector<Duty>& all_duties();
std::optional<Duty> duty_from_word(std::string_view word);
std::optional<RoleKind> role_kind_from_word(std::string_view word);

/// What a system role may on each module. Administrators need no table. Agent: works on tickets and
/// their contacts, takes a ticket or hands back its own, but needs Right::assign to give it to
/// others. Light agent: reads and comments privately. (S123 to S127.)
std::map<std::string, uint32_t, std::less<>> system_rights(RoleKind kind);

inline bool is_system(const Role& role) { return role.kind != RoleKind::custom; }

/// What an administrator writes of a custom role. Absent stays.
struct RoleDraft {
  std::optional<std::string> name = {};
  std::optional<std::map<std::string, uint32_t, std::less<>>> rights = {};
  std::optional<std::map<std::string, std::map<std::string, FieldAccess, std::less<>>, std::less<>>>
      fields = {};
  std::optional<uint32_t> duties = {};
};

/// Reads
/// {"name","rights":{"tickets":["read",…]},"fields":{"tickets":{"due_at":"read"}},"duties":[…]}.
/// Refuses with invalid: unknown keys, modules, rights, fields, words.
Result<RoleDraft> role_draft_from_json(db::Transaction& tx, const Actor& actor, const Json& json);
/// {"id","name","kind","is_system","may_give","rights","fields","duties"}; an administrator's
/// rights are all of every module. may_give: whether the reader may give the role to somebody.
void append_role(JsonWriter& json, const Role& role, const Actor& reader);
/// {"tickets":{"subject":["write","read"],"due_at":["write","read","hidden"],…},…}: what a role may
/// say of each field.
void append_field_choices(JsonWriter& json, db::Transaction& tx, const Actor& reader);

std::vector<Role> list_roles(db::Transaction& tx, OrgId org);
std::optional<Role> find_role(db::Transaction& tx, OrgId org, RecordId id);

/// These three refuse: forbidden (manage_people; "more_than_own" when the role would allow what the
/// actor may not), invalid, conflict ("duplicate" name, "system_role", "role_in_use"), not_found.
Result<Role> create_role(db::Transaction& tx, const Actor& actor, const RoleDraft& draft);
Result<Role> update_role(db::Transaction& tx, const Actor& actor, RecordId id,
                         const RoleDraft& draft);
Result<void> delete_role(db::Transaction& tx, const Actor& actor, RecordId id);

/// Refuses with forbidden "more_than_own" a role that allows more than the actor may itself.
/// Administrators and the program pass.
Result<void> require_not_more_than_own(const Actor& actor, const Role& given_role);

}  // namespace tandem::access
