#include "api/crm/attachment_calls.h"
#include "api/crm/handlers.h"
#include "base/text.h"
#include "crm/bulk/sent_ahead.h"
#include "crm/notes/attachments.h"
#include "http/multipart.h"

// Files that are sent before it is said what they are for.

namespace tandem::api::crm_dialect {

namespace {

Result<crm::SentFile> send(Call& call, crm::SentFor purpose) {
  const http::FormPart file = TRY(sent_file(call));
  return crm::send_ahead(call.database(), call.services.files, call.actor, purpose,
                         {file.filename, file.content_type, file.bytes});
}

http::Response show_file(std::string bytes, std::string_view name) {
  http::Response response;
  response.body = std::move(bytes);
  response.content_type = "application/octet-stream";
  response.set_header("Content-Disposition",
                      http::content_disposition(http::Disposition::attachment, std::string(name)));
  response.set_header("X-Content-Type-Options", "nosniff");
  return response;
}

/// The file of an attachment, whose $file_id it is.
Result<http::Response> attached(Call& call, RecordId id) {
  const records::Record found = TRY(call.database().read(
      [&](db::Transaction& tx) { return crm::readable_attachment(tx, call.actor, id); }));
  std::string bytes = TRY(crm::read_file(call.services.files, call.actor.org, found));
  return show_file(std::move(bytes), found.get("name").text());
}

}  // namespace

Result<http::Response> upload_table(Call& call) {
  const std::string feature = ascii_lower(call.request.header("feature"));
  if (!feature.empty() && feature != "bulk-write")
    return invalid("feature", "not_supported", "Send the header feature: bulk-write.");
  const crm::SentFile sent = TRY(send(call, crm::SentFor::bulk_write));
  JsonWriter json;
  json.begin_object().string("status", "success").string("code", "FILE_UPLOAD_SUCCESS");
  json.string("message", "file uploaded.").key("details").begin_object();
  json.id("file_id", sent.id.value).string("created_time", moment_text(sent.created_at));
  return http::Response::json(200, json.end_object().end_object().take());
}

Result<http::Response> upload_file(Call& call) {
  const crm::SentFile sent = TRY(send(call, crm::SentFor::fetching));
  JsonWriter json;
  json.begin_object().key("data").begin_array().begin_object().string("code", "SUCCESS");
  json.key("details").begin_object().string("name", sent.name).string("id", sent.token);
  json.end_object().string("message", "file uploaded successfully").string("status", "success");
  return http::Response::json(200, json.end_object().end_array().end_object().take());
}

Result<http::Response> download_file(Call& call) {
  const std::string asked = call.query_text("id");
  if (asked.empty())
    return invalid("id", "param_missing", "One of the expected parameter is missing");
  if (const std::optional<int64_t> id = id_from_text(asked)) {
    TRY(call.require_scope(*call.actor.catalogue->find("attachments"), "READ"));
    return attached(call, RecordId{*id});
  }
  const crm::SentFile sent = TRY(call.database().read(
      [&](db::Transaction& tx) { return crm::find_sent_by_token(tx, call.actor, asked); }));
  std::optional<std::string> bytes = call.services.files.get(call.actor.org, sent.file);
  if (!bytes) return not_found("the id given seems to be invalid");
  return show_file(std::move(*bytes), sent.name);
}

}  // namespace tandem::api::crm_dialect
