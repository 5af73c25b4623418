#include "api/crm/metadata.h"

#include <algorithm>

#include "access/field_limits.h"
#include "api/crm/joined_words.h"
#include "api/link_names.h"
#include "base/crypto.h"

namespace tandem::api::crm_dialect {

namespace {

using records::FieldDef;
using records::FieldKind;

void append_choices(JsonWriter& json, const FieldDef& field, const std::string& module) {
  json.key("pick_list_values").begin_array();
  int position = 0;
  for (const records::ChoiceOption& option : field.choices) {
    json.begin_object().id("id", id_of_name(module + "." + field.name + "." + option.name));
    json.string("display_value", option.label).string("actual_value", option.label);
    json.string("reference_value", option.label).number("sequence_number", ++position);
    json.null("colour_code").string("type", "used").end_object();
  }
  json.end_array();
}

void append_lookup(JsonWriter& json, const Call& call, const FieldDef& field,
                   const std::string& api_name) {
  json.key("lookup").begin_object();
  const records::ModuleDef* linked = call.actor.catalogue->find(linked_module(field));
  if (linked && field.kind == FieldKind::link) {
    json.key("module");
    append_module_name(json, call, *linked);
    json.string("display_label", field.label).string("api_name", api_name);
    json.id("id", id_of_name("lookup." + linked->name + "." + field.name));
  }
  json.end_object();
}

void append_view_type(JsonWriter& json, bool is_written) {
  json.key("view_type").begin_object().boolean("view", true).boolean("edit", is_written);
  json.boolean("create", is_written).boolean("quick_create", is_written).end_object();
}

}  // namespace

int64_t id_of_name(std::string_view name) {
  const std::string hash = sha256(name);
  uint64_t number = 0;
  for (size_t at = 0; at < sizeof number; ++at)
    number = number << 8 | static_cast<unsigned char>(hash[at]);
  constexpr uint64_t smallest = 100'000'000'000'000'000;
  return int64_t(smallest + number % (smallest * 8));
}

int64_t module_id(const records::ModuleDef& module) { return id_of_name("module." + module.name); }

int64_t field_id(const records::ModuleDef& module, const FieldDef& field) {
  return id_of_name("field." + module.name + "." + field.name);
}

void append_module_name(JsonWriter& json, const Call& call, const records::ModuleDef& module) {
  json.begin_object().string("api_name", module_word(call.edition, module));
  json.id("id", module_id(module)).end_object();
}

void append_field(JsonWriter& json, const Call& call, const ModuleWords& words,
                  const FieldWord& word) {
  const FieldDef& field = *word.field;
  const records::ModuleDef& module = words.shape().module();
  const bool is_written =
      access::field_access(call.actor, module.name, field) == access::FieldAccess::write;
  json.begin_object().id("id", field_id(module, field)).string("api_name", word.api_name);
  json.string("field_label", field.label).string("display_label", field.label);
  json.string("data_type", data_type_of(field, word.form));
  json.string("json_type", json_type_of(word.form)).number("length", field.max_chars);
  const bool is_real = word.form == Form::real;
  is_real ? json.number("decimal_place", field.scale) : json.null("decimal_place");
  json.boolean("system_mandatory", field.required).boolean("read_only", !is_written);
  json.boolean("field_read_only", field.written_by == records::WrittenBy::system);
  json.boolean("custom_field", field.custom).boolean("visible", true);
  json.boolean("filterable", true).boolean("sortable", field.sortable);
  json.boolean("searchable", field.searchable).boolean("history_tracking", true);
  append_view_type(json, is_written);
  append_choices(json, field, module.name);
  append_lookup(json, call, field, word.api_name);
  json.key("unique").begin_object();
  if (field.unique) json.string("casesensitive", "false");
  json.end_object().key("currency").begin_object();
  if (field.kind == FieldKind::money)
    json.string("rounding_option", "normal").number("precision", field.scale);
  json.end_object().key("multiselectlookup").begin_object().end_object();
  json.key("formula").begin_object().end_object().key("auto_number").begin_object().end_object();
  json.null("subform").null("default_value").null("tooltip").key("profiles").begin_array();
  json.end_array().end_object();
}

std::vector<const records::ModuleDef*> shown_modules(const Call& call) {
  std::vector<const records::ModuleDef*> shown;
  for (const records::ModuleDef* module : call.actor.catalogue->modules()) {
    if (module_word(call.edition, *module).empty()) continue;
    if (access::has_right(call.actor, module->name, access::Right::read)) shown.push_back(module);
  }
  return shown;
}

Result<const records::ModuleDef*> asked_module(const Call& call) {
  const std::string word = call.query_text("module");
  if (word.empty())
    return invalid("module", "param_missing", "One of the expected parameter is missing");
  const records::ModuleDef* module = module_of_word(*call.actor.catalogue, call.edition, word);
  if (!module || !access::has_right(call.actor, module->name, access::Right::read))
    return invalid("module", "not_found", "the module name given seems to be invalid");
  return module;
}

std::vector<RelatedList> related_lists_of(const Call& call, const records::ModuleDef& module) {
  std::vector<RelatedList> lists;
  for (const records::ModuleDef* other : shown_modules(call)) {
    for (const FieldDef& field : other->fields) {
      if (field.kind != FieldKind::link || field.link_to != module.name) continue;
      if (field.written_by == records::WrittenBy::system) continue;
      if (access::is_hidden(call.actor, other->name, field.name)) continue;
      const std::string word = module_word(call.edition, *other);
      const bool is_first = std::none_of(lists.begin(), lists.end(), [&](const RelatedList& list) {
        return list.module == other;
      });
      // A second link to the same module, such as whom a contact reports to, goes by its own name.
      lists.push_back({is_first ? word : word + "_" + field.name, other->label_plural, other,
                       field.name, std::nullopt});
    }
  }
  for (const records::JoinSide& side : crm::joins_of(*call.actor.catalogue, module)) {
    if (access::has_right(call.actor, side.listed->name, access::Right::read))
      lists.push_back({list_word(call.edition, side), side.label(), side.listed, "", side});
  }
  return lists;
}

}  // namespace tandem::api::crm_dialect
