#include <fmt/format.h>

#include <algorithm>

#include "access/role_rows.h"
#include "records/store_checks.h"

namespace tandem::access {

namespace {

std::string_view text_of_json(const Json& json) {
  return {json.get_string().data(), json.get_string().size()};
}

Result<uint32_t> read_right_words(const std::string& field, const Json& json) {
  if (!json.is_array()) return invalid(field, "not_a_list", "Give a list of rights.");
  uint32_t bits = 0;
  for (const Json& each : json.get_array()) {
    const std::optional<Right> right =
        each.is_string() ? right_from_word(text_of_json(each)) : std::nullopt;
    if (!right) {
      return invalid(field, "not_a_choice", "Give rights such as read, create, update or reply.");
    }
    bits |= bit(*right);
  }
  // Whoever may change what they can't see would work blindly: every other right brings reading
  // along.
  if (bits != 0) bits |= bit(Right::read);
  return bits;
}

Result<void> read_rights(RoleDraft& draft, const Actor& actor, const Json& json) {
  if (!json.is_object()) return invalid("rights", "not_an_object", "Give rights by module.");
  auto& rights = draft.rights.emplace();
  for (const auto& [name, words] : json.get_object()) {
    const std::string module(name);
    const std::string field = "rights." + module;
    if (actor.catalogue->find(module) == nullptr) {
      return invalid(field, "unknown_module", fmt::format("There is no module {}.", module));
    }
    rights[module] = TRY(read_right_words(field, words));
  }
  return {};
}

bool asks_about(const records::Filter& filter, std::string_view field) {
  if (filter.kind == records::Filter::Kind::field && filter.field == field) return true;
  return std::any_of(filter.parts.begin(), filter.parts.end(),
                     [&](const records::Filter& part) { return asks_about(part, field); });
}

/// Whether the module's own rules look at the field for somebody who works in a department, or at
/// what is computed from it: with the field emptied they would come to another answer than without.
bool decides_who_sees(const records::ModuleDef& module, const std::string& field) {
  Actor somebody;
  somebody.kind = ActorKind::person;
  somebody.id = RecordId{1};
  somebody.department_ids = {1};
  for (const auto& rule : {module.visible_to, module.listed_to})
    if (rule && asks_about(rule(somebody), field)) return true;
  return std::any_of(module.fields.begin(), module.fields.end(), [&](const auto& result) {
    const std::vector<std::string>& sources = result.computed_from;
    return std::find(sources.begin(), sources.end(), field) != sources.end() &&
           decides_who_sees(module, result.name);
  });
}

/// Manual, People and roles 2.3.
Result<void> may_be_hidden(const records::ShapeRef& shape, const records::FieldDef& field,
                           const std::string& path) {
  if (records::is_in_title(shape, field)) {
    return invalid(
        path, "names_the_record",
        fmt::format("{} is what a record is called by; choose read or write.", field.label));
  }
  if (decides_who_sees(shape->module(), field.name)) {
    return invalid(path, "decides_who_sees",
                   fmt::format("{} decides who sees a record; choose read or write.", field.label));
  }
  return {};
}

Result<void> read_fields(RoleDraft& draft, db::Transaction& tx, const Actor& actor,
                         const Json& json) {
  if (!json.is_object()) return invalid("fields", "not_an_object", "Give field access by module.");
  auto& fields = draft.fields.emplace();
  for (const auto& [name, of_fields] : json.get_object()) {
    const std::string module(name);
    const records::ModuleDef* const definition = actor.catalogue->find(module);
    if (definition == nullptr || !of_fields.is_object()) {
      return invalid("fields." + module, "unknown_module",
                     fmt::format("There is no module {}.", module));
    }
    const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, *definition);
    for (const auto& [field_name, value] : of_fields.get_object()) {
      const std::string path = fmt::format("fields.{}.{}", module, std::string(field_name));
      const records::FieldDef* const field = shape->find(std::string(field_name));
      if (field == nullptr) return invalid(path, "unknown_field", "There is no such field.");
      const std::optional<FieldAccess> access =
          value.is_string() ? field_access_from_word(text_of_json(value)) : std::nullopt;
      if (!access) return invalid(path, "not_a_choice", "Choose hidden, read or write.");
      if (*access == FieldAccess::hidden) TRY(may_be_hidden(shape, *field, path));
      fields[module][field->name] = *access;
    }
  }
  return {};
}

Result<void> read_duties(RoleDraft& draft, const Json& json) {
  if (!json.is_array()) return invalid("duties", "not_a_list", "Give a list of duties.");
  uint32_t bits = 0;
  for (const Json& each : json.get_array()) {
    const std::optional<Duty> duty =
        each.is_string() ? duty_from_word(text_of_json(each)) : std::nullopt;
    if (!duty) {
      return invalid("duties", "not_a_choice", "Give duties such as manage_people or manage_api.");
    }
    bits |= bit(*duty);
  }
  draft.duties = bits;
  return {};
}

uint32_t every_right() {
  uint32_t bits = 0;
  for (const Right right : all_rights()) bits |= bit(right);
  return bits;
}

uint32_t every_duty() {
  uint32_t bits = 0;
  for (const Duty duty : all_duties()) bits |= bit(duty);
  return bits;
}

}  // namespace

