#include "api/desk/activity_handlers.h"

#include "api/desk/envelope.h"
#include "api/desk/handlers.h"
#include "api/desk/input_words.h"
#include "api/desk/search_conditions.h"
#include "api/desk/search_scopes.h"
#include "api/desk/work_envelope.h"
#include "base/text.h"
#include "desk/activities/activities.h"
#include "desk/channels/calls.h"
#include "desk/modules.h"
#include "desk/rows.h"
#include "desk/sharing/ticket_visibility.h"

namespace tandem::api::desk_dialect {

namespace {

using records::Record;

constexpr int rows_usual = 25;
constexpr int rows_max = 100;
constexpr int search_rows_usual = 10;

constexpr InputWord call_inputs[] = {{"started_at", "startTime"}, {"seconds", "duration"},
                                     {"note", "description"},     {"number", "phone"},
                                     {"result", "status"},        {"ticket", "ticketId"}};

bool is_call(const Record& thread) { return !thread.get("call_started_at").is_null(); }

/// The calls that meet the query's conditions, the latest first. They stand where their tickets do:
/// those of shared tickets, of spam and of what is in the recycle bin in no list.
Result<records::Query> calls_asked_for(db::Transaction& tx, const Call& call,
                                       const PageWindow& window) {
  const records::ShapeRef shape = call.actor.catalogue->shape(tx, call.actor.org, *call.module);
  std::vector<records::Filter> parts = TRY(search_conditions(call, *shape));
  parts.push_back(records::field("call_started_at").is_not_empty());
  parts.push_back(
      records::linked("ticket", records::all_of({records::field("deleted_at").is_empty(),
                                                 desk::tickets_listed_to(call.actor)})));
  records::Query query;
  query.filter = records::all_of(std::move(parts));
  query.sort = {"call_started_at", true};
  query.offset = window.offset;
  query.limit = window.limit;
  return query;
}

Result<std::vector<Record>> calls_of(db::Transaction& tx, const Call& call, RecordId ticket,
                                     const PageWindow& window) {
  records::Query query;
  query.filter = records::all_of(
      {records::field("ticket").is(ticket), records::field("call_started_at").is_not_empty()});
  query.sort = {"id", true};
  query.offset = window.offset;
  query.limit = window.limit;
  records::Page page = TRY(list_page(tx, call, desk::threads_module(), std::move(query)));
  return std::move(page.records);
}

Result<std::vector<std::string>> items_of(db::Transaction& tx, const Call& call,
                                          const records::ModuleDef& module, RecordId ticket,
                                          const PageWindow& window) {
  records::Query query;
  query.filter = records::field("ticket").is(ticket);
  query.sort = {"id", true};
  query.offset = window.offset;
  query.limit = window.limit;
  const records::Page page =
      TRY(list_page(tx, call, module, std::move(query), operations::Reach::visible));
  return records_json(tx, call, page.records);
}

/// `item` with the kind of activity in front of its other keys.
std::string of_kind(const char* kind, const std::string& item) {
  return "{\"activityType\":\"" + std::string(kind) + "\"," + item.substr(1);
}

Result<desk::LoggedCall> read_call(const JsonObject& body) {
  desk::LoggedCall logged;
  const std::string direction = ascii_lower(text_member(body, "direction"));
  if (direction == "outbound" || direction == "out") logged.direction = "out";
  logged.note = text_member(body, "description");
  logged.number = text_member(body, "phone");
  if (ascii_lower(text_member(body, "status")) == "missed") logged.result = "missed";
  const Json* length = body.if_contains("duration");
  if (length && length->is_int64()) logged.seconds = length->as_int64();
  if (length && length->is_string())
    logged.seconds = id_from_text(std::string_view(length->as_string())).value_or(0);
  const std::string at = text_member(body, "startTime");
  if (at.empty()) return logged;
  const Result<Instant> moment = instant_from_iso(at);
  if (!moment)
    return invalid("startTime", "not_an_instant", "Give a time such as 2026-03-02T09:00:00Z.");
  logged.started_at = *moment;
  return logged;
}

Result<Record> note_call(db::Transaction& tx, const Call& call, const JsonObject& body,
                         const desk::LoggedCall& logged) {
  if (const std::optional<RecordId> ticket = id_member(body, "ticketId"))
    return desk::log_call(tx, call.actor, *ticket, logged);
  records::Changes values{{"subject", text_member(body, "subject")}};
  if (const auto department = id_member(body, "departmentId"))
    values.set("department", *department);
  if (const auto contact = id_member(body, "contactId")) values.set("contact", *contact);
  return desk::log_call_on_new_ticket(tx, call.actor, values, logged);
}

}  // namespace

Result<http::Response> list_activities_of_ticket(Call& call) {
  const RecordId id = TRY(call.id());
  const PageWindow window = TRY(page_window(call, rows_usual, rows_max));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    TRY(desk::visible_ticket(tx, call.actor, id));
    const bool is_one = call.module->name != "tickets";
    std::vector<std::string> items;
    for (const records::ModuleDef* module : {&desk::tasks_module(), &desk::appointments_module()}) {
      if (is_one && module != call.module) continue;
      // Who may not read one kind still finds the others.
      if (!is_one && !access::has_right(call.actor, module->name, access::Right::read)) continue;
      const char* kind = module == &desk::tasks_module() ? "Tasks" : "Events";
      const std::vector<std::string> found = TRY(items_of(tx, call, *module, id, window));
      for (const std::string& item : found) items.push_back(is_one ? item : of_kind(kind, item));
    }
    if (is_one) return show_list(items);
    const std::vector<Record> calls = TRY(calls_of(tx, call, id, window));
    for (const Record& thread : calls) items.push_back(of_kind("Calls", call_json(thread)));
    return show_list(items);
  });
}

