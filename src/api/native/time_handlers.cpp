#include "api/native/time_handlers.h"

#include "api/native/answers.h"
#include "desk/rows.h"
#include "desk/time_tracking/ticket_timers.h"
#include "desk/time_tracking/time_report.h"

namespace tandem::api::native {

namespace {

using records::Record;

std::string timer_json(const desk::Timer& timer) {
  JsonWriter json;
  json.begin_object().boolean("is_running", timer.is_running).number("seconds", timer.seconds);
  append_moment(json, "started_at", timer.started_at);
  return json.end_object().take();
}

void append_totals(JsonWriter& json, const desk::TimeTotals& totals) {
  json.number("count", totals.count).number("seconds", totals.seconds);
  json.number("billable_seconds", totals.billable_seconds);
}

std::string entry_json(const access::Actor& actor, const Record& ticket, const Record& entry,
                       const std::vector<records::LinkTitle>& agents) {
  JsonWriter json;
  json.begin_object().id("id", entry.id.value).key("agent").begin_object();
  const RecordId agent = entry.get("agent").id();
  std::string name;
  for (const records::LinkTitle& one : agents) {
    if (one.id == agent) name = one.title;
  }
  json.id("id", agent.value).string("title", name).end_object();
  append_moment(json, "worked_at", entry.get("worked_at").instant());
  json.number("seconds", entry.get("seconds").number());
  json.boolean("is_billable", entry.get("is_billable").truth());
  json.string("note", entry.get("note").text()).string("source", entry.get("source").text());
  json.key("may").begin_array();
  for (const std::string& act : desk::may_with_time(actor, ticket, entry)) json.string(act);
  return json.end_array().end_object().take();
}

/// {"entries":[…],"totals":{…},"timer":{…}|null}: every write answers all of it.
Result<std::string> time_json(db::Transaction& tx, const Call& call, RecordId id) {
  const Record ticket = TRY(desk::visible_ticket(tx, call.actor, id));
  const desk::TicketTime time = TRY(desk::time_of_ticket(tx, call.actor, id));
  std::vector<int64_t> ids;
  for (const Record& entry : time.entries) ids.push_back(entry.get("agent").number());
  const std::vector<records::LinkTitle> agents = records::link_titles(
      tx, call.actor.org, *call.actor.catalogue->find("agents"), std::move(ids));
  const std::optional<desk::Timer> timer = TRY(desk::timer_of(tx, call.actor, id));
  JsonWriter json;
  json.begin_object().key("entries").begin_array();
  for (const Record& entry : time.entries) json.raw(entry_json(call.actor, ticket, entry, agents));
  json.end_array().key("totals").begin_object();
  append_totals(json, time.totals);
  json.end_object().key("timer").raw(timer ? timer_json(*timer) : "null");
  return json.end_object().take();
}

/// As time_json, of one's own stopwatch alone when the ticket is out of sight by now.
Result<std::string> own_time_json(db::Transaction& tx, const Call& call, RecordId id) {
  if (desk::visible_ticket(tx, call.actor, id)) return time_json(tx, call, id);
  const auto timer = desk::timer_of(tx, call.actor, id);
  JsonWriter json;
  json.begin_object().key("entries").begin_array().end_array().key("totals").begin_object();
  append_totals(json, {});
  json.end_object().key("timer").raw(timer && *timer ? timer_json(**timer) : "null");
  return json.end_object().take();
}

template <class Act>
Result<http::Response> change_time_of(Call& call, Act&& act) {
  const RecordId id = TRY(call.id());
  http::Response response = TRY(written(call, 200, [&](db::Transaction& tx) -> Result<std::string> {
    TRY(act(tx, id));
    return own_time_json(tx, call, id);
  }));
  call.services.wake();
  return response;
}

Result<std::optional<Instant>> body_moment(const JsonObject& body, std::string_view key) {
  const std::string text = TRY(body_text(body, key));
  if (text.empty()) return std::optional<Instant>();
  const Result<Instant> at = instant_from_iso(text);
  if (!at) {
    return invalid(std::string(key), "not_an_instant", "Give a time such as 2026-03-02T09:00Z.");
  }
  return std::optional<Instant>(*at);
}

Result<std::optional<int64_t>> body_seconds(const JsonObject& body) {
  const Json* given = body.if_contains("seconds");
  if (!given || given->is_null()) return std::optional<int64_t>();
  if (!given->is_int64())
    return invalid("seconds", "wrong_type", "Send seconds as a whole number.");
  return std::optional<int64_t>(given->as_int64());
}

Result<desk::WorkedTimeChange> read_change(const JsonObject& body) {
  TRY(only_keys(body, {"agent", "worked_at", "seconds", "is_billable", "note"}));
  desk::WorkedTimeChange change;
  if (body.contains("agent")) change.agent = TRY(body_id(body, "agent"));
  change.worked_at = TRY(body_moment(body, "worked_at"));
  change.seconds = TRY(body_seconds(body));
  if (body.contains("is_billable")) change.is_billable = TRY(body_flag(body, "is_billable", true));
  if (body.contains("note"))
    change.note = TRY(body_text(body, "note", 2 * desk::time_note_chars_max));
  return change;
}

/// The words "yes" and "no".
Result<std::optional<bool>> read_billable(const Call& call) {
  const std::string asked = call.query_text("billable");
  if (asked.empty()) return std::optional<bool>();
  if (asked == "yes") return std::optional<bool>(true);
  if (asked == "no") return std::optional<bool>(false);
  return invalid("billable", "not_a_choice", "Ask for yes, for no, or leave billable out.");
}

Result<RecordId> read_id(const Call& call, const char* key) {
  const std::string asked = call.query_text(key);
  if (asked.empty()) return RecordId{};
  const std::optional<int64_t> id = id_from_text(asked);
  if (!id) return invalid(key, "not_an_id", "Give an id as it stands in answers.");
  return RecordId{*id};
}

Result<int64_t> read_day(const Call& call, const char* key) {
  const Result<int64_t> day = day_from_iso(call.query_text(key));
  if (!day) return invalid(key, "not_a_date", "Give a day such as 2026-11-30.");
  return *day;
}

/// The period is two moments, or two days that both belong to it.
Result<desk::TimeReportQuery> read_report(db::Transaction& tx, const Call& call) {
  desk::TimeReportQuery query;
  if (!call.query_text("from_day").empty()) {
    const int64_t from_day = TRY(read_day(call, "from_day"));
    const int64_t until_day = TRY(read_day(call, "until_day"));
    desk::set_days(tx, call.actor.org, from_day, until_day, query);
  } else {
    const Result<Instant> from = instant_from_iso(call.query_text("from"));
    const Result<Instant> to = instant_from_iso(call.query_text("to"));
    if (!from) return invalid("from", "not_an_instant", "Give a time such as 2026-03-02T09:00Z.");
    if (!to) return invalid("to", "not_an_instant", "Give a time such as 2026-03-02T09:00Z.");
    query.from = *from;
    query.to = *to;
  }
  query.agent = TRY(read_id(call, "agent"));
  query.department = TRY(read_id(call, "department"));
  query.is_billable = TRY(read_billable(call));
  return query;
}

std::string reported_agent(const desk::TimeOfAgent& one) {
  JsonWriter json;
  json.begin_object().key("agent").begin_object().id("id", one.agent.value);
  json.string("title", one.name).end_object();
  append_totals(json, one.totals);
  return json.end_object().take();
}

void append_ticket(JsonWriter& json, const desk::TimeOfTicket& one) {
  json.key("ticket").begin_object().id("id", one.ticket.value);
  json.number("number", one.number).string("title", one.title).end_object();
}

std::string reported_ticket(const desk::TimeOfTicket& one) {
  JsonWriter json;
  json.begin_object();
  append_ticket(json, one);
  append_totals(json, one.totals);
  return json.end_object().take();
}

std::string reported_day(const desk::TimeOfDay& one) {
  JsonWriter json;
  json.begin_object().string("day", day_to_iso(one.day));
  append_totals(json, one.totals);
  return json.end_object().take();
}

std::string reported_entry(const desk::ReportedEntry& one) {
  JsonWriter json;
  json.begin_object().id("id", one.id.value);
  append_ticket(json, one.ticket);
  json.key("agent").begin_object().id("id", one.agent.value);
  json.string("title", one.agent_name).end_object();
  append_moment(json, "worked_at", one.worked_at);
  json.number("seconds", one.seconds).boolean("is_billable", one.is_billable);
  return json.string("note", one.note).end_object().take();
}

}  // namespace

Result<http::Response> show_ticket_time(Call& call) {
  const RecordId id = TRY(call.id());
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    std::string json = TRY(time_json(tx, call, id));
    return http::Response::json(200, std::move(json));
  });
}

