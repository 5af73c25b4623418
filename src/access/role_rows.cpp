#include "access/role_rows.h"

#include "base/json.h"
#include "base/text.h"

namespace tandem::access {

namespace {

/// Raised with each module that comes to be; a role is written with the number of its day.
constexpr int64_t modules_known_now = 1;

/// Those that a role does not know that was written with 0.
constexpr std::string_view modules_since_0[] = {"products", "tasks", "appointments"};

constexpr uint32_t rights_on_any_record =
    bit(Right::read) | bit(Right::create) | bit(Right::update) | bit(Right::delete_) |
    bit(Right::restore) | bit(Right::purge) | bit(Right::bulk) | bit(Right::export_);

/// Who works with tickets, works with what came to stand beside them, unless the role says so.
void add_rights_on_newer_modules(Role& role, int64_t modules_known) {
  if (modules_known >= modules_known_now) return;
  const auto on_tickets = role.rights.find("tickets");
  if (on_tickets == role.rights.end()) return;
  const uint32_t rights = on_tickets->second & rights_on_any_record;
  for (const std::string_view module : modules_since_0)
    role.rights.emplace(std::string(module), rights);
}

std::string fields_to_json(const Role& role) {
  JsonWriter json;
  json.begin_object();
  for (const auto& [module, fields] : role.fields) {
    json.key(module).begin_object();
    for (const auto& [field, access] : fields) json.string(field, word(access));
    json.end_object();
  }
  json.end_object();
  return json.take();
}

Json stored_json(const std::string& text) {
  Result<Json> json = json_from_text(text);
  return json ? std::move(*json) : Json();
}

void read_rights(Role& role, const Json& json) {
  if (!json.is_object()) return;
  for (const auto& [module, words] : json.get_object()) {
    uint32_t bits = 0;
    if (!words.is_array()) continue;
    for (const Json& each : words.get_array()) {
      if (!each.is_string()) continue;
      const std::string_view text(each.get_string().data(), each.get_string().size());
      if (const auto right = right_from_word(text)) bits |= bit(*right);
    }
    role.rights.emplace(std::string(module), bits);
  }
}

void read_fields(Role& role, const Json& json) {
  if (!json.is_object()) return;
  for (const auto& [module, fields] : json.get_object()) {
    if (!fields.is_object()) continue;
    auto& of_module = role.fields[std::string(module)];
    for (const auto& [field, value] : fields.get_object()) {
      if (!value.is_string()) continue;
      const std::string_view text(value.get_string().data(), value.get_string().size());
      // A word this program does not know must not open the field.
      of_module[std::string(field)] = field_access_from_word(text).value_or(FieldAccess::hidden);
    }
  }
}

void read_duties(Role& role, const Json& json) {
  if (!json.is_array()) return;
  for (const Json& each : json.get_array()) {
    if (!each.is_string()) continue;
    const std::string_view text(each.get_string().data(), each.get_string().size());
    if (const auto duty = duty_from_word(text)) role.duties |= bit(*duty);
  }
}

}  // namespace

std::string_view word(FieldAccess access) {
  switch (access) {
    case FieldAccess::hidden: return "hidden";
    case FieldAccess::read: return "read";
    case FieldAccess::write: return "write";
  }
  return "";
}

std::optional<FieldAccess> field_access_from_word(std::string_view text) {
  for (const FieldAccess access : {FieldAccess::hidden, FieldAccess::read, FieldAccess::write}) {
    if (word(access) == text) return access;
  }
  return std::nullopt;
}

std::string rights_to_json(const std::map<std::string, uint32_t, std::less<>>& rights) {
  JsonWriter json;
  json.begin_object();
  for (const auto& [module, bits] : rights) {
    json.key(module).begin_array();
    for (const Right right : all_rights()) {
      if ((bits & bit(right)) != 0) json.string(word(right));
    }
    json.end_array();
  }
  json.end_object();
  return json.take();
}

std::string duties_to_json(uint32_t duties) {
  JsonWriter json;
  json.begin_array();
  for (const Duty duty : all_duties()) {
    if ((duties & bit(duty)) != 0) json.string(word(duty));
  }
  json.end_array();
  return json.take();
}

void insert_role(db::Transaction& tx, OrgId org, const Role& role) {
  tx.execute(
      "INSERT INTO roles (org_id, id, name, folded_name, kind, rights, fields, duties, created_at, "
      "modules_known) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
      {db::arg(org), db::arg(role.id), role.name, fold(role.name), std::string(word(role.kind)),
       rights_to_json(role.rights), fields_to_json(role), duties_to_json(role.duties),
       db::arg(tx.now()), modules_known_now});
}

void update_role_row(db::Transaction& tx, OrgId org, const Role& role) {
  tx.execute(
      "UPDATE roles SET name = $3, folded_name = $4, rights = $5, fields = $6, duties = $7, "
      "modules_known = $8 "
      "WHERE org_id = $1 AND id = $2",
      {db::arg(org), db::arg(role.id), role.name, fold(role.name), rights_to_json(role.rights),
       fields_to_json(role), duties_to_json(role.duties), modules_known_now});
}

Role role_of_row(const db::Row& row, int first) {
  Role role;
  role.id = RecordId{row.integer(first)};
  role.name = row.text(first + 1);
  // An unknown kind is a custom role without rights: closed, not open.
  role.kind = role_kind_from_word(row.text(first + 2)).value_or(RoleKind::custom);
  if (is_system(role)) {
    role.rights = system_rights(role.kind);
    return role;
  }
  read_rights(role, stored_json(row.text(first + 3)));
  add_rights_on_newer_modules(role, row.integer(first + 6));
  read_fields(role, stored_json(row.text(first + 4)));
  read_duties(role, stored_json(row.text(first + 5)));
  return role;
}

}  // namespace tandem::access
