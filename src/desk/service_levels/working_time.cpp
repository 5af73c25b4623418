#include "desk/service_levels/working_time.h"

#include <fmt/format.h>
#include <unicode/timezone.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "base/text.h"

// Time is walked in pieces of at most a day in which the zone's distance from UTC does not change.
// Within such a piece the clock on the wall runs evenly, so that opening times can be laid onto it
// by plain arithmetic; the changes to summer time and back lie between two pieces and need no case
// of their own.

namespace tandem::desk {

namespace {

/// A part of one day, in milliseconds since its midnight.
struct Segment {
  int64_t from = 0;
  int64_t until = 0;
  bool is_morning_after = false;  // of a range that began the day before
  auto operator<=>(const Segment&) const = default;
};
using Segments = std::vector<Segment>;

constexpr size_t time_zone_bytes_max = 64;

constexpr int64_t minutes_ms(int minutes) { return minutes * minute_ms; }

/// Whole division that rounds towards the past.
constexpr int64_t day_of(int64_t local_ms) {
  const int64_t days = local_ms / day_ms;
  return local_ms % day_ms < 0 ? days - 1 : days;
}

/// Monday is 0; 1970-01-01 was a Thursday.
constexpr int weekday_of(int64_t day) { return int(((day + 3) % 7 + 7) % 7); }

bool crosses_midnight(const OpenRange& range) { return range.until_minute <= range.from_minute; }

/// The opening times by the day on which they lie, sorted.
std::array<Segments, 7> segments_of(const BusinessHours& hours) {
  std::array<Segments, 7> week;
  for (size_t day = 0; day < week.size(); ++day) {
    for (const OpenRange& range : hours.week[day]) {
      const int64_t from = minutes_ms(range.from_minute);
      const int64_t until = minutes_ms(range.until_minute);
      if (!crosses_midnight(range)) {
        week[day].push_back({from, until});
        continue;
      }
      week[day].push_back({from, day_ms});
      week[(day + 1) % week.size()].push_back({0, until, true});
    }
  }
  for (Segments& segments : week) std::sort(segments.begin(), segments.end());
  return week;
}

std::unique_ptr<icu::TimeZone> zone_named(std::string_view name) {
  return std::unique_ptr<icu::TimeZone>(icu::TimeZone::createTimeZone(
      icu::UnicodeString::fromUTF8(icu::StringPiece(name.data(), int32_t(name.size())))));
}

class WorkingTime {
 public:
  explicit WorkingTime(const BusinessHours& hours)
      : week_(segments_of(hours)), zone_(zone_named(hours.time_zone)) {
    for (const Holiday& holiday : hours.holidays) holidays_.push_back(holiday.on);
    std::sort(holidays_.begin(), holidays_.end());
  }

  /// Calls `each(from, until)` for the open times between two moments, in order, until it answers
  /// false.
  template <class Each>
  void for_each_open(int64_t from, int64_t until, const Each& each) const {
    while (from < until) {
      const int64_t offset = offset_at(from);
      const int64_t end = std::min(until, piece_end(from, offset));
      for (int64_t day = day_of(from + offset); day * day_ms < end + offset; ++day) {
        if (is_holiday(day)) continue;
        const int64_t midnight = day * day_ms - offset;
        for (const Segment& segment : week_[size_t(weekday_of(day))]) {
          if (segment.is_morning_after && is_holiday(day - 1)) continue;
          const int64_t open_from = std::max(from, midnight + segment.from);
          const int64_t open_until = std::min(end, midnight + segment.until);
          if (open_from < open_until && !each(open_from, open_until)) return;
        }
      }
      from = end;
    }
  }

 private:
  bool is_holiday(int64_t day) const {
    return std::binary_search(holidays_.begin(), holidays_.end(), day);
  }

  int64_t offset_at(int64_t at) const {
    int32_t raw = 0;
    int32_t summer = 0;
    UErrorCode status = U_ZERO_ERROR;
    zone_->getOffset(double(at), false, raw, summer, status);
    return int64_t{raw} + summer;
  }

  /// Up to a day later, or where the distance from UTC changes before that.
  int64_t piece_end(int64_t from, int64_t offset) const {
    int64_t same = from;
    int64_t other = from + day_ms;
    if (offset_at(other) == offset) return other;
    while (other - same > 1) {
      const int64_t middle = same + (other - same) / 2;
      (offset_at(middle) == offset ? same : other) = middle;
    }
    return other;
  }

