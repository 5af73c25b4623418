#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/result.h"

// Working time: pure arithmetic on opening hours, without clock or database.

namespace tandem::desk {

constexpr int minutes_per_day = 24 * 60;
constexpr size_t open_ranges_per_day_max = 8;
constexpr size_t holidays_max = 400;
constexpr int holiday_name_chars_max = 100;
/// Nobody waits longer than this for an office to open; what lies behind is not looked for.
constexpr int64_t working_days_searched_max = 5 * 366;

/// Open from one minute of the day up to another, by the clock on the wall. An end at or before
/// the beginning lies on the next day: {1320, 360} is 22:00 to 06:00.
struct OpenRange {
  int from_minute = 0;   // 0 to 1,439
  int until_minute = 0;  // 1 to 1,440
  bool operator==(const OpenRange&) const = default;
};

struct Holiday {
  int64_t on = 0;  // days since 1970-01-01
  std::string name = {};
  bool operator==(const Holiday&) const = default;
};

/// When an office works. A moment is working time when the clock on its wall shows an opening time
/// of that weekday and the date is no holiday. So a day may have 23 or 25 hours: an hour that the
/// clock skips is worked by nobody, and one that it shows twice counts twice. A holiday closes its
/// date from midnight to midnight, and the morning after of a range that would begin on it.
struct BusinessHours {
  std::string time_zone = "UTC";
  std::array<std::vector<OpenRange>, 7> week = {};  // Monday first
  std::vector<Holiday> holidays = {};
};

/// Open day and night.
BusinessHours always_open();

bool is_time_zone(std::string_view name);

/// Refuses with invalid, naming time_zone, week or days: an unknown zone, a time that is none,
/// ranges that overlap, an office that never opens, a date twice, too much of anything. Manual,
/// Service levels 1.1.
Result<void> hours_fit(const BusinessHours& hours);
/// The part of it that concerns a list of holidays. Manual, Service levels 1.2.
Result<void> holidays_fit(const std::vector<Holiday>& holidays);

/// The first moment by which `duration_ms` of working time has passed since `from`; `from` itself
/// for 0 and less. Refuses with invalid when the office does not work that long within
/// working_days_searched_max days. Manual, Service levels 1.3.
Result<Instant> add_working(const BusinessHours& hours, Instant from, int64_t duration_ms);

/// The working time from `from` up to `until`, in milliseconds; 0 when `until` is not later. Of a
/// longer time only the first working_days_searched_max days are counted.
int64_t working_between(const BusinessHours& hours, Instant from, Instant until);

}  // namespace tandem::desk
