#include "api/native/merge_envelope.h"
#include "api/native/sales_handlers.h"
#include "crm/merging/alike.h"
#include "crm/merging/merging.h"

namespace tandem::api::native {

namespace {

using records::Record;

constexpr const char* many = "records";

std::string preview_json(db::Transaction& tx, const Call& call, const operations::MergePlan& plan) {
  JsonWriter json;
  json.begin_object().key("target").begin_object();
  append_hit(json, call, plan.target);
  json.end_object().key(many).begin_array();
  for (const Record& other : plan.others) {
    json.begin_object();
    append_hit(json, call, other);
    json.end_object();
  }
  json.end_array();
  append_choices(json, tx, call, plan, "record");
  return json.end_object().take();
}

http::Response shown(const Call& call, const std::vector<crm::Alike>& alike) {
  JsonWriter json;
  json.begin_object().key("duplicates").begin_array();
  for (const crm::Alike& one : alike) {
    json.begin_object().string("module", one.record.shape->module().name);
    json.string("reason", one.reason).key("record").begin_object();
    append_hit(json, call, one.record);
    json.end_object().end_object();
  }
  return http::Response::json(200, json.end_array().end_object().take());
}

/// What is typed so far: values that are none yet are left out rather than refused.
records::Changes typed_values(const records::Shape& shape, const JsonObject& body) {
  records::Changes values;
  for (const records::FieldDef& field : shape.fields()) {
    const Json* json = body.if_contains(field.name);
    if (!json || json->is_null() || field.custom) continue;
    Result<records::Value> value = records::value_from_json(field, *json);
    if (value) values.set(field.name, std::move(*value));
  }
  return values;
}

Result<http::Response> saved(Call& call, Result<std::string> json) {
  if (!json) return json.error();
  call.services.wake();
  return http::Response::json(200, std::move(*json));
}

}  // namespace

Result<http::Response> preview_record_merge(Call& call) {
  const operations::MergeRequest request = TRY(read_merge(call, many));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const operations::MergePlan plan =
        TRY(crm::preview_merge(tx, call.actor, *call.module, request));
    return http::Response::json(200, preview_json(tx, call, plan));
  });
}

Result<http::Response> merge_records(Call& call) {
  const operations::MergeRequest request = TRY(read_merge(call, many));
  return saved(call, call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const Record record = TRY(crm::merge_records(tx, call.actor, *call.module, request));
    return record_json(tx, call.actor, record);
  }));
}

Result<http::Response> list_record_merges(Call& call) {
  const RecordId id = TRY(call.id());
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const auto merges = TRY(operations::merges_into(tx, call.actor, *call.module, id));
    return http::Response::json(200, merges_json(merges, many));
  });
}

Result<http::Response> undo_record_merge(Call& call) {
  const RecordId id = TRY(call.id());
  const RecordId merge = TRY(call.id("merge"));
  return saved(call, call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const Record record = TRY(crm::undo_merge(tx, call.actor, *call.module, id, merge));
    return record_json(tx, call.actor, record);
  }));
}

Result<http::Response> list_duplicates_of_record(Call& call) {
  const RecordId id = TRY(call.id());
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const auto alike = TRY(crm::records_alike_of(tx, call.actor, *call.module, id));
    return shown(call, alike);
  });
}

Result<http::Response> find_duplicates(Call& call) {
  const JsonObject body = TRY(call.body());
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const records::ShapeRef shape = call.actor.catalogue->shape(tx, call.actor.org, *call.module);
    const auto alike =
        TRY(crm::records_alike(tx, call.actor, *call.module, typed_values(*shape, body)));
    return shown(call, alike);
  });
}

}  // namespace tandem::api::native
