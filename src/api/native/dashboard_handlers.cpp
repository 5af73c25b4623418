#include "api/native/dashboard_handlers.h"

#include <algorithm>
#include <limits>

#include "api/native/answers.h"
#include "desk/dashboards/agents_now.h"
#include "desk/dashboards/tickets_behind.h"
#include "records/fields/field_kind.h"

namespace tandem::api::native {

namespace {

using desk::Measure;

Result<int64_t> day_of_query(const Call& call, const char* name) {
  const Result<int64_t> day = day_from_iso(call.query_text(name));
  if (!day) return invalid(name, "not_a_date", "Give a day such as 2026-11-30.");
  return *day;
}

Result<desk::DashboardQuery> query_of(const Call& call) {
  desk::DashboardQuery query;
  const bool has_period = !call.query_text("from").empty() || !call.query_text("until").empty();
  if (has_period) {
    desk::Period period;
    period.from_day = TRY(day_of_query(call, "from"));
    period.until_day = TRY(day_of_query(call, "until"));
    query.period = period;
  } else {
    query.days = TRY(call.query_number("days", int(desk::dashboard_days_usual), 1,
                                       int(desk::dashboard_days_max)));
  }
  const std::string department = call.query_text("department");
  if (department.empty()) return query;
  const std::optional<int64_t> id = id_from_text(department);
  if (!id) return invalid("department", "bad_id", "Give the id of a department.");
  query.department = RecordId{*id};
  return query;
}

/// Which figures the reader may know.
using Readable = std::vector<Measure>;

Readable readable_by(const access::Actor& actor) {
  Readable measures;
  for (size_t index = 0; index < desk::measure_count; ++index) {
    if (desk::may_read(actor, Measure(index))) measures.push_back(Measure(index));
  }
  return measures;
}

void append_optional(JsonWriter& json, std::string_view key, std::optional<int64_t> number) {
  if (number) {
    json.number(key, *number);
  } else {
    json.null(key);
  }
}

/// The members of an object: each figure by its word, and the means.
void append_tally(JsonWriter& json, const Readable& readable, const desk::Tally& tally) {
  for (const Measure measure : readable) {
    json.number(word(measure), tally.count(measure));
    if (measure == Measure::answered)
      append_optional(json, "average_first_answer_minutes", tally.average_minutes(measure));
    if (measure == Measure::resolved)
      append_optional(json, "average_resolution_minutes", tally.average_minutes(measure));
  }
}

bool holds(const Readable& readable, Measure measure) {
  return std::find(readable.begin(), readable.end(), measure) != readable.end();
}

void append_days(JsonWriter& json, const Readable& readable, const desk::Dashboard& dashboard) {
  json.key("days").begin_array();
  for (const desk::DayFigures& day : dashboard.days) {
    json.begin_object().string("day", day_to_iso(day.day));
    for (const Measure measure : readable) {
      if (measure != Measure::open) json.number(word(measure), day.tally.count(measure));
    }
    if (holds(readable, Measure::closed)) json.number("backlog", day.backlog);
    json.end_object();
  }
  json.end_array();
}

void append_rows(JsonWriter& json, const char* name, const Readable& readable,
                 const desk::KeyedFigures& rows) {
  json.key(name);
  if (!rows) {
    json.null();
    return;
  }
  json.begin_array();
  for (const desk::KeyFigures& row : *rows) {
    json.begin_object().string("key", row.key).string("title", row.title);
    append_tally(json, readable, row.tally);
    json.end_object();
  }
  json.end_array();
}

/// How long `measure` took, in bands; null to those who don't read it.
void append_bands(JsonWriter& json, const char* name, const Readable& readable, Measure measure,
                  const std::vector<int64_t>& bands) {
  json.key(name);
  if (!holds(readable, measure)) {
    json.null();
    return;
  }
  json.begin_object();
  append_optional(json, "half_within_minutes", desk::within_minutes(bands, 50));
  append_optional(json, "nine_tenths_within_minutes", desk::within_minutes(bands, 90));
  json.key("bands").begin_array();
  for (size_t band = 0; band < bands.size(); ++band) {
    json.begin_object().number("band", int64_t(band)).number("count", bands[band]);
    append_optional(json, "until_minutes",
                    band < desk::band_ends_minutes.size()
                        ? std::optional(desk::band_ends_minutes[band])
                        : std::nullopt);
    json.end_object();
  }
  json.end_array().end_object();
}

void append_scope(JsonWriter& json, const desk::DashboardScope& scope) {
  json.string("from", day_to_iso(scope.period.from_day));
  json.string("until", day_to_iso(scope.period.until_day));
  json.string("today", day_to_iso(scope.today)).string("time_zone", scope.time_zone);
  json.boolean("is_ready", scope.is_ready).string("counted_at", to_iso(scope.counted_at));
}

std::string dashboard_json(const access::Actor& actor, const desk::DashboardScope& scope,
                           const desk::Dashboard& dashboard) {
  const Readable readable = readable_by(actor);
  JsonWriter json;
  json.begin_object();
  append_scope(json, scope);
  json.key("total").begin_object();
  append_tally(json, readable, dashboard.total);
  append_optional(json, "unassigned", dashboard.unassigned);
  append_optional(json, "overdue", dashboard.overdue);
  json.end_object();
  append_days(json, readable, dashboard);
  json.key("created_by_hour").begin_array();
  for (const int64_t count : dashboard.created_by_hour) json.number(count);
  json.end_array();
  append_bands(json, "first_answer", readable, Measure::answered, dashboard.answered_by_band);
  append_bands(json, "resolution", readable, Measure::resolved, dashboard.resolved_by_band);
  append_rows(json, "agents", readable, dashboard.agents);
  append_rows(json, "departments", readable, dashboard.departments);
  append_rows(json, "channels", readable, dashboard.channels);
  append_rows(json, "priorities", readable, dashboard.priorities);
  append_rows(json, "tags", readable, dashboard.tags);
  return json.end_object().take();
}

/// Only how far the count is.
std::string counting_json(db::Transaction& tx, const access::Actor& actor,
                          const desk::DashboardScope& scope) {
  JsonWriter json;
  json.begin_object();
  append_scope(json, scope);
  json.number("counted_percent", desk::counted_percent(tx, actor.org));
  return json.end_object().take();
}

Result<std::optional<int64_t>> number_of_query(const Call& call, const char* name) {
  const std::string text = call.query_text(name);
  if (text.empty()) return std::optional<int64_t>();
  const auto number = records::whole_number(text, std::numeric_limits<int64_t>::max());
  if (!number || *number < 0) return invalid(name, "not_a_number", "Give a whole number from 0.");
  return std::optional<int64_t>(*number);
}

/// An absent one does not narrow the list; an empty one means those without any.
std::optional<std::string> text_of_query(const Call& call, const char* name) {
  const std::optional<std::string_view> text = call.request.query_value(name);
  return text ? std::optional(std::string(*text)) : std::nullopt;
}

Result<desk::BehindQuery> behind_of(const Call& call) {
  desk::BehindQuery query;
  query.figure = call.query_text("figure");
  query.owner = TRY(number_of_query(call, "owner"));
  query.hour = TRY(number_of_query(call, "hour"));
  query.band = TRY(number_of_query(call, "band"));
  query.channel = text_of_query(call, "channel");
  query.priority = text_of_query(call, "priority");
  query.tag = text_of_query(call, "tag");
  query.cursor = call.query_text("cursor");
  query.limit = TRY(call.query_number("limit", 50, 1, 100));
  return query;
}

}  // namespace

Result<http::Response> show_dashboard(Call& call) {
  const desk::DashboardQuery query = TRY(query_of(call));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const desk::DashboardScope scope = TRY(desk::dashboard_scope(tx, call.actor, query));
    if (!scope.is_ready) return http::Response::json(200, counting_json(tx, call.actor, scope));
    const desk::Dashboard dashboard = TRY(desk::read_dashboard(tx, call.actor, scope));
    return http::Response::json(200, dashboard_json(call.actor, scope, dashboard));
  });
}

