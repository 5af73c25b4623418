#include "api/native/notification_handlers.h"

#include "desk/notifications/notifications.h"

namespace tandem::api::native {

namespace {

constexpr int shown_unless_told = 50;

void append_notification(JsonWriter& json, const notifications::Notification& told) {
  json.begin_object();
  append_told(json, told);
  json.key("activity");
  if (told.module != "tickets") {
    json.begin_object().string("module", told.module).id("id", told.record.id.value);
    json.string("title", told.record.title).end_object().null("ticket").end_object();
    return;
  }
  json.null().key("ticket").begin_object().id("id", told.record.id.value);
  json.string("title", told.record.title).key("number");
  // Null when the number is hidden from the role.
  const records::Value& number = told.record.get("number");
  number.is_null() ? json.null() : json.number(number.number());
  json.end_object().end_object();
}

}  // namespace

void append_told(JsonWriter& json, const notifications::Notification& told) {
  json.id("id", told.id.value).string("kind", told.kind);
  append_moment(json, "at", told.told_at);
  append_moment(json, "read_at", told.read_at);
  json.key("by").begin_object().string("kind", told.by.kind).id("id", told.by.id.value);
  json.string("name", told.by.name).end_object();
}

Result<int> notifications_asked_for(const Call& call) {
  return TRY(call.query_number("limit", shown_unless_told, 1, notifications::kept_per_agent_max));
}

Result<http::Response> list_notifications(Call& call) {
  const int limit = TRY(notifications_asked_for(call));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const notifications::Notifications told = TRY(desk::list_notifications(tx, call.actor, limit));
    JsonWriter json;
    json.begin_object().key("notifications").begin_array();
    for (const notifications::Notification& one : told.newest) append_notification(json, one);
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
    return notifications::mark_all_read(tx, call.actor, newest_seen);
  }));
  call.services.wake();
  return http::Response::no_content();
}

Result<http::Response> mark_one_read(Call& call) {
  const RecordId id = TRY(call.id());
  TRY(call.database().write([&](db::Transaction& tx) -> Result<void> {
    return notifications::mark_read(tx, call.actor, id);
  }));
  call.services.wake();
  return http::Response::no_content();
}

}  // namespace tandem::api::native
