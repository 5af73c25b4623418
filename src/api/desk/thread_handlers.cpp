#include <algorithm>

#include "api/desk/envelope.h"
#include "api/desk/handlers.h"
#include "api/desk/input_words.h"
#include "api/desk/parts.h"
#include "api/desk/reply_body.h"
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