Result<http::Response> list_calls_of_ticket(Call& call) {
  const RecordId id = TRY(call.id());
  const PageWindow window = TRY(page_window(call, rows_usual, rows_max));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    TRY(desk::visible_ticket(tx, call.actor, id));
    const std::vector<Record> calls = TRY(calls_of(tx, call, id, window));
    std::vector<std::string> items;
    for (const Record& thread : calls) items.push_back(call_json(thread));
    return show_list(items);
  });
}

Result<http::Response> list_calls(Call& call) {
  const PageWindow window = TRY(page_window(call, rows_usual, rows_max));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    records::Query query = TRY(calls_asked_for(tx, call, window));
    const records::Page page = TRY(list_page(tx, call, *call.module, std::move(query)));
    std::vector<std::string> items;
    for (const Record& thread : page.records) items.push_back(call_json(thread));
    return show_list(items);
  });
}

Result<http::Response> search_calls(Call& call) {
  const PageWindow window = TRY(page_window(call, search_rows_usual, rows_max));
  TRY(require_read_scope(call.actor, call.module->name));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    records::Query query = TRY(calls_asked_for(tx, call, window));
    const records::Count count =
        TRY(operations::count_records(tx, call.actor, *call.module, query.filter));
    const records::Page page = TRY(list_page(tx, call, *call.module, std::move(query)));
    std::vector<std::string> items;
    for (const Record& thread : page.records) items.push_back(call_json(thread));
    return show_found(items, count.value);
  });
}

Result<http::Response> read_call(Call& call) {
  const RecordId id = TRY(call.id());
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const Record thread = TRY(operations::read_record(tx, call.actor, desk::threads_module(), id));
    if (!is_call(thread)) return not_found("There is no such call.");
    return http::Response::json(200, call_json(thread));
  });
}

Result<http::Response> add_call(Call& call) {
  const JsonObject body = TRY(call.body());
  const desk::LoggedCall logged = TRY(read_call(body));
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const Record thread = TRY(in_words(call_inputs, note_call(tx, call, body, logged)));
    return call_json(thread);
  }));
  call.services.wake();
  return http::Response::json(200, std::move(json));
}

}  // namespace tandem::api::desk_dialect
