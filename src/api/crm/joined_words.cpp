#include "api/crm/joined_words.h"

#include <fmt/format.h>

#include "base/text.h"
#include "crm/deals/contact_roles.h"

namespace tandem::api::crm_dialect {

namespace {

using records::ChoiceOption;
using records::FieldDef;
using records::JoinSide;

/// Roles have ids of their own; what else is said is a choice of a list.
bool has_ids(const JoinSide& side) { return side.key() == crm::contact_roles_key; }

bool is_meant(const JoinSide& side, const ChoiceOption& choice, const std::string& text) {
  if (fold(text) == fold(choice.label) || ascii_lower(text) == choice.name) return true;
  return has_ids(side) && text == to_string(crm::role_said(choice.name).value_or(RecordId{}));
}

/// The text of a member that is a text, a number, or an object that has it as "id" or "name".
std::string text_in(const Json& json) {
  if (json.is_string()) return std::string(trim(std::string_view(json.get_string())));
  if (!json.is_object()) return json_to_text(json);
  const std::string id = text_of(json, "id");
  return id.empty() ? text_of(json, "name") : id;
}

/// "5", 5, {"id":"5"} or {"Product":{"id":"5"}}.
std::optional<RecordId> held_id(const Json& json) {
  const Json* product = json.is_object() && !find(json, "id") ? find(json, "Product") : nullptr;
  return id_in(product ? *product : json);
}

Result<std::vector<RecordId>> held_ids(const std::string& api_name, const Json& json) {
  std::vector<RecordId> ids;
  if (json.is_null()) return ids;
  if (!json.is_array()) return invalid(api_name, "wrong_type", "Send it as a list.");
  if (json.get_array().size() > size_t(records::held_records_max)) {
    return invalid(api_name, "too_many",
                   fmt::format("Send at most {}.", records::held_records_max));
  }
  for (const Json& one : json.get_array()) {
    const std::optional<RecordId> id = held_id(one);
    if (!id) return invalid(api_name, "not_found", "the related id given seems to be invalid");
    ids.push_back(*id);
  }
  return ids;
}

/// Whatever is refused of a field is told of the field.
Refusal about_field(const Refusal& refusal, const std::string& api_name) {
  if (refusal.kind == RefusalKind::not_found)
    return invalid(api_name, "not_found", "the related id given seems to be invalid");
  Refusal told = refusal;
  told.field = api_name;
  return told;
}

}  // namespace

std::string list_word(Edition edition, const JoinSide& side) {
  if (side.name() == side.listed->name) return module_word(edition, *side.listed);
  return capitalised(side.name());
}

std::string said_word(const JoinSide& side) { return capitalised(side.join->said.name); }

void append_said(JsonWriter& json, const JoinSide& side, const std::string& said) {
  const FieldDef& field = side.join->said;
  for (const ChoiceOption& choice : field.choices) {
    if (choice.name != said) continue;
    if (!has_ids(side)) {
      json.string(choice.label);
      return;
    }
    json.begin_object().string("name", choice.label);
    json.id("id", crm::role_said(said).value_or(RecordId{}).value).end_object();
    return;
  }
  json.null();
}

Result<operations::Said> said_in_item(const JoinSide& side, const JsonObject& item) {
  const std::string key = said_word(side);
  if (key.empty()) return operations::Said();
  const auto at = item.find(key);
  if (at == item.end()) return operations::Said();
  if (at->value().is_null()) return operations::Said(records::Value());
  const std::string text = text_in(at->value());
  for (const ChoiceOption& choice : side.join->said.choices) {
    if (is_meant(side, choice, text)) return operations::Said(records::Value(choice.name));
  }
  return invalid(key, "not_a_choice", "invalid data");
}

std::vector<HeldField> held_fields(const Call& call, const records::ModuleDef& module) {
  std::vector<HeldField> fields;
  if (call.edition != Edition::bigin || module.name != "deals") return fields;
  for (const JoinSide& side : crm::joins_of(*call.actor.catalogue, module)) {
    if (side.is_held || !access::has_right(call.actor, side.listed->name, access::Right::read))
      continue;
    const bool is_of_products = side.listed->name == "products";
    fields.push_back({is_of_products ? "Associated_Products" : "Secondary_Contacts", side});
  }
  return fields;
}

void append_held(JsonWriter& json, const HeldField& field,
                 const std::vector<const records::Record*>& held) {
  const bool is_of_products = field.side.listed->name == "products";
  json.key(field.api_name).begin_array();
  for (const records::Record* one : held) {
    json.begin_object();
    if (is_of_products) {
      json.key("Product").begin_object().string("name", one->title).id("id", one->id.value);
      json.end_object();
    } else {
      json.string("name", one->title);
    }
    json.id("id", one->id.value).end_object();
  }
  json.end_array();
}

FieldDef field_def_of(const HeldField& field) {
  return {.name = field.side.name(),
          .label = field.side.label(),
          .kind = records::FieldKind::link,
          .link_to = field.side.listed->name};
}

Result<void> hold_as_said(db::Transaction& tx, const Call& call, const JsonObject& item,
                          RecordId saved) {
  for (const HeldField& field : held_fields(call, *call.module)) {
    const auto at = item.find(field.api_name);
    if (at == item.end()) continue;
    const std::vector<RecordId> held = TRY(held_ids(field.api_name, at->value()));
    const Result<void> done = operations::hold_exactly(tx, call.actor, field.side, saved, held);
    if (!done) return about_field(done.error(), field.api_name);
  }
  return {};
}

}  // namespace tandem::api::crm_dialect
