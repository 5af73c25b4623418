#include "api/native/notification_handlers.h"

#include "desk/notifications/notifications.h"

namespace tandem::api::native {

namespace {

constexpr int shown_unless_told = 50;

void append_notification(JsonWriter& json, const desk::Notification& told) {
  json.begin_object().id("id", told.id.value).string("kind", told.kind);
  append_moment(json, "at", told.told_at);
  append_moment(json, "read_at", told.read_at);
  json.key("by").begin_object().string("kind", told.by.kind).id("id", told.by.id.value);
  json.string("name", told.by.name).end_object();
  json.key("activity");
  if (told.module != "tickets") {
    json.begin_object().string("module", told.module).id("id", told.ticket.id.value);
    json.string("title", told.ticket.title).end_object().null("ticket").end_object();
    return;
  }
  json.null().key("ticket").begin_object().id("id", told.ticket.id.value);
  json.string("title", told.ticket.title).key("number");
  // Null when the number is hidden from the role.
  const records::Value& number = told.ticket.get("number");
  number.is_null() ? json.null() : json.number(number.number());
  json.end_object().end_object();
}

}  // namespace

Result<http::Response> list_notifications(Call& call) {
  const int limit =
      TRY(call.query_number("limit", shown_unless_told, 1, desk::notifications_per_agent_max));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const desk::Notifications told = TRY(desk::list_notifications(tx, call.actor, limit));
    JsonWriter json;
    json.begin_object().key("notifications").begin_array();
    for (const desk::Notification& one : told.newest) append_notification(json, one);
    json.end_array().number("unread_count", told.unread_count).end_object();
    return http::Response::json(200, json.take());
  });
}

Result<http::Response> mark_all_read(Call& call) {
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {"up_to"}));
  const RecordId newest_seen = TRY(body_id(body, "up_to"));
  if (!newest_seen) return invalid("up_to", "required", "Name the newest notification you saw.");
  TRY(call.database().write([&](db::Transaction& tx) -> Result<void> {
    return desk::mark_all_read(tx, call.actor, newest_seen);
  }));
  call.services.wake();
  return http::Response::no_content();
}

Result<http::Response> mark_one_read(Call& call) {
  const RecordId id = TRY(call.id());
  TRY(call.database().write(
      [&](db::Transaction& tx) -> Result<void> { return desk::mark_read(tx, call.actor, id); }));
  call.services.wake();
  return http::Response::no_content();
}

}  // namespace tandem::api::native
