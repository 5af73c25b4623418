#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/actor.h"
#include "desk/dashboards/measures.h"

// What a dashboard shows: how tickets came and went in a period. Read from pre-computed figures
// alone (figures.h), so that it costs the same at ten thousand tickets and at a million.

namespace tandem::desk {

constexpr int64_t dashboard_days_max = 366;
constexpr int64_t dashboard_days_usual = 30;
constexpr size_t tags_shown_max = 20;

/// Days since 1970-01-01 in the organisation's time zone, both included.
struct Period {
  int64_t from_day = 0;
  int64_t until_day = 0;
};

struct DashboardQuery {
  /// Either the last so many days, today included, or from and until.
  std::optional<int64_t> days = {};
  std::optional<Period> period = {};
  RecordId department = {};  // 0: all that the actor may see
};

/// Which tickets a dashboard is about.
struct DashboardScope {
  Period period = {};
  int64_t today = 0;
  std::string time_zone = {};
  int64_t generation = 0;
  bool is_ready = false;
  Instant counted_at = {};
  std::vector<int64_t> departments = {};
};
/// Agents look at their own departments, administrators at all of them. Refuses: forbidden (may not
/// read tickets), invalid (department, days, from, until). Manual, Dashboards 1.1 to 1.3.
Result<DashboardScope> dashboard_scope(db::Transaction& tx, const access::Actor& actor,
                                       const DashboardQuery& query);

struct DayFigures {
  int64_t day = 0;
  Tally tally = {};
  int64_t backlog = 0;  // open at its end
};

/// A row of a table: an agent, a department, a channel, a priority or a tag.
struct KeyFigures {
  std::string key = {};  // "" or "0" for none
  std::string title = {};
  Tally tally = {};
};
using KeyedFigures = std::optional<std::vector<KeyFigures>>;  // nothing: hidden from the role

struct Dashboard {
  Tally total = {};
  std::optional<int64_t> unassigned = {};
  std::optional<int64_t> overdue = {};
  std::vector<DayFigures> days = {};
  std::vector<int64_t> created_by_hour = {};  // of the week, Monday first
  std::vector<int64_t> answered_by_band = {};
  std::vector<int64_t> resolved_by_band = {};
  KeyedFigures agents = {};
  KeyedFigures departments = {};
  KeyedFigures channels = {};
  KeyedFigures priorities = {};
  KeyedFigures tags = {};
};

/// Refuses with conflict "figures_are_counted" while all tickets are counted anew.
Result<Dashboard> read_dashboard(db::Transaction& tx, const access::Actor& actor,
                                 const DashboardScope& scope);

/// How far a count of all tickets is, 0 to 100.
int64_t counted_percent(db::Transaction& tx, OrgId org);

/// The end of the first band by which `per_cent` of all lie, so that one may say "nine of ten
/// within four hours"; nothing when there are none, or they lie in the band without an end.
std::optional<int64_t> within_minutes(const std::vector<int64_t>& by_band, int64_t per_cent);

}  // namespace tandem::desk
