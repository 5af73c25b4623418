#include "api/crm/bulk_words.h"
#include "api/crm/handlers.h"
#include "base/text.h"

// Bulk reads and bulk writes.

namespace tandem::api::crm_dialect {

namespace {

using crm::BulkDirection;
using crm::BulkJob;
using crm::BulkOperation;

crm::Bulk bulk_of(const Call& call) {
  return {call.services.database, call.services.files, call.services.applications};
}

BulkFace face_of(const Call& call) { return {*call.actor.catalogue, call.services.base_url}; }

/// The address of the callback that the body names; "" when it names none.
Result<std::string> callback_of(const JsonObject& body) {
  const auto at = body.find("callback");
  if (at == body.end() || at->value().is_null()) return std::string();
  const std::string url = text_of(at->value(), "url");
  const std::string method = ascii_lower(text_of(at->value(), "method"));
  if (url.empty()) return invalid("callback", "required", "required field not found");
  if (!method.empty() && method != "post")
    return invalid("callback", "not_supported", "Callbacks are sent by post.");
  return url;
}

Result<const JsonObject*> object_in(const JsonObject& body, std::string_view key) {
  const auto at = body.find(key);
  if (at == body.end() || !at->value().is_object())
    return invalid(std::string(key), "param_missing", "One of the expected parameter is missing");
  return &at->value().get_object();
}

Result<BulkJob> job_of(Call& call, BulkDirection direction) {
  const RecordId id = TRY(call.id());
  return call.database().read(
      [&](db::Transaction& tx) { return crm::find_bulk_job(tx, call.actor, direction, id); });
}

Result<http::Response> download(Call& call, BulkDirection direction) {
  const BulkJob job = TRY(job_of(call, direction));
  http::Response response;
  response.body = TRY(crm::bulk_result(call.services.files, job));
  response.content_type = "application/octet-stream";
  response.set_header(
      "Content-Disposition",
      http::content_disposition(http::Disposition::attachment, to_string(job.id) + ".zip"));
  response.set_header("X-Content-Type-Options", "nosniff");
  return response;
}

}  // namespace

Result<http::Response> start_bulk_read(Call& call) {
  const JsonObject body = TRY(call.body());
  const JsonObject* query = TRY(object_in(body, "query"));
  const auto type = body.find("file_type");
  const bool is_table = type == body.end() || !type->value().is_string() ||
                        ascii_lower(type->value().get_string()) == "csv";
  if (!is_table) return invalid("file_type", "not_supported", "Bulk reads are written as csv.");
  const std::string callback = TRY(callback_of(body));
  const records::ModuleDef* module = TRY(bulk_module_of(call, *query));
  TRY(call.require_scope(*module, "READ"));
  const Call inner = call.about(*module);
  http::Response response =
      TRY(call.database().write([&](db::Transaction& tx) -> Result<http::Response> {
        crm::NewBulkJob asked{
            .asked_json = json_to_text(body), .callback_url = callback, .base = call.base};
        asked.order = TRY(order_of_query(tx, inner, *query));
        const BulkJob job = TRY(crm::add_bulk_read(tx, call.actor, asked));
        JsonWriter json;
        json.begin_object().key("data").begin_array().begin_object();
        json.string("status", "success").string("code", "ADDED_SUCCESSFULLY");
        json.string("message", "Added successfully.").key("details").begin_object();
        json.id("id", job.id.value).string("operation", "read").string("state", "ADDED");
        append_asker(json, tx, face_of(call), job);
        json.string("created_time", moment_text(job.created_at)).end_object().end_object();
        json.end_array().key("info").begin_object().end_object();
        return http::Response::json(201, json.end_object().take());
      }));
  call.services.wake();
  return response;
}

Result<http::Response> show_bulk_read(Call& call) {
  const BulkJob job = TRY(job_of(call, BulkDirection::read));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    JsonWriter json;
    json.begin_object().key("data").begin_array().begin_object();
    append_bulk_job(json, tx, face_of(call), job);
    json.end_object().end_array().key("info").begin_object().end_object();
    return http::Response::json(200, json.end_object().take());
  });
}

