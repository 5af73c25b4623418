#include "api/native/channel_handlers.h"
#include "api/native/timeline_envelope.h"
#include "desk/channels/calls.h"
#include "desk/channels/ongoing_calls.h"
#include "desk/modules.h"

namespace tandem::api::native {

namespace {

Result<desk::LoggedCall> read_call(const JsonObject& body) {
  desk::LoggedCall logged;
  if (body.contains("direction")) logged.direction = TRY(body_text(body, "direction"));
  if (body.contains("result")) logged.result = TRY(body_text(body, "result"));
  logged.number = TRY(body_text(body, "number"));
  logged.note = TRY(body_text(body, "note", 2 * desk::call_note_chars_max));
  logged.recording_url = TRY(body_text(body, "recording_url", 2 * desk::recording_url_chars_max));
  logged.seconds = TRY(body_number(body, "seconds", 0));
  const std::string started_at = TRY(body_text(body, "started_at"));
  if (started_at.empty()) return logged;
  const Result<Instant> at = instant_from_iso(started_at);
  if (!at) return invalid("started_at", "not_an_instant", "Give a time such as 2026-03-02T09:00Z.");
  logged.started_at = *at;
  return logged;
}

/// `ongoing`: the call that it is, when a telephone system told of it; "" when none did.
Result<records::Record> noted(db::Transaction& tx, const Call& call, RecordId ticket,
                              const desk::LoggedCall& logged, const std::string& ongoing) {
  if (ongoing.empty()) return desk::log_call(tx, call.actor, ticket, logged);
  return desk::log_ongoing_call(tx, call.actor, ticket, logged, ongoing);
}

Result<std::string> item_of(db::Transaction& tx, const Call& call, const records::Record& thread) {
  const RecordId ticket = thread.get("ticket").id();
  const desk::TimelineItem item = TRY(desk::read_thread(tx, call.actor, ticket, thread.id));
  JsonWriter json;
  json.begin_object().id("ticket_id", ticket.value).key("thread");
  append_item(json, call, item);
  json.end_object();
  return json.take();
}

void append_caller(JsonWriter& json, const desk::OngoingCall& one) {
  json.begin_object().id("id", one.contact.value).string("title", one.contact_name);
  json.key("open_tickets").begin_array();
  for (const records::Record& ticket : one.open_tickets) {
    json.begin_object().id("id", ticket.id.value).number("number", ticket.get("number").number());
    json.string("title", ticket.title).string("status", ticket.get("status").text()).end_object();
  }
  json.end_array().key("last_call");
  if (one.last_call) {
    json.begin_object().id("ticket_id", one.last_call->ticket.value);
    append_moment(json, "at", one.last_call->at);
    json.string("result", one.last_call->result).number("seconds", one.last_call->seconds);
    json.string("with", one.last_call->with).end_object();
  } else {
    json.null();
  }
  json.end_object();
}

void append_ongoing_call(JsonWriter& json, const Call& call, const desk::OngoingCall& one) {
  json.begin_object().string("id", one.id).string("number", one.number);
  json.string("direction", one.direction);
  append_moment(json, "rang_at", one.rang_at);
  json.boolean("is_answered", one.is_answered).id("department_id", one.department.value);
  json.id("ticket_id", one.ticket.value).key("contact");
  if (access::has_right(call.actor, "contacts", access::Right::read) && one.contact) {
    append_caller(json, one);
  } else {
    json.null();
  }
  json.end_object();
}

}  // namespace

Result<http::Response> show_ongoing_calls(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    JsonWriter json;
    json.begin_object().key("calls").begin_array();
    for (const desk::OngoingCall& one : desk::ongoing_calls(tx, call.actor)) {
      append_ongoing_call(json, call, one);
    }
    json.end_array().end_object();
    return http::Response::json(200, json.take());
  });
}

Result<http::Response> log_ticket_call(Call& call) {
  const RecordId id = TRY(call.id());
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {"direction", "started_at", "seconds", "number", "note", "result",
                       "recording_url", "ongoing"}));
  const std::string ongoing = TRY(body_text(body, "ongoing"));
  const desk::LoggedCall logged = TRY(read_call(body));
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const records::Record thread = TRY(noted(tx, call, id, logged, ongoing));
    return item_of(tx, call, thread);
  }));
  call.services.wake();
  return http::Response::json(201, std::move(json));
}

Result<http::Response> log_new_call(Call& call) {
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body,
                {"direction", "started_at", "seconds", "number", "note", "result", "recording_url",
                 "subject", "department", "contact", "contact_name", "ongoing"}));
  const desk::LoggedCall logged = TRY(read_call(body));
  const std::string subject = TRY(body_text(body, "subject"));
  const RecordId department = TRY(body_id(body, "department"));
  const RecordId contact = TRY(body_id(body, "contact"));
  const std::string contact_name = TRY(body_text(body, "contact_name"));
  const std::string ongoing = TRY(body_text(body, "ongoing"));
  records::Changes values{{"subject", subject}, {"department", department}};
  if (contact) values.set("contact", contact);
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const records::Record ticket =
        TRY(desk::add_ticket_of_call(tx, call.actor, values, logged, contact_name));
    const records::Record thread = TRY(noted(tx, call, ticket.id, logged, ongoing));
    return item_of(tx, call, thread);
  }));
  call.services.wake();
  return http::Response::json(201, std::move(json));
}

}  // namespace tandem::api::native
