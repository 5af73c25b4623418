#include "api/native/answers.h"
#include "api/native/sales_handlers.h"
#include "crm/deals/pipeline_stages.h"
#include "crm/modules.h"

namespace tandem::api::native {

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