  std::array<Segments, 7> week_;
  std::vector<int64_t> holidays_;
  std::unique_ptr<icu::TimeZone> zone_;
};

Result<void> ranges_fit(const BusinessHours& hours) {
  for (const std::vector<OpenRange>& ranges : hours.week) {
    if (ranges.size() > open_ranges_per_day_max) {
      return invalid("week", "too_many", "Give a day at most 8 ranges of opening hours.");
    }
    for (const OpenRange& range : ranges) {
      const bool is_time = range.from_minute >= 0 && range.from_minute < minutes_per_day &&
                           range.until_minute >= 1 && range.until_minute <= minutes_per_day &&
                           range.from_minute != range.until_minute;
      if (!is_time) {
        return invalid("week", "not_a_range",
                       "Give each range a beginning from 00:00 to 23:59 and an end from 00:01 to "
                       "24:00 that differs from it.");
      }
    }
  }
  const std::array<Segments, 7> week = segments_of(hours);
  for (const Segments& segments : week) {
    for (size_t at = 1; at < segments.size(); ++at) {
      if (segments[at].from >= segments[at - 1].until) continue;
      return invalid("week", "overlap",
                     "Let the ranges of a day not overlap, nor with the night before.");
    }
  }
  if (std::all_of(week.begin(), week.end(), [](const Segments& one) { return one.empty(); })) {
    return invalid("week", "never_open", "Open on at least one day of the week.");
  }
  return {};
}

}  // namespace

BusinessHours always_open() {
  BusinessHours hours;
  for (std::vector<OpenRange>& day : hours.week) day = {{0, minutes_per_day}};
  return hours;
}

bool is_time_zone(std::string_view name) {
  if (name.empty() || name.size() > time_zone_bytes_max) return false;
  icu::UnicodeString canonical;
  UBool is_known = false;
  UErrorCode status = U_ZERO_ERROR;
  icu::TimeZone::getCanonicalID(icu::UnicodeString::fromUTF8(std::string(name)), canonical,
                                is_known, status);
  return U_SUCCESS(status) && is_known;
}

Result<void> hours_fit(const BusinessHours& hours) {
  if (!is_time_zone(hours.time_zone)) {
    return invalid("time_zone", "unknown_time_zone",
                   "Choose a time zone by its name, such as Europe/Berlin.");
  }
  TRY(ranges_fit(hours));
  return holidays_fit(hours.holidays);
}

Result<void> holidays_fit(const std::vector<Holiday>& holidays) {
  if (holidays.size() > holidays_max) {
    return invalid("days", "too_many", "List at most 400 holidays; remove those of the past.");
  }
  std::vector<int64_t> days;
  for (const Holiday& holiday : holidays) {
    const std::string_view name = trim(holiday.name);
    if (name.empty()) return invalid("days", "required", "Give each holiday a name.");
    if (count_chars(name) > holiday_name_chars_max) {
      return invalid("days", "too_long", "Shorten the names of holidays to 100 characters.");
    }
    days.push_back(holiday.on);
  }
  std::sort(days.begin(), days.end());
  const auto twice = std::adjacent_find(days.begin(), days.end());
  if (twice == days.end()) return {};
  return invalid("days", "duplicate", fmt::format("List {} only once.", day_to_iso(*twice)));
}

Result<Instant> add_working(const BusinessHours& hours, Instant from, int64_t duration_ms) {
  if (duration_ms <= 0) return from;
  std::optional<Instant> reached;
  int64_t left = duration_ms;
  WorkingTime(hours).for_each_open(from.ms, from.ms + working_days_searched_max * day_ms,
                                   [&](int64_t open_from, int64_t open_until) {
                                     if (open_until - open_from >= left) {
                                       reached = Instant{open_from + left};
                                       return false;
                                     }
                                     left -= open_until - open_from;
                                     return true;
                                   });
  if (reached) return *reached;
  return invalid("week", "opens_too_seldom",
                 "These business hours leave no time for this within five years; open longer, or "
                 "give a shorter time.");
}

int64_t working_between(const BusinessHours& hours, Instant from, Instant until) {
  const int64_t end = std::min(until.ms, from.ms + working_days_searched_max * day_ms);
  int64_t worked = 0;
  WorkingTime(hours).for_each_open(from.ms, end, [&](int64_t open_from, int64_t open_until) {
    worked += open_until - open_from;
    return true;
  });
  return worked;
}

}  // namespace tandem::desk
