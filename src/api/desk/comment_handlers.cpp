#include "api/desk/envelope.h"
#include "api/desk/handlers.h"
#include "base/text.h"
#include "desk/attachments.h"
#include "desk/comments.h"
#include "http/multipart.h"

namespace tandem::api::desk_dialect {

namespace {

constexpr int comment_rows_usual = 50;
constexpr int comment_rows_max = 100;

std::string content_of(const JsonObject& body) {
  const std::string content = text_member(body, "content");
  return text_member(body, "contentType") == "plainText" ? text_to_html(content) : content;
}

Result<std::vector<records::Record>> attachments_of_ticket(db::Transaction& tx, const Call& call,
                                                           RecordId ticket,
                                                           const PageWindow& window) {
  TRY(operations::read_record(tx, call.actor, *call.module, ticket));
  records::Query query;
  query.filter = records::field("ticket").is(ticket);
  query.offset = window.offset;
  query.limit = window.limit;
  records::Page page = TRY(operations::list_records(
      tx, call.actor, *call.actor.catalogue->find("attachments"), std::move(query)));
  return std::move(page.records);
}

/// The form's part named "file", kept as an upload of the actor.
Result<records::Record> keep_upload(Call& call) {
  const std::vector<http::FormPart> parts =
      TRY(http::read_multipart(call.request.header("Content-Type"), call.request.body));
  for (const http::FormPart& part : parts) {
    if (part.name == "file") {
      return desk::add_upload(call.services.desk, call.actor,
                              {part.filename, part.content_type, part.bytes});
    }
  }
  return invalid("file", "required", "Send the file as the form field \"file\".");
}

}  // namespace

Result<http::Response> list_comments(Call& call) {
  const RecordId id = TRY(call.id());
  const PageWindow window = TRY(page_window(call, comment_rows_usual, comment_rows_max));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    TRY(operations::read_record(tx, call.actor, *call.module, id));
    records::Query query;
    query.filter = records::field("ticket").is(id);
    query.offset = window.offset;
    query.limit = window.limit;
    const records::Page page = TRY(operations::list_records(
        tx, call.actor, *call.actor.catalogue->find("comments"), std::move(query)));
    std::vector<std::string> shown;
    for (const records::Record& comment : page.records) {
      shown.push_back(comment_json(call, TRY(desk::read_comment(tx, call.actor, id, comment.id))));
    }
    // Comments are the one list of the dialect that answers 200 when it is empty.
    return http::Response::json(200, "{\"data\":[" + join(shown, ",") + "]}");
  });
}

Result<http::Response> read_comment(Call& call) {
  const RecordId id = TRY(call.id());
  const RecordId comment_id = TRY(call.id("comment"));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const desk::TimelineItem item = TRY(desk::read_comment(tx, call.actor, id, comment_id));
    return http::Response::json(200, comment_json(call, item));
  });
}

Result<http::Response> add_comment(Call& call) {
  const RecordId id = TRY(call.id());
  const JsonObject body = TRY(call.body());
  std::vector<int64_t> attachment_ids;
  if (const Json* given = body.if_contains("attachmentIds");
      given && given->is_array() && !given->as_array().empty()) {
    const std::vector<RecordId> ids =
        TRY(ids_of(body, "attachmentIds", desk::comment_attachments_max));
    for (const RecordId attachment : ids) attachment_ids.push_back(attachment.value);
  }
  const desk::Audience audience =
      flag_member(body, "isPublic") ? desk::Audience::everyone : desk::Audience::colleagues;
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const records::Record comment =
        TRY(desk::add_comment(tx, call.actor, id, content_of(body), audience, attachment_ids));
    const desk::TimelineItem item = TRY(desk::read_comment(tx, call.actor, id, comment.id));
    return comment_json(call, item);
  }));
  call.services.wake();
  return http::Response::json(200, std::move(json));
}

Result<http::Response> edit_comment(Call& call) {
  const RecordId id = TRY(call.id());
  const RecordId comment_id = TRY(call.id("comment"));
  const JsonObject body = TRY(call.body());
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    TRY(desk::edit_comment(tx, call.actor, id, comment_id, content_of(body)));
    const desk::TimelineItem item = TRY(desk::read_comment(tx, call.actor, id, comment_id));
    return comment_json(call, item);
  }));
  call.services.wake();
  return http::Response::json(200, std::move(json));
}

Result<http::Response> remove_comment(Call& call) {
  const RecordId id = TRY(call.id());
  const RecordId comment_id = TRY(call.id("comment"));
  TRY(call.database().write([&](db::Transaction& tx) -> Result<void> {
    return desk::remove_comment(tx, call.actor, id, comment_id);
  }));
  call.services.wake();
  return http::Response::no_content();
}

Result<http::Response> upload(Call& call) {
  const records::Record kept = TRY(keep_upload(call));
  return http::Response::json(200, attachment_json(call, kept));
}

Result<http::Response> list_attachments(Call& call) {
  const RecordId id = TRY(call.id());
  const PageWindow window = TRY(page_window(call, comment_rows_usual, comment_rows_max));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const std::vector<records::Record> attachments =
        TRY(attachments_of_ticket(tx, call, id, window));
    std::vector<std::string> shown;
    for (const records::Record& attachment : attachments)
      shown.push_back(attachment_json(call, attachment));
    return show_list(shown);
  });
}

Result<http::Response> add_attachment(Call& call) {
  const RecordId id = TRY(call.id());
  const records::Record kept = TRY(keep_upload(call));
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const std::vector<records::Record> attached =
        TRY(desk::attach_to_ticket(tx, call.actor, id, {kept.id.value}));
    return attachment_json(call, attached.front());
  }));
  call.services.wake();
  return http::Response::json(200, std::move(json));
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
