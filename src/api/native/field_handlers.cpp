#include "api/native/field_handlers.h"

#include <fmt/format.h>

#include <algorithm>

#include "access/audit.h"
#include "api/native/application.h"
#include "records/custom_field_check.h"
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
      .string("link_to", field.link_to)
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

/// A choice sent by its label alone is the one that has this label already.
void keep_names(const std::vector<records::ChoiceOption>& before,
                std::vector<records::ChoiceOption>& choices) {
  for (records::ChoiceOption& choice : choices) {
    if (!choice.name.empty()) continue;
    const auto same = std::find_if(before.begin(), before.end(),
                                   [&](const auto& known) { return known.label == choice.label; });
    if (same != before.end()) choice.name = same->name;
  }
}

Result<records::Value> read_default(const Call& call, const Json& json, records::FieldDef field) {
  field.default_value = {};
  // Names the choices, one of which the default may be.
  TRY(records::check_custom_field(*call.actor.catalogue, field));
  Result<records::Value> value = records::value_from_json(field, json);
  if (value) return value;
  return invalid("default", value.error().code, value.error().message);
}

/// Reads over `field` what the body says; what it leaves out stays.
Result<void> read_definition(const Call& call, const JsonObject& body, records::FieldDef& field) {
  TRY(only_keys(body, {"name", "label", "kind", "required", "unique", "searchable", "choices",
                       "max_chars", "scale", "link_to", "default"}));
  if (body.contains("label")) field.label = TRY(body_text(body, "label"));
  field.required = TRY(body_flag(body, "required", field.required));
  field.unique = TRY(body_flag(body, "unique", field.unique));
  field.searchable = TRY(body_flag(body, "searchable", field.searchable));
  field.max_chars = TRY(body_number(body, "max_chars", field.max_chars));
  field.scale = TRY(body_number(body, "scale", field.scale));
  if (const Json* choices = body.if_contains("choices"); choices && !choices->is_null()) {
    std::vector<records::ChoiceOption> wanted = TRY(read_choices(*choices));
    keep_names(field.choices, wanted);
    field.choices = std::move(wanted);
  }
  if (const Json* value = body.if_contains("default")) {
    field.default_value = TRY(read_default(call, *value, field));
  }
  return {};
}

Result<std::string> read_link_target(const Call& call, const JsonObject& body,
                                     records::FieldKind kind) {
  const std::string target = TRY(body_text(body, "link_to"));
  if (kind != records::FieldKind::link) {
    if (target.empty() || kind == records::FieldKind::user) return std::string();
    return invalid("link_to", "not_possible", "Only a field of the kind link has link_to.");
  }
  const std::vector<std::string_view>& offered = call.application.link_targets;
  const bool is_offered = std::find(offered.begin(), offered.end(), target) != offered.end();
  if (is_offered && call.actor.catalogue->find(target)) return target;
  return invalid("link_to", "not_a_choice",
                 "Say in link_to which module the field links to, such as contacts or accounts.");
}

/// Name, kind and link_to may be sent again as they are.
Result<void> stays(const JsonObject& body, const char* key, std::string_view held) {
  if (!body.contains(key)) return {};
  const std::string sent = TRY(body_text(body, key));
  if (sent == held) return {};
  return invalid(key, "cannot_change",
                 fmt::format("The {} of a field can't change; make a new field and move the "
                             "values.",
                             key));
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
  wanted.link_to = TRY(read_link_target(call, body, wanted.kind));
  TRY(read_definition(call, body, wanted));
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
          TRY(stays(body, "name", wanted.name));
          TRY(stays(body, "kind", records::kind_of(wanted).word));
          TRY(stays(body, "link_to", wanted.link_to));
          TRY(read_definition(call, body, wanted));
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
