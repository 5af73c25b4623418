#include <algorithm>
#include <array>
#include <functional>

#include "api/desk/handlers.h"
#include "api/desk/input_words.h"
#include "desk/dashboards/dashboard.h"
#include "desk/modules.h"

// Figures in the Desk dialect: those of our dashboards, one at a time.

namespace tandem::api::desk_dialect {

namespace {

using desk::Dashboard;
using desk::Measure;
using desk::Tally;

/// How a figure is read from a tally.
enum class Reading { count, average_minutes };

struct FigureWord {
  std::string_view word;
  Measure measure;
  Reading reading;
};
constexpr std::array<FigureWord, 6> figures{{
    {"createdTickets", Measure::created, Reading::count},
    {"solvedTickets", Measure::closed, Reading::count},
    {"backlogTickets", Measure::open, Reading::count},
    {"responseCount", Measure::answered, Reading::count},
    {"responseTime", Measure::answered, Reading::average_minutes},
    {"ticketsResolutionTime", Measure::resolved, Reading::average_minutes},
}};

struct Duration {
  std::string_view word;
  int64_t days;
};
constexpr std::array<Duration, 6> durations{{{"TODAY", 1},
                                             {"LAST_24_HOURS", 1},
                                             {"LAST_7_DAYS", 7},
                                             {"LAST_30_DAYS", 30},
                                             {"LAST_90_DAYS", 90},
                                             {"LAST_365_DAYS", 365}}};

Result<desk::DashboardQuery> query_of(const Call& call) {
  desk::DashboardQuery query;
  const std::vector<records::Value> departments = TRY(call.query_ids("departmentId", 1));
  if (!departments.empty()) query.department = departments.front().id();
  const std::string asked = call.query_text("duration");
  if (asked.empty()) {
    query.days = desk::dashboard_days_usual;
    return query;
  }
  const auto found = std::find_if(durations.begin(), durations.end(),
                                  [&](const Duration& each) { return each.word == asked; });
  if (found == durations.end()) {
    return invalid("duration", "not_a_choice",
                   "Give TODAY, LAST_7_DAYS, LAST_30_DAYS, LAST_90_DAYS or LAST_365_DAYS.");
  }
  query.days = found->days;
  return query;
}

int64_t value_in(const FigureWord& figure, const Tally& tally) {
  if (figure.reading == Reading::count) return tally.count(figure.measure);
  return tally.average_minutes(figure.measure).value_or(0);
}

/// What is open at the end of the last day, for a figure that is no sum of days.
int64_t value_of(const FigureWord& figure, const Dashboard& dashboard) {
  if (figure.measure != Measure::open) return value_in(figure, dashboard.total);
  return dashboard.days.empty() ? 0 : dashboard.days.back().backlog;
}

void append_day(JsonWriter& json, const FigureWord& figure, const desk::DayFigures& day) {
  const int64_t value = figure.measure == Measure::open ? day.backlog : value_in(figure, day.tally);
  json.begin_object().string("value", day_to_iso(day.day)).number("count", value).end_object();
}

void append_row(JsonWriter& json, const FigureWord& figure, const desk::KeyFigures& row) {
  json.begin_object().string("value", row.key).string("name", row.title);
  json.number("count", value_in(figure, row.tally)).end_object();
}

/// A part of a dashboard, and the field that it divides the tickets by.
struct Division {
  std::string_view word;
  const char* field;
  const desk::KeyedFigures Dashboard::* rows;
};
constexpr std::array<Division, 5> divisions{{{"agent", "owner", &Dashboard::agents},
                                             {"department", "department", &Dashboard::departments},
                                             {"channel", "channel", &Dashboard::channels},
                                             {"priority", "priority", &Dashboard::priorities},
                                             {"tag", "tags", &Dashboard::tags}}};

Result<void> append_groups(JsonWriter& json, const Call& call, const FigureWord& figure,
                           const Dashboard& dashboard) {
  const std::string by = call.query_text("groupBy");
  json.key("data").begin_array();
  if (by.empty() || by == "date") {
    for (const desk::DayFigures& day : dashboard.days) append_day(json, figure, day);
    json.end_array();
    return {};
  }
  const auto found = std::find_if(divisions.begin(), divisions.end(),
                                  [&](const Division& each) { return each.word == by; });
  if (found == divisions.end()) {
    return invalid("groupBy", "not_a_choice",
                   "Group by date, agent, department, channel, priority or tag.");
  }
  TRY(desk::may_divide_by(call.actor, found->field));
  const desk::KeyedFigures& rows = dashboard.*(found->rows);
  if (rows) {
    for (const desk::KeyFigures& row : *rows) append_row(json, figure, row);
  }
  json.end_array();
  return {};
}

}  // namespace

Result<http::Response> show_figure(Call& call) {
  const std::string_view word = call.request.param("figure");
  const auto figure = std::find_if(figures.begin(), figures.end(),
                                   [&](const FigureWord& each) { return each.word == word; });
  if (figure == figures.end()) return not_found("There is no such figure.");
  const desk::DashboardQuery query = TRY(query_of(call));
  TRY(desk::may_read(call.actor, figure->measure));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    constexpr InputWord words[] = {{"department", "departmentId"}, {"days", "duration"}};
    const desk::DashboardScope scope =
        TRY(in_words(words, desk::dashboard_scope(tx, call.actor, query)));
    const Dashboard dashboard = TRY(desk::read_dashboard(tx, call.actor, scope));
    JsonWriter json;
    json.begin_object().number("value", value_of(*figure, dashboard));
    TRY(append_groups(json, call, *figure, dashboard));
    return http::Response::json(200, json.end_object().take());
  });
}

}  // namespace tandem::api::desk_dialect