Result<RoleDraft> role_draft_from_json(db::Transaction& tx, const Actor& actor, const Json& json) {
  if (!json.is_object()) return invalid("", "not_an_object", "Send a JSON object.");
  RoleDraft draft;
  for (const auto& [name, value] : json.get_object()) {
    if (name == "name") {
      if (!value.is_string()) return invalid("name", "not_text", "Give the name as text.");
      draft.name = std::string(text_of_json(value));
    } else if (name == "rights") {
      TRY(read_rights(draft, actor, value));
    } else if (name == "fields") {
      TRY(read_fields(draft, tx, actor, value));
    } else if (name == "duties") {
      TRY(read_duties(draft, value));
    } else {
      return invalid(std::string(name), "unknown_field", "Send name, rights, fields or duties.");
    }
  }
  return draft;
}

void append_role(JsonWriter& json, const Role& role, const Actor& reader) {
  std::map<std::string, uint32_t, std::less<>> rights = role.rights;
  uint32_t duties = role.duties;
  if (role.kind == RoleKind::administrator) {
    for (const records::ModuleDef* const module : reader.catalogue->modules()) {
      rights[module->name] = every_right();
    }
    duties = every_duty();
  }
  // The roles that come with Tandem speak of the modules of every application.
  std::erase_if(rights, [&](const auto& one) { return !reader.catalogue->find(one.first); });
  json.begin_object().id("id", role.id.value).string("name", role.name);
  json.string("kind", word(role.kind)).boolean("is_system", is_system(role));
  json.boolean("may_give", require_not_more_than_own(reader, role).has_value());
  json.raw("rights", rights_to_json(rights)).key("fields").begin_object();
  for (const auto& [module, fields] : role.fields) {
    json.key(module).begin_object();
    for (const auto& [field, access] : fields) json.string(field, word(access));
    json.end_object();
  }
  json.end_object().raw("duties", duties_to_json(duties)).end_object();
}

void append_field_choices(JsonWriter& json, db::Transaction& tx, const Actor& reader) {
  json.begin_object();
  for (const records::ModuleDef* const module : reader.catalogue->modules()) {
    const records::ShapeRef shape = reader.catalogue->shape(tx, reader.org, *module);
    json.key(module->name).begin_object();
    for (const records::FieldDef& field : shape->fields()) {
      json.key(field.name).begin_array();
      json.string(word(FieldAccess::write)).string(word(FieldAccess::read));
      if (may_be_hidden(shape, field, "")) json.string(word(FieldAccess::hidden));
      json.end_array();
    }
    json.end_object();
  }
  json.end_object();
}

}  // namespace tandem::access
