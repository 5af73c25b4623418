#include <algorithm>

#include "api/desk/address_list.h"
#include "api/desk/envelope.h"
#include "api/desk/handlers.h"
#include "api/desk/input_words.h"
#include "api/desk/parts.h"
#include "api/desk/words.h"
#include "base/text.h"
#include "desk/conversation/replies.h"
#include "desk/mail/parked_mails.h"

namespace tandem::api::desk_dialect {

namespace {

constexpr int thread_rows_usual = 25;
constexpr int thread_rows_max = 100;

using ItemType = desk::TimelineItem::Type;

/// Threads and comments, newest first, in the window asked for.
Result<std::vector<desk::TimelineItem>> conversations_of(db::Transaction& tx, const Call& call,
                                                         RecordId ticket,
                                                         const PageWindow& window) {
  std::vector<desk::TimelineItem> found;
  std::string before;
  const size_t wanted = size_t(window.offset) + size_t(window.limit);
  do {
    desk::Timeline timeline =
        TRY(desk::read_timeline(tx, call.actor, ticket, before, desk::timeline_items_max));
    std::reverse(timeline.items.begin(), timeline.items.end());
    for (desk::TimelineItem& item : timeline.items) {
      if (item.type != ItemType::event) found.push_back(std::move(item));
    }
    before = timeline.older_cursor;
  } while (!before.empty() && found.size() < wanted);
  const size_t first = std::min(found.size(), size_t(window.offset));
  const size_t last = std::min(found.size(), wanted);
  return std::vector(std::make_move_iterator(found.begin() + ptrdiff_t(first)),
                     std::make_move_iterator(found.begin() + ptrdiff_t(last)));
}

/// The mailbox whose address the body names as sender. Refuses with invalid an address that is none
/// of the ticket's.
Result<RecordId> sender_of(const desk::ReplyDraft& draft, const std::string& address) {
  if (address.empty()) return RecordId{};
  for (const desk::MailboxChoice& mailbox : draft.mailboxes) {
    if (equal_ignoring_ascii_case(mailbox.address, address)) return mailbox.id;
  }
  return invalid("fromEmailAddress", "not_a_choice",
                 "Send from an address of the ticket's department.");
}

Result<desk::ReplyRequest> read_reply(db::Transaction& tx, const Call& call, RecordId ticket,
                                      const JsonObject& body) {
  const std::string channel = text_member(body, "channel");
  if (channel.empty()) return invalid("channel", "required", "Give the channel EMAIL.");
  if (channel != "EMAIL") return invalid("channel", "not_a_choice", "Replies go by EMAIL.");
  // A forward is private by itself.
  const bool is_private = flag_member(body, "isPrivate") || call.query_text("isPrivate") == "true";
  if (is_private && !flag_member(body, "isForward")) {
    return invalid("isPrivate", "not_a_choice",
                   "A reply goes to the customer; write a private comment instead.");
  }
  desk::ReplyRequest request;
  request.kind = flag_member(body, "isForward") ? desk::ReplyKind::forward : desk::ReplyKind::reply;
  const desk::ReplyDraft draft = TRY(desk::reply_draft(tx, call.actor, ticket, request.kind));
  request.from_mailbox = TRY(sender_of(draft, text_member(body, "fromEmailAddress")));
  request.to = TRY(addresses_from_text("to", text_member(body, "to")));
  request.cc = TRY(addresses_from_text("cc", text_member(body, "cc")));
  request.bcc = TRY(addresses_from_text("bcc", text_member(body, "bcc")));
  const std::string content = text_member(body, "content");
  request.html = text_member(body, "contentType") == "plainText" ? text_to_html(content) : content;
  request.attachment_ids = TRY(some_ids_of(body, "attachmentIds", desk::reply_attachments_max));
  const std::string status = text_member(body, "ticketStatus");
  if (!status.empty()) {
    const records::ShapeRef shape = call.actor.catalogue->shape(tx, call.actor.org, *call.module);
    request.status = choice_of(*shape->find("status"), status).value_or(status);
  }
  const Json* answered = body.if_contains("inReplyToThreadId");
  if (answered && !answered->is_null()) {
    const std::optional<RecordId> thread = id_member(body, "inReplyToThreadId");
    if (!thread)
      return invalid("inReplyToThreadId", "bad_id", "Give the id of a thread of the ticket.");
    request.in_reply_to_thread = *thread;
  }
  return request;
}

}  // namespace

Result<http::Response> list_threads(Call& call) {
  PartsQuery query;
  query.ticket = TRY(call.id());
  query.window = TRY(page_window(call, thread_rows_usual, thread_rows_max));
  query.order = TRY(order_by(call, "sendDateTime"));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const std::vector<desk::TimelineItem> items = TRY(list_parts(tx, call, query));
    std::vector<std::string> shown;
    for (const desk::TimelineItem& item : items)
      shown.push_back(thread_json(call, item, Content::summary));
    return show_list(shown);
  });
}

Result<http::Response> read_thread(Call& call) {
  const RecordId id = TRY(call.id());
  const RecordId thread_id = TRY(call.id("thread"));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const desk::TimelineItem item = TRY(desk::read_thread(tx, call.actor, id, thread_id));
    return http::Response::json(200, thread_json(call, item, Content::whole));
  });
}

Result<http::Response> show_original(Call& call) {
  const RecordId id = TRY(call.id());
  const RecordId thread_id = TRY(call.id("thread"));
  http::Response response;
  response.body = TRY(desk::raw_of_thread(call.services.desk, call.actor, id, thread_id));
  response.content_type = "message/rfc822";
  response.set_header(
      "Content-Disposition",
      http::content_disposition(http::Disposition::attachment, to_string(thread_id) + ".eml"));
  return response;
}

Result<http::Response> read_latest_thread(Call& call) {
  PartsQuery query;
  query.ticket = TRY(call.id());
  query.window = {.offset = 0, .limit = 1};
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const std::vector<desk::TimelineItem> items = TRY(list_parts(tx, call, query));
    if (items.empty()) return http::Response::no_content();
    return http::Response::json(200, thread_json(call, items.front(), Content::whole));
  });
}

Result<http::Response> list_conversations(Call& call) {
  const RecordId id = TRY(call.id());
  const PageWindow window = TRY(page_window(call, thread_rows_usual, thread_rows_max));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const std::vector<desk::TimelineItem> items = TRY(conversations_of(tx, call, id, window));
    const Related::ById authors = authors_of(tx, call, items);
    std::vector<std::string> shown;
    for (const desk::TimelineItem& item : items) {
      const bool is_thread = item.type == ItemType::thread;
      const std::string json =
          is_thread ? thread_json(call, item, Content::summary) : comment_json(call, item, authors);
      shown.push_back(std::string("{\"type\":\"") + (is_thread ? "thread" : "comment") + "\"," +
                      json.substr(1));
    }
    return show_list(shown);
  });
}

Result<http::Response> send_reply(Call& call) {
  const RecordId id = TRY(call.id());
  const JsonObject body = TRY(call.body());
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const desk::ReplyRequest request = TRY(read_reply(tx, call, id, body));
    const records::Record thread = TRY(
        in_words(reply_inputs, desk::send_reply(tx, call.services.desk, call.actor, id, request)));
    const desk::TimelineItem item = TRY(desk::read_thread(tx, call.actor, id, thread.id));
    return thread_json(call, item, Content::whole);
  }));
  call.services.wake();
  return http::Response::json(200, std::move(json));
}

}  // namespace tandem::api::desk_dialect