Result<http::Response> log_ticket_time(Call& call) {
  const JsonObject body = TRY(call.body());
  const desk::WorkedTimeChange given = TRY(read_change(body));
  const desk::WorkedTime worked{.agent = given.agent.value_or(RecordId{}),
                                .worked_at = given.worked_at.value_or(Instant{}),
                                .seconds = given.seconds.value_or(0),
                                .is_billable = given.is_billable.value_or(true),
                                .note = given.note.value_or("")};
  return change_time_of(call, [&](db::Transaction& tx, RecordId id) -> Result<void> {
    TRY(desk::log_time(tx, call.actor, id, worked));
    return {};
  });
}

Result<http::Response> change_ticket_time(Call& call) {
  const RecordId entry = TRY(call.id("entry"));
  const JsonObject body = TRY(call.body());
  const desk::WorkedTimeChange change = TRY(read_change(body));
  return change_time_of(call, [&](db::Transaction& tx, RecordId id) -> Result<void> {
    TRY(desk::change_time(tx, call.actor, id, entry, change));
    return {};
  });
}

Result<http::Response> remove_ticket_time(Call& call) {
  const RecordId entry = TRY(call.id("entry"));
  return change_time_of(call, [&](db::Transaction& tx, RecordId id) -> Result<void> {
    return desk::remove_time(tx, call.actor, id, entry);
  });
}