Result<http::Response> list_tickets_behind(Call& call) {
  const desk::DashboardQuery period = TRY(query_of(call));
  const desk::BehindQuery query = TRY(behind_of(call));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const desk::DashboardScope scope = TRY(desk::dashboard_scope(tx, call.actor, period));
    const records::Page page = TRY(desk::tickets_behind(tx, call.actor, scope, query));
    std::optional<records::Count> count;
    if (query.cursor.empty()) count = TRY(desk::count_behind(tx, call.actor, scope, query));
    return http::Response::json(200, page_json(tx, call.actor, page, count));
  });
}

Result<http::Response> list_agents_now(Call& call) {
  const desk::DashboardQuery query = TRY(query_of(call));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const desk::DashboardScope scope = TRY(desk::dashboard_scope(tx, call.actor, query));
    const std::vector<desk::AgentNow> agents = TRY(desk::agents_now(tx, call.actor, scope));
    return http::Response::json(
        200, listed("agents", agents, [](const desk::AgentNow& agent) {
          JsonWriter json;
          json.begin_object().id("id", agent.agent.value).string("name", agent.name);
          json.boolean("is_here", agent.is_here);
          append_optional(json, "open", agent.open);
          append_optional(json, "overdue", agent.overdue);
          append_optional(json, "closed_today", agent.closed_today);
          return json.end_object().take();
        }));
  });
}

}  // namespace tandem::api::native
