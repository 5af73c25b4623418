#include <algorithm>
#include <map>

#include "access/field_limits.h"
#include "api/crm/metadata.h"

namespace tandem::api::crm_dialect {

namespace {

/// The words of the dialect for what a stage forecasts and means.
std::string_view forecast_type(const crm::Stage& stage) {
  if (stage.outcome == "won") return "Closed Won";
  return stage.outcome == "lost" ? "Closed Lost" : "Open";
}

std::string_view forecast_category(const crm::Stage& stage) {
  static const std::map<std::string, std::string_view> words{{"pipeline", "Pipeline"},
                                                             {"best_case", "Best Case"},
                                                             {"commit", "Committed"},
                                                             {"closed", "Closed"},
                                                             {"omitted", "Omitted"}};
  const auto at = words.find(stage.forecast);
  return at == words.end() ? "Pipeline" : at->second;
}

void append_stages(JsonWriter& json, const LayoutPlan& layout) {
  json.key("pick_list_values").begin_array();
  int position = 0;
  std::vector<int64_t> seen;
  for (const crm::Pipeline& pipeline : layout.pipelines) {
    for (const crm::Stage& stage : pipeline.stages) {
      if (std::find(seen.begin(), seen.end(), stage.id.value) != seen.end()) continue;
      seen.push_back(stage.id.value);
      append_stage(json, stage, ++position);
    }
  }
  json.end_array();
}

void append_pipelines(JsonWriter& json, const LayoutPlan& layout) {
  json.key("pick_list_values").begin_array();
  int position = 0;
  for (const crm::Pipeline& pipeline : layout.pipelines) {
    json.begin_object().id("id", pipeline.id.value).string("display_value", pipeline.name);
    json.string("actual_value", pipeline.name).number("sequence_number", ++position);
    json.string("type", "used").key("maps").begin_array();
    int stage_position = 0;
    for (const crm::Stage& stage : pipeline.stages) append_stage(json, stage, ++stage_position);
    json.end_array().end_object();
  }
  json.end_array();
}

void append_layout_field(JsonWriter& json, const Call& call, const ModuleWords& words,
                         const FieldWord& word, const LayoutPlan& layout) {
  const bool is_stage = words.shape().module().name == "deals" && word.field->name == "stage";
  const bool is_pipeline = words.shape().module().name == "deals" && word.field->name == "pipeline";
  if (!is_stage && !is_pipeline) {
    append_field(json, call, words, word);
    return;
  }
  json.begin_object().id("id", field_id(words.shape().module(), *word.field));
  json.string("api_name", word.api_name).string("field_label", word.field->label);
  json.string("display_label", word.field->label).string("data_type", "picklist");
  json.string("json_type", "string").boolean("system_mandatory", true);
  json.boolean("required", true).boolean("read_only", false).boolean("visible", true);
  is_stage ? append_stages(json, layout) : append_pipelines(json, layout);
  json.end_object();
}

}  // namespace

void append_stage(JsonWriter& json, const crm::Stage& stage, int position) {
  json.begin_object().id("id", stage.id.value).string("display_value", stage.name);
  json.string("actual_value", stage.name).string("reference_value", stage.name);
  json.number("sequence_number", position).number("probability", stage.probability);
  json.string("forecast_type", forecast_type(stage)).string("deal_category", forecast_type(stage));
  json.key("forecast_category").begin_object().string("name", forecast_category(stage));
  json.id("id", id_of_name("forecast." + stage.forecast)).end_object();
  json.null("colour_code").string("type", "used").end_object();
}

std::vector<LayoutPlan> layouts_of(db::Transaction& tx, const Call& call,
                                   const records::ModuleDef& module) {
  std::vector<LayoutPlan> layouts;
  if (module.name != "deals") {
    return {{RecordId{id_of_name("layout." + module.name)}, "Standard", {}}};
  }
  std::map<int64_t, LayoutPlan> by_team;
  for (crm::Pipeline& pipeline : crm::list_pipelines(tx, call.actor.org)) {
    LayoutPlan& layout = by_team[pipeline.team_pipeline.value];
    layout.id = pipeline.team_pipeline;
    layout.pipelines.push_back(std::move(pipeline));
  }
  std::vector<int64_t> ids;
  for (const auto& [id, layout] : by_team) ids.push_back(id);
  for (const records::LinkTitle& title :
       records::link_titles(tx, call.actor.org, *call.actor.catalogue->find("team_pipelines"), ids))
    by_team[title.id.value].name = title.title;
  for (auto& [id, layout] : by_team) layouts.push_back(std::move(layout));
  return layouts;
}

void append_layout(JsonWriter& json, const Call& call, const records::Shape& shape,
                   const LayoutPlan& layout) {
  const ModuleWords words(call.edition, shape);
  const std::string& module = shape.module().name;
  json.begin_object().id("id", layout.id.value).string("name", layout.name);
  json.string("display_label", layout.name).string("status", "active");
  json.boolean("visible", true).boolean("is_default", true).string("mode", "default");
  json.string("generated_type", "default").null("created_time").null("modified_time");
  json.null("created_by").null("modified_by").key("profiles").begin_array().end_array();
  json.key("sections").begin_array().begin_object();
  json.id("id", id_of_name("section." + module)).string("api_name", shape.module().label);
  json.string("display_label", shape.module().label).string("name", shape.module().label);
  json.number("sequence_number", 1).number("column_count", 2).boolean("issubformsection", false);
  json.key("fields").begin_array();
  for (const FieldWord& word : words.fields()) {
    if (access::field_access(call.actor, module, *word.field) == access::FieldAccess::hidden)
      continue;
    append_layout_field(json, call, words, word, layout);
  }
  json.end_array().end_object().end_array().null("convert_mapping").end_object();
}

}  // namespace tandem::api::crm_dialect
