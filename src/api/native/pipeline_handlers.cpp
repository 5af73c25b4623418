#include "api/native/answers.h"
#include "api/native/sales_handlers.h"
#include "crm/deals/pipeline_stages.h"
#include "crm/deals/shared_stages.h"
#include "crm/modules.h"

namespace tandem::api::native {

namespace {

template <class Named>
void append_named(JsonWriter& json, std::string_view key, const std::vector<Named>& all) {
  json.key(key).begin_array();
  for (const Named& one : all)
    json.begin_object().id("id", one.id.value).string("name", one.name).end_object();
  json.end_array();
}

}  // namespace

Result<http::Response> show_shared_stages(Call& call) {
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {"ids"}));
  const std::vector<int64_t> ids = TRY(body_ids(body, "ids", crm::deals_asked_about_max));
  std::vector<RecordId> deals;
  for (const int64_t id : ids) deals.push_back(RecordId{id});
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const crm::SharedStages shared = TRY(crm::stages_shared_by(tx, call.actor, deals));
    JsonWriter json;
    json.begin_object();
    append_named(json, "stages", shared.stages);
    append_named(json, "pipelines", shared.pipelines);
    return http::Response::json(200, json.end_object().take());
  });
}

Result<http::Response> add_stage_to_pipeline(Call& call) {
  const RecordId pipeline = TRY(call.id());
  JsonObject body = TRY(call.body());
  crm::AddedStage added;
  added.existing = TRY(body_id(body, "stage"));
  body.erase("stage");
  if (added.existing) TRY(only_keys(body, {}));
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const records::ShapeRef stages =
        call.actor.catalogue->shape(tx, call.actor.org, crm::stages_module());
    if (!added.existing) added.values = TRY(records::changes_from_json(*stages, body));
    const records::Record changed = TRY(crm::add_stage(tx, call.actor, pipeline, added));
    return record_json(tx, call.actor, changed);
  }));
  call.services.wake();
  return http::Response::json(201, std::move(json));
}

Result<http::Response> retire_stage_of_pipeline(Call& call) {
  const RecordId pipeline = TRY(call.id());
  const RecordId stage = TRY(call.id("stage"));
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {"target"}));
  const RecordId target = TRY(body_id(body, "target"));
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const crm::Retirement retirement =
        TRY(crm::retire_stage(tx, call.actor, {pipeline, stage, target}));
    JsonWriter answer;
    answer.begin_object().number("moved", retirement.moved).boolean("is_done", retirement.is_done);
    return answer.end_object().take();
  }));
  call.services.wake();
  return http::Response::json(200, std::move(json));
}

}  // namespace tandem::api::native
