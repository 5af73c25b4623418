#include "api/native/ticket_file_handlers.h"

#include "desk/tickets/ticket_files.h"

namespace tandem::api::native {

namespace {

void append_file(JsonWriter& json, const desk::TicketFile& file) {
  const records::Record& attachment = file.attachment;
  json.begin_object().id("id", attachment.id.value).string("name", attachment.get("name").text());
  json.number("size_bytes", attachment.get("size_bytes").number());
  json.string("content_type", attachment.get("content_type").text());
  json.string("at", to_iso(attachment.created_at)).key("may").begin_array();
  for (const std::string& act : file.may) json.string(act);
  json.end_array().end_object();
}

}  // namespace

Result<http::Response> list_ticket_files(Call& call) {
  const RecordId id = TRY(call.id());
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const std::vector<desk::TicketFile> files = TRY(desk::files_of_ticket(tx, call.actor, id));
    JsonWriter json;
    json.begin_object().key("attachments").begin_array();
    for (const desk::TicketFile& file : files) append_file(json, file);
    json.end_array().end_object();
    return http::Response::json(200, json.take());
  });
}

Result<http::Response> remove_ticket_file(Call& call) {
  const RecordId id = TRY(call.id());
  const RecordId attachment = TRY(call.id("attachment"));
  TRY(call.database().write([&](db::Transaction& tx) -> Result<void> {
    return desk::remove_attachment(tx, call.actor, id, attachment);
  }));
  call.services.wake();
  return http::Response::no_content();
}

}  // namespace tandem::api::native