Result<http::Response> download_bulk_read(Call& call) {
  return download(call, BulkDirection::read);
}

namespace {

/// Several files at once are not taken: each is a job of its own.
Result<const JsonObject*> resource_of(const JsonObject& body) {
  const auto at = body.find("resource");
  if (at == body.end() || !at->value().is_array() || at->value().get_array().empty())
    return invalid("resource", "param_missing", "One of the expected parameter is missing");
  const JsonArray& resources = at->value().get_array();
  if (resources.size() > 1) return invalid("resource", "too_many", "Send one at a time.");
  if (!resources.front().is_object())
    return invalid("resource", "wrong_type", "Send it as a list of objects.");
  return &resources.front().get_object();
}

Result<BulkOperation> operation_of(const JsonObject& body) {
  const auto encoding = body.find("character_encoding");
  const bool is_utf8 = encoding == body.end() || !encoding->value().is_string() ||
                       ascii_lower(encoding->value().get_string()) == "utf-8";
  if (!is_utf8) return invalid("character_encoding", "not_supported", "Write the file in UTF-8.");
  const auto at = body.find("operation");
  const std::optional<BulkOperation> operation =
      at != body.end() && at->value().is_string()
          ? crm::bulk_operation_from_word(ascii_lower(at->value().get_string()))
          : std::nullopt;
  if (!operation)
    return invalid("operation", "param_missing", "One of the expected parameter is missing");
  return *operation;
}

Result<RecordId> file_of(const JsonObject& resource) {
  const auto at = resource.find("file_id");
  if (at == resource.end())
    return invalid("file_id", "param_missing", "One of the expected parameter is missing");
  std::optional<int64_t> id;
  if (at->value().is_string()) id = id_from_text(at->value().get_string());
  if (at->value().is_int64() && at->value().get_int64() > 0) id = at->value().get_int64();
  if (!id) return invalid("file_id", "bad_id", "the id given seems to be invalid");
  return RecordId{*id};
}

Result<void> may_write_by_scope(const Call& call, const records::ModuleDef& module,
                                BulkOperation operation) {
  if (operation != BulkOperation::update) TRY(call.require_scope(module, "CREATE"));
  if (operation != BulkOperation::insert) TRY(call.require_scope(module, "UPDATE"));
  return {};
}

}  // namespace

Result<http::Response> start_bulk_write(Call& call) {
  const JsonObject body = TRY(call.body());
  const BulkOperation operation = TRY(operation_of(body));
  const JsonObject* resource = TRY(resource_of(body));
  const std::string callback = TRY(callback_of(body));
  const records::ModuleDef* module = TRY(bulk_module_of(call, *resource));
  TRY(may_write_by_scope(call, *module, operation));
  const RecordId sent = TRY(file_of(*resource));
  const std::vector<std::string> headings =
      TRY(crm::bulk_headings(bulk_of(call), call.actor, sent));
  const Call inner = call.about(*module);
  http::Response response =
      TRY(call.database().write([&](db::Transaction& tx) -> Result<http::Response> {
        crm::NewBulkJob asked{
            .asked_json = json_to_text(body), .callback_url = callback, .base = call.base};
        asked.order = TRY(order_of_resource(tx, inner, *resource, operation, headings));
        const BulkJob job = TRY(crm::add_bulk_write(tx, call.actor, sent, asked));
        JsonWriter json;
        json.begin_object().string("status", "success").string("code", "SUCCESS");
        json.string("message", "success").key("details").begin_object();
        json.id("id", job.id.value);
        append_asker(json, tx, face_of(call), job);
        return http::Response::json(201, json.end_object().end_object().take());
      }));
  call.services.wake();
  return response;
}

Result<http::Response> show_bulk_write(Call& call) {
  const BulkJob job = TRY(job_of(call, BulkDirection::write));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    JsonWriter json;
    json.begin_object();
    append_bulk_job(json, tx, face_of(call), job);
    return http::Response::json(200, json.end_object().take());
  });
}

Result<http::Response> download_bulk_write(Call& call) {
  return download(call, BulkDirection::write);
}

}  // namespace tandem::api::crm_dialect
