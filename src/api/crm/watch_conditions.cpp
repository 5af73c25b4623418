#include "api/crm/watch_conditions.h"

#include <fmt/format.h>

#include <utility>

#include "api/crm/metadata.h"
#include "base/text.h"

namespace tandem::api::crm_dialect {

namespace {

using crm::FieldSelection;
using Needs = FieldSelection::Needs;

constexpr std::string_view list_key = "notification_condition";

Refusal wrong(const std::string& place) { return invalid(place, "wrong_type", "invalid data"); }

Refusal missing(const std::string& place) {
  return invalid(place, "required", "required field not found");
}

const Json* given(const Json& object, std::string_view key) {
  const Json* json = find(object, key);
  return json && !json->is_null() ? json : nullptr;
}

const records::ModuleDef* module_by_id(const Call& call, std::string_view id) {
  for (const records::ModuleDef* module : call.actor.catalogue->modules())
    if (std::to_string(module_id(*module)) == id) return module;
  return nullptr;
}

Result<const records::ModuleDef*> module_in(const Call& call, const Json& condition,
                                            const std::string& place) {
  const Json* json = given(condition, "module");
  if (!json) return missing(place);
  if (!json->is_object()) return wrong(place);
  const std::string name = text_of(*json, "api_name");
  const std::string id = text_of(*json, "id");
  if (name.empty() && id.empty()) return missing(place + ".api_name");
  const records::ModuleDef* module =
      name.empty() ? module_by_id(call, id)
                   : module_of_word(*call.actor.catalogue, call.edition, name);
  if (!module) return wrong(place + (name.empty() ? ".id" : ".api_name"));
  return module;
}

/// Reads the fields of one condition.
class SelectionReader {
 public:
  explicit SelectionReader(const ModuleWords& words) : words_(words) {}

  Result<FieldSelection> read(const Json& json, const std::string& place) const {
    if (!json.is_object()) return wrong(place);
    FieldSelection selection;
    if (const Json* field = given(json, "field")) {
      TRY(add_field(*field, place + ".field", selection));
      return selection;
    }
    const Json* operator_json = given(json, "group_operator");
    if (!operator_json) return missing(place + ".group_operator");
    const std::string word = ascii_lower(text_of(json, "group_operator"));
    if (word != "and" && word != "or") return wrong(place + ".group_operator");
    selection.needs = word == "and" ? Needs::all : Needs::any;
    const Json* group = given(json, "group");
    if (!group) return missing(place + ".group");
    if (!group->is_array()) return wrong(place + ".group");
    size_t position = 0;
    for (const Json& one : group->get_array())
      TRY(add(one, fmt::format("{}.group[{}]", place, position++), selection));
    return selection;
  }

 private:
  Result<void> add(const Json& json, const std::string& place, FieldSelection& into) const {
    if (const Json* field = given(json, "field")) return add_field(*field, place + ".field", into);
    FieldSelection group = TRY(read(json, place));
    into.groups.push_back(std::move(group));
    return {};
  }

  Result<void> add_field(const Json& json, const std::string& place, FieldSelection& into) const {
    if (!json.is_object()) return wrong(place);
    const std::string name = text_of(json, "api_name");
    const std::string id = text_of(json, "id");
    if (name.empty() && id.empty()) return missing(place + ".api_name");
    const std::optional<Relation>& relation = words_.relation();
    if (relation && ascii_lower(relation->api_name) == ascii_lower(name)) {
      into.groups.push_back({.needs = Needs::any, .fields = relation->fields});
      return {};
    }
    const FieldWord* word = name.empty() ? by_id(id) : words_.find(name);
    if (!word) return wrong(place + (name.empty() ? ".id" : ".api_name"));
    into.fields.push_back(word->field->name);
    return {};
  }

  const FieldWord* by_id(std::string_view id) const {
    for (const FieldWord& word : words_.fields())
      if (std::to_string(field_id(words_.shape().module(), *word.field)) == id) return &word;
    return nullptr;
  }

  const ModuleWords& words_;
};

void append_selection_field(JsonWriter& json, const ModuleWords& words, const std::string& name) {
  const records::FieldDef* field = words.shape().find(name);
  json.begin_object().key("field").begin_object().string("api_name", words.api_name_of(name));
  json.id("id", field ? field_id(words.shape().module(), *field) : 0).end_object();
  json.null("group_operator").null("group").end_object();
}

void append_selection(JsonWriter& json, const ModuleWords& words, const FieldSelection& selection) {
  json.begin_object();
  json.string("group_operator", selection.needs == Needs::all ? "and" : "or");
  json.key("group").begin_array();
  for (const std::string& name : selection.fields) append_selection_field(json, words, name);
  for (const FieldSelection& group : selection.groups) append_selection(json, words, group);
  json.end_array().end_object();
}

}  // namespace

Result<std::map<std::string, FieldSelection>> conditions_of(db::Transaction& tx, const Call& call,
                                                            const Json& json) {
  std::map<std::string, FieldSelection> conditions;
  if (json.is_null()) return conditions;
  if (!json.is_array()) return wrong(std::string(list_key));
  size_t position = 0;
  for (const Json& one : json.get_array()) {
    const std::string place = fmt::format("{}[{}]", list_key, position++);
    if (!one.is_object()) return wrong(place);
    if (!given(one, "type")) return missing(place + ".type");
    if (text_of(one, "type") != "field_selection") return wrong(place + ".type");
    const records::ModuleDef* module = TRY(module_in(call, one, place + ".module"));
    const Json* fields = given(one, "field_selection");
    if (!fields) return missing(place + ".field_selection");
    const records::ShapeRef shape = call.actor.catalogue->shape(tx, call.actor.org, *module);
    const ModuleWords words(call.edition, *shape);
    FieldSelection selection =
        TRY(SelectionReader(words).read(*fields, place + ".field_selection"));
    const bool is_first = conditions.emplace(module->name, std::move(selection)).second;
    if (!is_first) return wrong(place + ".module");
  }
  return conditions;
}

void append_conditions(JsonWriter& json, db::Transaction& tx, const Call& call,
                       const crm::Watch& watch) {
  if (!watch.fields) {
    json.null();
    return;
  }
  const Call about = call.about(*call.actor.catalogue->find(watch.module));
  records::ShapeRef shape;
  const ModuleWords words = about.words(tx, shape);
  json.begin_array().begin_object().string("type", "field_selection").key("module");
  append_module_name(json, call, *about.module);
  json.key("field_selection");
  append_selection(json, words, *watch.fields);
  json.end_object().end_array();
}

}  // namespace tandem::api::crm_dialect
