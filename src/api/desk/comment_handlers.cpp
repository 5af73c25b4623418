#include "api/desk/envelope.h"
#include "api/desk/handlers.h"
#include "api/desk/input_words.h"
#include "api/desk/mentions.h"
#include "api/desk/parts.h"
#include "base/text.h"
#include "desk/conversation/comments.h"
#include "desk/conversation/mentions.h"

namespace tandem::api::desk_dialect {

namespace {

constexpr int comment_rows_usual = 50;
constexpr int comment_rows_max = 100;

std::string content_of(const JsonObject& body) {
  const std::string content = text_member(body, "content");
  return text_member(body, "contentType") == "plainText" ? text_to_html(content) : content;
}

}  // namespace

Result<http::Response> list_comments(Call& call) {
  PartsQuery query;
  query.ticket = TRY(call.id());
  query.type = desk::TimelineItem::Type::comment;
  query.window = TRY(page_window(call, comment_rows_usual, comment_rows_max));
  query.order = TRY(order_by(call, "commentedTime"));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const std::vector<desk::TimelineItem> comments = TRY(list_parts(tx, call, query));
    const Related::ById authors = authors_of(tx, call, comments);
    std::vector<std::string> shown;
    for (const desk::TimelineItem& comment : comments)
      shown.push_back(comment_json(call, comment, authors));
    // Comments are the one list of the dialect that answers 200 when it is empty.
    return http::Response::json(200, "{\"data\":[" + join(shown, ",") + "]}");
  });
}

Result<http::Response> read_comment(Call& call) {
  const RecordId id = TRY(call.id());
  const RecordId comment_id = TRY(call.id("comment"));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const desk::TimelineItem item = TRY(desk::read_comment(tx, call.actor, id, comment_id));
    return http::Response::json(200, comment_json(tx, call, item));
  });
}

Result<http::Response> add_comment(Call& call) {
  const RecordId id = TRY(call.id());
  const JsonObject body = TRY(call.body());
  const std::vector<int64_t> attachment_ids =
      TRY(some_ids_of(body, "attachmentIds", desk::comment_attachments_max));
  const desk::Audience audience =
      flag_member(body, "isPublic") ? desk::Audience::everyone : desk::Audience::colleagues;
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const MentioningText text = TRY(read_mentions(tx, call, content_of(body)));
    const records::Record comment =
        TRY(in_words(comment_inputs, desk::add_comment(tx, call.actor, id, text.html, audience,
                                                       attachment_ids, text.agents)));
    const desk::TimelineItem item = TRY(desk::read_comment(tx, call.actor, id, comment.id));
    return comment_json(tx, call, item);
  }));
  call.services.wake();
  return http::Response::json(200, std::move(json));
}

Result<http::Response> edit_comment(Call& call) {
  const RecordId id = TRY(call.id());
  const RecordId comment_id = TRY(call.id("comment"));
  const JsonObject body = TRY(call.body());
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const MentioningText text = TRY(read_mentions(tx, call, content_of(body)));
    TRY(in_words(comment_inputs,
                 desk::edit_comment(tx, call.actor, id, comment_id, text.html, text.agents)));
    const desk::TimelineItem item = TRY(desk::read_comment(tx, call.actor, id, comment_id));
    return comment_json(tx, call, item);
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

}  // namespace tandem::api::desk_dialect
