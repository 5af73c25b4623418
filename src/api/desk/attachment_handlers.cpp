#include "api/desk/envelope.h"
#include "api/desk/handlers.h"
#include "api/desk/input_words.h"
#include "api/desk/refusals.h"
#include "base/text.h"
#include "desk/conversation/attachments.h"
#include "desk/tickets/ticket_files.h"
#include "http/multipart.h"

namespace tandem::api::desk_dialect {

namespace {

constexpr int attachment_rows_usual = 50;
constexpr int attachment_rows_max = 100;

struct SentFile {
  records::Record upload;
  desk::Audience audience = desk::Audience::colleagues;
};

/// The form's part named "file", kept as an upload of the actor, and whether it is public.
Result<SentFile> keep_file(Call& call) {
  const std::string_view type = call.request.header("Content-Type");
  if (!starts_with_ignoring_ascii_case(type, "multipart/form-data")) return no_form();
  const std::vector<http::FormPart> parts =
      TRY(in_words(file_inputs, http::read_multipart(type, call.request.body)));
  const http::FormPart* file = nullptr;
  std::string is_public = call.query_text("isPublic");
  for (const http::FormPart& part : parts) {
    if (part.name == "file" && !file) file = &part;
    if (part.name == "isPublic") is_public = trim(part.bytes);
  }
  if (!file) return invalid("file", "required", "Send the file as the form field \"file\".");
  SentFile sent;
  if (equal_ignoring_ascii_case(is_public, "true")) sent.audience = desk::Audience::everyone;
  sent.upload = TRY(desk::add_upload(call.services.desk, call.actor,
                                     {file->filename, file->content_type, file->bytes}));
  return sent;
}

/// Asked before the file is kept, so that nothing waits for a ticket it can't be attached to.
Result<void> may_attach(const Call& call, RecordId id) {
  return call.database().read([&](db::Transaction& tx) -> Result<void> {
    const records::Record ticket = TRY(operations::read_record(tx, call.actor, *call.module, id));
    return operations::require_act(call.actor, ticket, "update");
  });
}

}  // namespace

Result<http::Response> upload(Call& call) {
  const SentFile sent = TRY(keep_file(call));
  return http::Response::json(200, attachment_json(call, sent.upload));
}

Result<http::Response> list_attachments(Call& call) {
  const RecordId id = TRY(call.id());
  const PageWindow window = TRY(page_window(call, attachment_rows_usual, attachment_rows_max));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    TRY(operations::read_record(tx, call.actor, *call.module, id));
    records::Query query;
    query.filter = records::field("ticket").is(id);
    query.offset = window.offset;
    query.limit = window.limit;
    const records::Page page =
        TRY(list_page(tx, call, *call.actor.catalogue->find("attachments"), std::move(query)));
    std::vector<std::string> shown;
    for (const records::Record& attachment : page.records)
      shown.push_back(attachment_json(call, attachment));
    return show_list(shown);
  });
}

Result<http::Response> add_attachment(Call& call) {
  const RecordId id = TRY(call.id());
  TRY(may_attach(call, id));
  const SentFile sent = TRY(keep_file(call));
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const std::vector<records::Record> attached =
        TRY(in_words(file_inputs, desk::attach_for(tx, call.actor, {id, sent.audience},
                                                   {sent.upload.id.value})));
    return attachment_json(call, attached.front());
  }));
  call.services.wake();
  return http::Response::json(200, std::move(json));
}

Result<http::Response> change_attachment(Call& call) {
  const RecordId id = TRY(call.id());
  const RecordId attachment_id = TRY(call.id("attachment"));
  const JsonObject body = TRY(call.body());
  if (!body.contains("isPublic")) return invalid("isPublic", "required", "Give isPublic.");
  const desk::Audience audience =
      flag_member(body, "isPublic") ? desk::Audience::everyone : desk::Audience::colleagues;
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const records::Record changed =
        TRY(desk::show_attachment_to(tx, call.actor, id, attachment_id, audience));
    return attachment_json(call, changed);
  }));
  call.services.wake();
  return http::Response::json(200, std::move(json));
}

Result<http::Response> remove_attachment(Call& call) {
  const RecordId id = TRY(call.id());
  const RecordId attachment_id = TRY(call.id("attachment"));
  TRY(call.database().write([&](db::Transaction& tx) -> Result<void> {
    return desk::remove_attachment(tx, call.actor, id, attachment_id);
  }));
  call.services.wake();
  return http::Response::no_content();
}

Result<http::Response> show_attachment(Call& call) {
  const RecordId id = TRY(call.id());
  const RecordId attachment_id = TRY(call.id("attachment"));
  desk::AttachmentContent content =
      TRY(desk::read_attachment(call.services.desk, call.actor, attachment_id));
  if (content.attachment.get("ticket").id() != id)
    return not_found("There is no such attachment on this ticket.");
  http::Response response;
  response.content_type = "application/octet-stream";
  response.set_header("Content-Disposition",
                      http::content_disposition(http::Disposition::attachment,
                                                content.attachment.get("name").text()));
  response.set_header("X-Content-Type-Options", "nosniff");
  response.body = std::move(content.bytes);
  return response;
}

}  // namespace tandem::api::desk_dialect