Result<http::Response> list_timers(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const std::vector<desk::NamedTimer> timers = TRY(desk::timers_of(tx, call.actor));
    const auto show = [](const desk::NamedTimer& one) {
      JsonWriter json;
      json.begin_object().key("timer").raw(timer_json(one.timer)).key("ticket").begin_object();
      json.id("id", one.timer.ticket.value);
      if (!one.ticket) return json.null("title").null("number").end_object().end_object().take();
      json.string("title", one.ticket->title).key("number");
      const records::Value& number = one.ticket->get("number");
      number.is_null() ? json.null() : json.number(number.number());
      return json.end_object().end_object().take();
    };
    return http::Response::json(200, listed("timers", timers, show));
  });
}

Result<http::Response> start_ticket_timer(Call& call) {
  return change_time_of(call, [&](db::Transaction& tx, RecordId id) -> Result<void> {
    TRY(desk::start_timer(tx, call.actor, id));
    return {};
  });
}

Result<http::Response> pause_ticket_timer(Call& call) {
  return change_time_of(call, [&](db::Transaction& tx, RecordId id) -> Result<void> {
    TRY(desk::pause_timer(tx, call.actor, id));
    return {};
  });
}

Result<http::Response> stop_ticket_timer(Call& call) {
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {"seconds", "is_billable", "note"}));
  desk::StoppedTime stopped;
  stopped.seconds = TRY(body_seconds(body));
  stopped.is_billable = TRY(body_flag(body, "is_billable", true));
  stopped.note = TRY(body_text(body, "note", 2 * desk::time_note_chars_max));
  return change_time_of(call, [&](db::Transaction& tx, RecordId id) -> Result<void> {
    TRY(desk::stop_timer(tx, call.actor, id, stopped));
    return {};
  });
}

Result<http::Response> drop_ticket_timer(Call& call) {
  return change_time_of(call, [&](db::Transaction& tx, RecordId id) -> Result<void> {
    return desk::drop_timer(tx, call.actor, id);
  });
}

Result<http::Response> show_time_report(Call& call) {
  const std::string by = call.query_text("by");
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const desk::TimeReportQuery query = TRY(read_report(tx, call));
    const access::Actor& actor = call.actor;
    std::string json;
    if (by.empty() || by == "agent") {
      const auto agents = TRY(desk::time_by_agent(tx, actor, query));
      json = listed("agents", agents, reported_agent);
    } else if (by == "ticket") {
      const auto tickets = TRY(desk::time_by_ticket(tx, actor, query));
      json = listed("tickets", tickets, reported_ticket);
    } else if (by == "day") {
      const auto days = TRY(desk::time_by_day(tx, actor, query));
      json = listed("days", days, reported_day);
    } else if (by == "entry") {
      const auto entries = TRY(desk::reported_entries(tx, actor, query));
      json = listed("entries", entries, reported_entry);
    } else {
      return invalid("by", "not_a_choice", "Sum by agent, ticket or day, or list by entry.");
    }
    return http::Response::json(200, std::move(json));
  });
}

}  // namespace tandem::api::native
