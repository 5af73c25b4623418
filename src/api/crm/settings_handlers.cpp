#include "api/crm/handlers.h"
#include "api/crm/joined_words.h"
#include "api/crm/metadata.h"
#include "base/text.h"
#include "crm/deals/pipelines.h"

namespace tandem::api::crm_dialect {

namespace {

void append_module(JsonWriter& json, const Call& call, const records::ModuleDef& module,
                   int position) {
  const auto may = [&](access::Right right) {
    return access::has_right(call.actor, module.name, right);
  };
  const bool is_written = module.generic_writes || module.name == "attachments";
  const bool is_part = module.name == "notes" || module.name == "attachments";
  json.begin_object().id("id", module_id(module));
  json.string("api_name", module_word(call.edition, module));
  json.string("module_name", module_word(call.edition, module));
  json.string("singular_label", module.label).string("plural_label", module.label_plural);
  json.string("display_label", module.label_plural).string("generated_type", "default");
  json.boolean("api_supported", true).boolean("viewable", true).boolean("visible", true);
  json.boolean("creatable", is_written && may(access::Right::create));
  json.boolean("editable", is_written && may(access::Right::update));
  json.boolean("deletable", may(access::Right::delete_));
  json.boolean("convertable", module.name == "leads").number("visibility", 1);
  json.boolean("show_as_tab", !is_part).boolean("quick_create", is_written && !is_part);
  json.boolean("global_search_supported", true).boolean("feeds_required", false);
  json.number("sequence_number", position).null("modified_time").null("modified_by");
  json.key("profiles").begin_array().end_array().key("parent_module").begin_object().end_object();
  json.key("custom_view").null().end_object();
}

http::Response list_of(std::string_view key, JsonWriter& json) {
  JsonWriter whole;
  whole.begin_object().raw(key, json.text());
  return http::Response::json(200, whole.end_object().take());
}

}  // namespace

Result<http::Response> list_modules(Call& call) {
  JsonWriter json;
  json.begin_array();
  int position = 0;
  for (const records::ModuleDef* module : shown_modules(call))
    append_module(json, call, *module, ++position);
  json.end_array();
  return list_of("modules", json);
}

Result<http::Response> read_module(Call& call) {
  if (!access::has_right(call.actor, call.module->name, access::Right::read))
    return forbidden("right_missing", "permission denied");
  JsonWriter json;
  json.begin_array();
  append_module(json, call, *call.module, 1);
  json.end_array();
  return list_of("modules", json);
}

Result<http::Response> list_fields(Call& call) {
  const records::ModuleDef* module = TRY(asked_module(call));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const records::ShapeRef shape = call.actor.catalogue->shape(tx, call.actor.org, *module);
    const ModuleWords words(call.edition, *shape);
    JsonWriter json;
    json.begin_array();
    for (const FieldWord& word : words.fields()) {
      const bool is_hidden = access::field_access(call.actor, module->name, *word.field) ==
                             access::FieldAccess::hidden;
      if (!is_hidden) append_field(json, call, words, word);
    }
    for (const HeldField& held : held_fields(call, *module)) {
      const records::FieldDef field = field_def_of(held);
      append_field(json, call, words, {held.api_name, &field, 0, Form::lookups});
    }
    json.end_array();
    return list_of("fields", json);
  });
}

Result<http::Response> list_related_lists(Call& call) {
  const records::ModuleDef* module = TRY(asked_module(call));
  JsonWriter json;
  json.begin_array();
  int position = 0;
  for (const RelatedList& list : related_lists_of(call, *module)) {
    json.begin_object().id("id", id_of_name("list." + module->name + "." + list.api_name));
    json.number("sequence_number", ++position).string("display_label", list.label);
    json.string("api_name", list.api_name).string("name", list.api_name);
    json.string("type", "default").null("action").key("module");
    append_module_name(json, call, *list.module);
    json.string("href", module_word(call.edition, *module) + "/{ENTITYID}/" + list.api_name);
    json.null("connectedmodule").null("linkingmodule").end_object();
  }
  json.end_array();
  return list_of("related_lists", json);
}

/// One layout of a module; Bigin has one of deals for each team pipeline, with its own stages.
Result<http::Response> list_layouts(Call& call) {
  const records::ModuleDef* module = TRY(asked_module(call));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const records::ShapeRef shape = call.actor.catalogue->shape(tx, call.actor.org, *module);
    JsonWriter json;
    json.begin_array();
    for (const LayoutPlan& layout : layouts_of(tx, call, *module))
      append_layout(json, call, *shape, layout);
    json.end_array();
    return list_of("layouts", json);
  });
}

Result<http::Response> list_pipelines(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    JsonWriter json;
    json.begin_array();
    for (const crm::Pipeline& pipeline : crm::list_pipelines(tx, call.actor.org)) {
      json.begin_object().id("id", pipeline.id.value).string("display_value", pipeline.name);
      json.string("actual_value", pipeline.name).boolean("default", pipeline.is_default);
      json.key("maps").begin_array();
      int position = 0;
      for (const crm::Stage& stage : pipeline.stages) append_stage(json, stage, ++position);
      json.end_array().end_object();
    }
    json.end_array();
    return list_of("pipeline", json);
  });
}

}  // namespace tandem::api::crm_dialect
