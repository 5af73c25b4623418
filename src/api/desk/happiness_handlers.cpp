#include <algorithm>
#include <array>

#include "api/desk/handlers.h"
#include "api/desk/happiness.h"
#include "base/text.h"
#include "desk/modules.h"
#include "desk/ratings/ratings.h"

// What customers say of answers, and the figures of contacts and accounts.

namespace tandem::api::desk_dialect {

namespace {

constexpr int rating_rows_usual = 50;
constexpr int rating_rows_max = 100;

struct Duration {
  std::string_view word;
  int64_t days;
};
constexpr std::array<Duration, 5> durations{
    Duration{"LAST_24_HOURS", 1}, Duration{"LAST_7_DAYS", 7}, Duration{"LAST_30_DAYS", 30},
    Duration{"LAST_90_DAYS", 90}, Duration{"LAST_365_DAYS", 365}};

Result<desk::RatingsQuery> ratings_query(const Call& call) {
  const PageWindow window = TRY(page_window(call, rating_rows_usual, rating_rows_max));
  desk::RatingsQuery query;
  query.offset = int(window.offset);
  query.limit = window.limit;
  for (const char* name : {"department", "departmentId"}) {
    const std::vector<records::Value> ids = TRY(call.query_ids(name, 1));
    if (!ids.empty()) query.department = ids.front().id();
  }
  const std::string asked = call.query_text("duration");
  if (asked.empty()) return query;
  const auto found = std::find_if(durations.begin(), durations.end(),
                                  [&](const Duration& each) { return each.word == asked; });
  if (found == durations.end()) {
    return invalid("duration", "not_a_choice",
                   "Give LAST_24_HOURS, LAST_7_DAYS, LAST_30_DAYS, LAST_90_DAYS or LAST_365_DAYS.");
  }
  query.since = call.services.clock.now() + -found->days * day_ms;
  return query;
}

std::string word_of(const std::string& rating) {
  if (rating == "good") return "GOOD";
  return rating == "bad" ? "BAD" : "OK";
}

std::string rating_json(const desk::GivenRating& given) {
  JsonWriter json;
  json.begin_object().id("id", given.thread.value).string("rating", word_of(given.rating));
  json.string("feedback", given.remark).id("ticketId", given.ticket.value);
  json.id("threadId", given.thread.value).id("contactId", given.contact.value);
  json.id("accountId", given.account.value).id("agentId", given.agent.value);
  json.id("departmentId", given.department.value).string("ratedTime", to_iso(given.at));
  return json.end_object().take();
}

void append_average(JsonWriter& json, std::string_view key,
                    std::optional<int64_t> average_minutes) {
  if (average_minutes) {
    json.string(key, std::to_string(*average_minutes));
  } else {
    json.null(key);
  }
}

}  // namespace

void append_happiness(JsonWriter& json, const desk::Statistics& figures) {
  json.key("customerHappiness").begin_object();
  json.string("goodPercentage", std::to_string(figures.percent(figures.good)));
  json.string("okPercentage", std::to_string(figures.percent(figures.okay)));
  json.string("badPercentage", std::to_string(figures.percent(figures.bad))).end_object();
}

Result<http::Response> list_happiness(Call& call) {
  const desk::RatingsQuery query = TRY(ratings_query(call));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const std::vector<desk::GivenRating> ratings = TRY(desk::list_ratings(tx, call.actor, query));
    std::vector<std::string> items;
    for (const desk::GivenRating& given : ratings) items.push_back(rating_json(given));
    return show_list(items);
  });
}

Result<http::Response> show_statistics(Call& call) {
  const RecordId id = TRY(call.id());
  const bool is_contact = call.module == &desk::contacts_module();
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const desk::Statistics figures = TRY(desk::statistics_of(
        tx, call.actor, is_contact ? desk::Customer::contact : desk::Customer::account, id));
    JsonWriter json;
    json.begin_object().string("totalTickets", std::to_string(figures.tickets));
    json.string("openTickets", std::to_string(figures.open));
    json.string("overdueTickets", std::to_string(figures.overdue));
    append_average(json, "averageResponseTime", figures.average_first_answer_minutes);
    append_average(json, "averageResolutionTime", figures.average_resolution_minutes);
    append_happiness(json, figures);
    return http::Response::json(200, json.end_object().take());
  });
}

}  // namespace tandem::api::desk_dialect
