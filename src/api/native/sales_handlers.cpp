#include "api/native/sales_handlers.h"

#include "api/native/list_query.h"
#include "crm/deals/deal_board.h"
#include "crm/leads/lead_conversion.h"
#include "crm/modules.h"

namespace tandem::api::native {

namespace {

Result<crm::Pipeline> pipeline_asked_for(db::Transaction& tx, const Call& call) {
  const std::string text = call.query_text("pipeline");
  const std::optional<int64_t> id = id_from_text(text);
  if (!text.empty() && !id) return invalid("pipeline", "bad_id", "Give the id of a pipeline.");
  const std::optional<crm::Pipeline> pipeline =
      id ? crm::find_pipeline(tx, call.actor.org, RecordId{*id})
         : crm::default_pipeline(tx, call.actor.org);
  if (!pipeline) return not_found("There is no such pipeline.");
  return *pipeline;
}

void append_sum(JsonWriter& json, const records::Shape& deals, std::string_view field,
                const std::optional<int64_t>& sum) {
  json.key(field);
  records::append_value(json, *deals.find(field), sum ? records::Value(*sum) : records::Value());
}

Result<crm::LeadConversion> conversion_of(db::Transaction& tx, const Call& call,
                                          const JsonObject& body) {
  TRY(only_keys(body, {"contact", "account", "owner", "deal", "carry_tags"}));
  crm::LeadConversion conversion;
  conversion.contact = TRY(body_id(body, "contact"));
  conversion.account = TRY(body_id(body, "account"));
  conversion.owner = TRY(body_id(body, "owner"));
  const bool carry_tags = TRY(body_flag(body, "carry_tags", true));
  if (!carry_tags) conversion.tags = crm::Tags::left_behind;
  const Json* deal = body.if_contains("deal");
  if (!deal || deal->is_null()) return conversion;
  if (!deal->is_object())
    return invalid("deal", "wrong_type", "Send deal as an object, or leave it out.");
  const records::ShapeRef shape = call.actor.catalogue->shape(tx, call.actor.org, *call.module);
  conversion.deal = TRY(records::changes_from_json(*shape, deal->get_object()));
  return conversion;
}

std::string made_json(db::Transaction& tx, const Call& call, const crm::ConvertedLead& made) {
  JsonWriter json;
  json.begin_object().key("contact").raw(record_json(tx, call.actor, made.contact));
  json.key("account").raw(record_json(tx, call.actor, made.account)).key("deal");
  if (made.deal) {
    json.raw(record_json(tx, call.actor, *made.deal));
  } else {
    json.null();
  }
  json.boolean("stays_hidden", made.stays_hidden);
  return json.end_object().take();
}

}  // namespace

Result<http::Response> show_deals_board(Call& call) {
  call.module = call.actor.catalogue->find("deals");
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const crm::Pipeline pipeline = TRY(pipeline_asked_for(tx, call));
    const views::ViewQuery asked = TRY(list_asked_for(tx, call));
    const records::ShapeRef deals = call.actor.catalogue->shape(tx, call.actor.org, *call.module);
    const std::vector<crm::BoardColumn> columns =
        TRY(crm::deal_board(tx, call.actor, pipeline, asked.filter));
    JsonWriter json;
    json.begin_object().id("pipeline", pipeline.id.value).key("columns").begin_array();
    for (const crm::BoardColumn& column : columns) {
      json.begin_object().id("stage", column.stage.value).number("count", column.count.value);
      json.boolean("count_is_exact", column.count.is_exact);
      append_sum(json, *deals, "amount", column.amount);
      append_sum(json, *deals, "expected_revenue", column.expected_revenue);
      json.end_object();
    }
    json.end_array().end_object();
    return http::Response::json(200, json.take());
  });
}

Result<http::Response> convert_lead(Call& call) {
  const RecordId lead = TRY(call.id());
  const JsonObject body = TRY(call.body());
  call.module = &crm::deals_module(crm::Edition::crm);
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const crm::LeadConversion conversion = TRY(conversion_of(tx, call, body));
    const crm::ConvertedLead made = TRY(crm::convert_lead(tx, call.actor, lead, conversion));
    return made_json(tx, call, made);
  }));
  call.services.wake();
  return http::Response::json(201, std::move(json));
}

}  // namespace tandem::api::native
