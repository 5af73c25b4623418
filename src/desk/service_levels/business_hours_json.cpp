#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/text.h"
#include "desk/service_levels/business_hours.h"

namespace tandem::desk {

namespace {

constexpr std::array<std::string_view, 7> weekdays{"monday", "tuesday",  "wednesday", "thursday",
                                                   "friday", "saturday", "sunday"};

std::string time_text(int minute) { return fmt::format("{:02}:{:02}", minute / 60, minute % 60); }

std::optional<int> two_digits(std::string_view text) {
  int number = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.size() != 2 || end.ec != std::errc() || end.ptr != text.data() + 2) return std::nullopt;
  return number;
}

/// "09:00"; "24:00" is the end of a day.
std::optional<int> minute_from_text(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const std::optional<int> hour = two_digits(text.substr(0, 2));
  const std::optional<int> minute = two_digits(text.substr(3, 2));
  if (!hour || !minute || *minute > 59 || *hour < 0 || *minute < 0) return std::nullopt;
  const int in_all = *hour * 60 + *minute;
  return in_all <= minutes_per_day ? std::optional(in_all) : std::nullopt;
}

Refusal bad_week() {
  return invalid("week", "wrong_type",
                 "Give for each weekday a list of times such as \"09:00-17:00\".");
}

Result<OpenRange> range_from_json(const Json& json) {
  if (!json.is_string()) return bad_week();
  const std::string_view text = json.get_string();
  if (text.size() != 11 || text[5] != '-') return bad_week();
  const std::optional<int> from = minute_from_text(text.substr(0, 5));
  std::optional<int> until = minute_from_text(text.substr(6));
  if (!from || !until) return bad_week();
  // Midnight is the end of the day that went before.
  if (*until == 0) until = minutes_per_day;
  return OpenRange{*from, *until};
}

Refusal bad_days() {
  return invalid("days", "wrong_type",
                 "Give each holiday as an object with a date, \"on\", and a name.");
}

}  // namespace

std::string week_to_json(const BusinessHours& hours) {
  JsonWriter json;
  json.begin_object();
  for (size_t day = 0; day < weekdays.size(); ++day) {
    json.key(weekdays[day]).begin_array();
    for (const OpenRange& range : hours.week[day]) {
      json.string(time_text(range.from_minute) + "-" + time_text(range.until_minute));
    }
    json.end_array();
  }
  return json.end_object().take();
}

Result<void> read_week(const Json& json, BusinessHours& hours) {
  if (!json.is_object()) return bad_week();
  for (std::vector<OpenRange>& day : hours.week) day.clear();
  for (const auto& [name, ranges] : json.get_object()) {
    const auto day = std::find(weekdays.begin(), weekdays.end(), std::string_view(name));
    if (day == weekdays.end() || !ranges.is_array()) return bad_week();
    if (ranges.get_array().size() > open_ranges_per_day_max) {
      return invalid("week", "too_many", "Give a day at most 8 ranges of opening hours.");
    }
    std::vector<OpenRange>& read = hours.week[size_t(day - weekdays.begin())];
    for (const Json& one : ranges.get_array()) {
      const OpenRange range = TRY(range_from_json(one));
      read.push_back(range);
    }
    std::sort(read.begin(), read.end(),
              [](const OpenRange& a, const OpenRange& b) { return a.from_minute < b.from_minute; });
  }
  return {};
}

std::string holidays_to_json(const std::vector<Holiday>& days) {
  JsonWriter json;
  json.begin_array();
  for (const Holiday& day : days) {
    json.begin_object().string("on", day_to_iso(day.on)).string("name", day.name).end_object();
  }
  return json.end_array().take();
}

Result<std::vector<Holiday>> holidays_from_json(const Json& json) {
  if (!json.is_array()) return bad_days();
  if (json.get_array().size() > holidays_max) {
    return invalid("days", "too_many", "List at most 400 holidays; remove those of the past.");
  }
  std::vector<Holiday> days;
  for (const Json& one : json.get_array()) {
    if (!one.is_object() || one.get_object().size() != 2) return bad_days();
    const Result<int64_t> on = day_from_iso(text_of(one, "on"));
    if (!on) return invalid("days", "not_a_date", "Give dates such as 2026-12-25.");
    days.push_back({*on, std::string(trim(text_of(one, "name")))});
  }
  std::sort(days.begin(), days.end(),
            [](const Holiday& a, const Holiday& b) { return a.on < b.on; });
  return days;
}

}  // namespace tandem::desk
