#include "api/native/application.h"
#include "api/native/limits.h"
#include "api/native/routes.h"
#include "crm/deals/pipelines.h"
#include "crm/joins.h"
#include "crm/modules.h"
#include "crm/notes/attachments.h"
#include "crm/views/views.h"
#include "views/custom_view_query.h"

namespace tandem::api::native {

namespace {

void append_stage(JsonWriter& json, const crm::Stage& stage) {
  json.begin_object().id("id", stage.id.value).string("name", stage.name);
  json.number("probability", stage.probability).string("outcome", stage.outcome);
  if (stage.forecast.empty()) {
    json.null("forecast");
  } else {
    json.string("forecast", stage.forecast);
  }
  json.end_object();
}

bool may_read(const Call& call, std::string_view module) {
  return access::has_right(call.actor, module, access::Right::read);
}

Result<void> append_team_pipelines(JsonWriter& json, db::Transaction& tx, const Call& call) {
  records::Query query;
  query.limit = db::bulk_rows_max;
  query.sort = {"id", false};
  const records::Page page =
      TRY(operations::list_records(tx, call.actor, crm::team_pipelines_module(), query));
  for (const records::Record& team : page.records)
    json.begin_object().id("id", team.id.value).string("name", team.title).end_object();
  return {};
}

void append_pipelines(JsonWriter& json, db::Transaction& tx, const Call& call) {
  for (const crm::Pipeline& pipeline : crm::list_pipelines(tx, call.actor.org)) {
    json.begin_object().id("id", pipeline.id.value).string("name", pipeline.name);
    json.id("team_pipeline", pipeline.team_pipeline.value);
    json.boolean("is_default", pipeline.is_default).key("stages").begin_array();
    for (const crm::Stage& stage : pipeline.stages) append_stage(json, stage);
    json.end_array().end_object();
  }
}

void append_choice(JsonWriter& json, const records::FieldDef& field) {
  if (field.name.empty()) {
    json.null();
    return;
  }
  json.begin_object().string("name", field.name).string("label", field.label);
  json.key("choices").begin_array();
  for (const records::ChoiceOption& choice : field.choices)
    json.begin_object().string("name", choice.name).string("label", choice.label).end_object();
  json.end_array().end_object();
}

/// The lists of records that belong together, many with many, of modules that the role reads.
void append_joins(JsonWriter& json, db::Transaction& tx, const Call& call) {
  json.key("joins").begin_array();
  for (const records::ModuleDef* module : call.actor.catalogue->modules()) {
    for (const records::JoinSide& side : crm::joins_of(*call.actor.catalogue, *module)) {
      if (!may_read(call, module->name) || !may_read(call, side.listed->name)) continue;
      json.begin_object().string("module", module->name).string("list", side.name());
      json.string("label", side.label()).string("of", side.listed->name);
      const std::string& holder = side.join->holder;
      json.string("holder", holder);
      json.boolean("may_change", access::has_right(call.actor, holder, access::Right::update));
      json.key("said");
      append_choice(json, crm::OwnSide(tx, call.actor.org, side).side().join->said);
      json.end_object();
    }
  }
  json.end_array();
}

/// The columns of boards, which forms of deals need as well, and the joins.
Result<void> append_to_meta(JsonWriter& json, db::Transaction& tx, const Call& call) {
  json.key("features").begin_object().end_object();
  json.key("limits").begin_object();
  append_shared_limits(json);
  json.number("attachment_bytes", crm::attachment_bytes_max).end_object();
  json.key("team_pipelines").begin_array();
  if (may_read(call, "team_pipelines")) TRY(append_team_pipelines(json, tx, call));
  json.end_array().key("pipelines").begin_array();
  if (may_read(call, "pipelines")) append_pipelines(json, tx, call);
  json.end_array();
  append_joins(json, tx, call);
  return {};
}

Result<views::ViewQuery> view_asked_for(db::Transaction& tx, const Call& call) {
  if (!call.query_text("department").empty())
    return invalid("department", "unknown_field", "This organisation has no departments.");
  const std::string view = call.query_text("view");
  return views::view_asked_for(tx, call.actor, crm::viewed_module(*call.module),
                               view.empty() ? "all" : view);
}

std::string_view usual_sort(const records::ModuleDef& /*module*/) { return "title"; }

Application application_of(crm::Edition edition) {
  Application application{
      .name = crm::word(edition),
      .own_routes = edition == crm::Edition::crm ? crm_routes : bigin_routes,
      .modules = {"leads", "contacts", "accounts", "deals", "products", "campaigns", "tasks",
                  "events", "calls", "notes", "attachments", "team_pipelines", "pipelines",
                  "stages", "agents"},
      .searched = {"leads", "contacts", "accounts", "deals", "products", "campaigns", "tasks",
                   "events", "calls", "notes"},
      .append_to_me = [](JsonWriter&, const Call&) {},
      .append_to_meta = append_to_meta,
      .view_asked_for = view_asked_for,
      .viewed_module = crm::viewed_module,
      .usual_sort = usual_sort,
      .link_targets = {"leads", "contacts", "accounts", "deals", "products", "campaigns"},
  };
  return application;
}

}  // namespace

const Application& crm_application() {
  static const Application application = application_of(crm::Edition::crm);
  return application;
}

const Application& bigin_application() {
  static const Application application = application_of(crm::Edition::bigin);
  return application;
}

}  // namespace tandem::api::native
