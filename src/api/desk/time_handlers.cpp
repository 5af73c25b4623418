#include <fmt/format.h>

#include "access/agents.h"
#include "api/desk/envelope.h"
#include "api/desk/handlers.h"
#include "api/desk/input_words.h"
#include "api/desk/work_envelope.h"
#include "desk/rows.h"
#include "desk/time_tracking/time_entries.h"

// Worked time in the words of the Desk dialect: hours, minutes and seconds of their own. Nothing
// here costs money, so that all costs stand empty.

namespace tandem::api::desk_dialect {

namespace {

using records::Record;

constexpr InputWord time_inputs[] = {{"seconds", "secondsSpent"},
                                     {"worked_at", "executedTime"},
                                     {"note", "description"},
                                     {"agent", "ownerId"}};
constexpr int64_t part_max = 3'600'000;

/// A whole number that may come as text; nothing when it is absent.
Result<std::optional<int64_t>> part_of_time(const JsonObject& body, std::string_view key) {
  const Json* given = body.if_contains(key);
  if (!given || given->is_null()) return std::optional<int64_t>();
  std::optional<int64_t> number;
  if (given->is_int64()) number = given->as_int64();
  if (given->is_string()) {
    const std::string_view text = given->as_string();
    number = text == "0" || text == "00" ? std::optional<int64_t>(0) : id_from_text(text);
  }
  if (number && *number >= 0 && *number <= part_max) return number;
  return invalid(std::string(key), "out_of_range", fmt::format("Give {} as a number.", key));
}

/// `before`: the seconds that stand there, whose parts stay when they are not named.
Result<std::optional<int64_t>> seconds_of(const JsonObject& body, int64_t before) {
  const std::optional<int64_t> hours = TRY(part_of_time(body, "hoursSpent"));
  const std::optional<int64_t> minutes = TRY(part_of_time(body, "minutesSpent"));
  const std::optional<int64_t> seconds = TRY(part_of_time(body, "secondsSpent"));
  if (!hours && !minutes && !seconds) return std::optional<int64_t>();
  return std::optional<int64_t>(hours.value_or(before / 3600) * 3600 +
                                minutes.value_or(before / 60 % 60) * 60 +
                                seconds.value_or(before % 60));
}

std::optional<bool> billable_of(const JsonObject& body) {
  if (body.contains("isBillable")) return flag_member(body, "isBillable");
  if (!body.contains("requestChargeType")) return std::nullopt;
  return text_member(body, "requestChargeType") == "Billable";
}

Result<desk::WorkedTimeChange> read_change(const JsonObject& body, int64_t seconds_before) {
  desk::WorkedTimeChange change;
  change.seconds = TRY(seconds_of(body, seconds_before));
  change.is_billable = billable_of(body);
  change.agent = id_member(body, "ownerId");
  if (body.contains("description")) change.note = text_member(body, "description");
  const std::string at = text_member(body, "executedTime");
  if (at.empty()) return change;
  const Result<Instant> moment = instant_from_iso(at);
  if (!moment) {
    return invalid("executedTime", "not_an_instant", "Give a time such as 2026-03-02T09:00:00Z.");
  }
  change.worked_at = *moment;
  return change;
}

}  // namespace

Result<http::Response> list_time(Call& call) {
  const RecordId id = TRY(call.id());
  const PageWindow window = TRY(page_window(call, 50, 100));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const Record ticket = TRY(desk::visible_ticket(tx, call.actor, id));
    const desk::TicketTime time = TRY(desk::time_of_ticket(tx, call.actor, id));
    std::vector<std::string> items;
    for (size_t at = size_t(window.offset);
         at < time.entries.size() && items.size() < size_t(window.limit); ++at) {
      items.push_back(time_json(tx, call, ticket, time.entries[at]));
    }
    return show_list(items);
  });
}

Result<http::Response> read_time(Call& call) {
  const RecordId id = TRY(call.id());
  const RecordId entry = TRY(call.id("entry"));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const Record ticket = TRY(desk::visible_ticket(tx, call.actor, id));
    const Record found = TRY(desk::read_time(tx, call.actor, id, entry));
    return http::Response::json(200, time_json(tx, call, ticket, found));
  });
}

Result<http::Response> add_time(Call& call) {
  const RecordId id = TRY(call.id());
  const JsonObject body = TRY(call.body());
  const desk::WorkedTimeChange given = TRY(read_change(body, 0));
  const desk::WorkedTime worked{.agent = given.agent.value_or(RecordId{}),
                                .worked_at = given.worked_at.value_or(Instant{}),
                                .seconds = given.seconds.value_or(0),
                                .is_billable = given.is_billable.value_or(true),
                                .note = given.note.value_or("")};
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const Record entry = TRY(in_words(time_inputs, desk::log_time(tx, call.actor, id, worked)));
    const Record ticket = TRY(desk::visible_ticket(tx, call.actor, id));
    return time_json(tx, call, ticket, entry);
  }));
  call.services.wake();
  return http::Response::json(200, std::move(json));
}

Result<http::Response> change_time(Call& call) {
  const RecordId id = TRY(call.id());
  const RecordId entry = TRY(call.id("entry"));
  const JsonObject body = TRY(call.body());
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const Record ticket = TRY(desk::visible_ticket(tx, call.actor, id));
    const Record before = TRY(desk::read_time(tx, call.actor, id, entry));
    const desk::WorkedTimeChange change = TRY(read_change(body, before.get("seconds").number()));
    const Record after =
        TRY(in_words(time_inputs, desk::change_time(tx, call.actor, id, entry, change)));
    return time_json(tx, call, ticket, after);
  }));
  call.services.wake();
  return http::Response::json(200, std::move(json));
}

Result<http::Response> remove_time(Call& call) {
  const RecordId id = TRY(call.id());
  const RecordId entry = TRY(call.id("entry"));
  TRY(call.database().write([&](db::Transaction& tx) -> Result<void> {
    return desk::remove_time(tx, call.actor, id, entry);
  }));
  call.services.wake();
  return http::Response::no_content();
}

Result<http::Response> sum_time(Call& call) {
  const RecordId id = TRY(call.id());
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const desk::TicketTime time = TRY(desk::time_of_ticket(tx, call.actor, id));
    JsonWriter json;
    json.begin_object().key("data").begin_object();
    append_spent(json, time.totals.seconds);
    json.string("timeEntryCount", std::to_string(time.totals.count));
    json.key("billable").begin_object();
    append_spent(json, time.totals.billable_seconds);
    json.end_object().null("totalCost").end_object().end_object();
    return http::Response::json(200, json.take());
  });
}

/// No entry costs anything, so that none has a type of billing.
Result<http::Response> list_time_by_billing(Call& call) {
  const RecordId id = TRY(call.id());
  const std::string type = call.query_text("billingType");
  bool is_known = false;
  for (const char* known : {"FIXED_COST_FOR_TICKETS", "FIXED_COST_FOR_AGENTS",
                            "SPECIFIC_COST_PER_AGENT", "SPECIFIC_COST_PER_PROFILE"}) {
    is_known = is_known || type == known;
  }
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    TRY(desk::visible_ticket(tx, call.actor, id));
    if (!is_known)
      return invalid("billingType", "not_a_choice", "Say FIXED_COST_FOR_TICKETS or another type.");
    return http::Response::no_content();
  });
}

}  // namespace tandem::api::desk_dialect
