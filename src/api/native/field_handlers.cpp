#include "api/native/field_handlers.h"

#include <fmt/format.h>

#include "access/audit.h"
#include "records/custom_fields.h"
#include "records/fields/field_kind.h"

namespace tandem::api::native {

namespace {

void append_definition(JsonWriter& json, const records::FieldDef& field) {
  json.begin_object().string("name", field.name).string("label", field.label);
  json.string("kind", records::kind_of(field).word).boolean("required", field.required);
  json.boolean("unique", field.unique).boolean("searchable", field.searchable);
  json.number("max_chars", field.max_chars)
      .number("scale", field.scale)
      .key("choices")
      .begin_array();
  for (const records::ChoiceOption& choice : field.choices) {
    json.begin_object().string("name", choice.name).string("label", choice.label).end_object();
  }
  json.end_array().key("default");
  records::append_value(json, field, field.default_value);
  json.end_object();
}

Result<std::vector<records::ChoiceOption>> read_choices(const Json& json) {
  if (!json.is_array()) return invalid("choices", "wrong_type", "Send choices as a list.");
  std::vector<records::ChoiceOption> choices;
  for (const Json& item : json.as_array()) {
    if (!item.is_object())
      return invalid("choices", "wrong_type", "Send each choice as {\"label\": …}.");
    TRY(only_keys(item.as_object(), {"name", "label"}));
    choices.push_back({text_of(item, "name"), text_of(item, "label")});
  }
  return choices;
}

/// Reads over `field` what the body says; what it leaves out stays.
Result<void> read_definition(const JsonObject& body, records::FieldDef& field) {
  TRY(only_keys(body, {"name", "label", "kind", "required", "unique", "searchable", "choices",
                       "max_chars", "scale", "default"}));
  if (body.contains("label")) field.label = TRY(body_text(body, "label"));
  field.required = TRY(body_flag(body, "required", field.required));
  field.unique = TRY(body_flag(body, "unique", field.unique));
  field.searchable = TRY(body_flag(body, "searchable", field.searchable));
  field.max_chars = TRY(body_number(body, "max_chars", field.max_chars));
  field.scale = TRY(body_number(body, "scale", field.scale));
  if (const Json* choices = body.if_contains("choices"); choices && !choices->is_null()) {
    field.choices = TRY(read_choices(*choices));
  }
  if (const Json* value = body.if_contains("default")) {
    field.default_value = TRY(records::value_from_json(field, *value));
  }
  return {};
}

Result<const records::ModuleDef*> module_of(const Call& call) {
  if (!call.module->custom_fields) {
    return forbidden("no_custom_fields",
                     fmt::format("{} take no custom fields.", call.module->label_plural));
  }
  return call.module;
}

http::Response show_definition(int status, const records::FieldDef& field) {
  JsonWriter json;
  append_definition(json, field);
  return http::Response::json(status, json.take());
}

}  // namespace

Result<http::Response> list_custom_fields(Call& call) {
  const records::ModuleDef* module = TRY(module_of(call));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    JsonWriter json;
    json.begin_object().key("fields").begin_array();
    for (const records::FieldDef& field :
         records::list_custom_fields(tx, call.actor.org, module->name)) {
      append_definition(json, field);
    }
    json.end_array().end_object();
    return http::Response::json(200, json.take());
  });
}

Result<http::Response> add_custom_field(Call& call) {
  const records::ModuleDef* module = TRY(module_of(call));
  const JsonObject body = TRY(call.body());
  records::FieldDef wanted;
  const std::string kind_word = TRY(body_text(body, "kind"));
  const records::FieldKindDef* kind = records::kind_from_word(kind_word);
  if (!kind) return invalid("kind", "not_a_choice", "Choose what kind of field this is.");
  wanted.kind = kind->kind;
  wanted.custom = true;
  wanted.name = TRY(body_text(body, "name"));
  TRY(read_definition(body, wanted));
  const records::FieldDef field =
      TRY(call.database().write([&](db::Transaction& tx) -> Result<records::FieldDef> {
        records::FieldDef added = TRY(
            records::add_custom_field(tx, call.actor.org, *call.actor.catalogue, *module, wanted));
        access::audit(tx, call.actor, "field_added", module->name + "." + added.name);
        return added;
      }));
  return show_definition(201, field);
}

Result<http::Response> change_custom_field(Call& call) {
  const records::ModuleDef* module = TRY(module_of(call));
  const JsonObject body = TRY(call.body());
  const std::string_view name = call.request.param("name");
  const records::FieldDef field =
      TRY(call.database().write([&](db::Transaction& tx) -> Result<records::FieldDef> {
        for (records::FieldDef& wanted :
             records::list_custom_fields(tx, call.actor.org, module->name)) {
          if (wanted.name != name) continue;
          TRY(read_definition(body, wanted));
          access::audit(tx, call.actor, "field_changed", module->name + "." + wanted.name);
          return records::change_custom_field(tx, call.actor.org, *call.actor.catalogue, *module,
                                              wanted);
        }
        return not_found("There is no such custom field.");
      }));
  return show_definition(200, field);
}

Result<http::Response> remove_custom_field(Call& call) {
  const records::ModuleDef* module = TRY(module_of(call));
  const std::string name(call.request.param("name"));
  TRY(call.database().write([&](db::Transaction& tx) -> Result<void> {
    access::audit(tx, call.actor, "field_removed", module->name + "." + name);
    return records::remove_custom_field(tx, call.actor.org, *module, name);
  }));
  return http::Response::no_content();
}

}  // namespace tandem::api::native
