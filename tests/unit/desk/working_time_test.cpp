#include "desk/service_levels/working_time.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <random>
#include <sstream>

#include "base/text.h"

namespace tandem::desk {
namespace {

Instant at(const std::string& iso) {
  const Result<Instant> moment = instant_from_iso(iso);
  EXPECT_TRUE(moment) << iso;
  return moment.value_or(Instant{});
}

int minute_of(const std::string& time) {
  return std::stoi(time.substr(0, 2)) * 60 + std::stoi(time.substr(3, 2));
}

/// "09:00-12:00 13:00-17:00"
std::vector<OpenRange> ranges(const std::string& text) {
  std::vector<OpenRange> found;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    found.push_back({minute_of(word.substr(0, 5)), minute_of(word.substr(6, 5))});
  }
  return found;
}

constexpr int monday = 0, friday = 4, saturday = 5, sunday = 6;

BusinessHours open_on(int first_day, int last_day, const std::string& times,
                      const std::string& zone = "Europe/Berlin") {
  BusinessHours hours;
  hours.time_zone = zone;
  for (int day = first_day; day <= last_day; ++day) hours.week[size_t(day)] = ranges(times);
  return hours;
}

void close_on(BusinessHours& hours, const std::string& day, const std::string& name = "Holiday") {
  hours.holidays.push_back({day_from_iso(day).value_or(0), name});
}

/// Lines of "from minutes due # why".
void check_due_times(const BusinessHours& hours, const std::string& table) {
  ASSERT_TRUE(hours_fit(hours));
  std::istringstream lines(table);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string from, due;
    int64_t minutes = 0;
    if (!(words >> from >> minutes >> due)) continue;
    const Result<Instant> reached = add_working(hours, at(from), minutes * minute_ms);
    ASSERT_TRUE(reached) << line;
    EXPECT_EQ(to_iso(*reached), to_iso(at(due))) << line;
    EXPECT_EQ(working_between(hours, at(from), at(due)), minutes * minute_ms) << line;
  }
}

std::string refusal_of(const BusinessHours& hours) {
  const Result<void> answer = hours_fit(hours);
  return answer ? "" : answer.error().field + ": " + answer.error().code;
}

TEST(WorkingTime, SkipsNightsWeekendsAndLunch) {
  check_due_times(open_on(monday, friday, "09:00-12:00 13:00-17:00"), R"(
    2026-03-02T10:00+01:00    60  2026-03-02T11:00+01:00
    2026-03-02T11:30+01:00    60  2026-03-02T13:30+01:00  # over lunch
    2026-03-02T11:30+01:00    30  2026-03-02T12:00+01:00  # done when lunch begins, not when it ends
    2026-03-02T12:15+01:00     1  2026-03-02T13:01+01:00  # asked at lunch
    2026-03-02T16:30+01:00    60  2026-03-03T09:30+01:00  # over night
    2026-03-06T16:00+01:00   120  2026-03-09T10:00+01:00  # over the weekend
    2026-03-07T12:00+01:00     5  2026-03-09T09:05+01:00  # asked on Saturday
    2026-03-02T09:00+01:00  2100  2026-03-06T17:00+01:00  # a whole week of 35 hours
    2026-03-02T09:00+01:00 21000  2026-05-08T17:00+02:00  # ten of them
  )");
}

TEST(WorkingTime, AHolidayIsClosedFromMidnightToMidnight) {
  BusinessHours hours = open_on(monday, friday, "09:00-17:00");
  close_on(hours, "2026-05-01", "Labour Day");
  close_on(hours, "2026-05-04");
  check_due_times(hours, R"(
    2026-04-30T16:00+02:00   120  2026-05-05T10:00+02:00  # Friday, the weekend and a Monday
    2026-05-01T10:00+02:00    60  2026-05-05T10:00+02:00  # asked on the holiday
  )");
}

TEST(WorkingTime, AnOfficeAtTheSameHoursWorksAsLongBeforeAndAfterTheClocksChange) {
  check_due_times(open_on(monday, friday, "09:00-17:00"), R"(
    2026-03-27T16:30+01:00    60  2026-03-30T09:30+02:00  # to summer time
    2026-10-23T16:30+02:00    60  2026-10-26T09:30+01:00  # and back
  )");
  check_due_times(open_on(monday, friday, "09:00-17:00", "America/Sao_Paulo"), R"(
    2018-11-02T16:30-03:00    60  2018-11-05T09:30-02:00  # clocks changed at midnight there
    2019-02-15T16:30-02:00    60  2019-02-18T09:30-03:00
  )");
  check_due_times(open_on(monday, friday, "09:00-17:00", "Australia/Lord_Howe"), R"(
    2026-04-03T16:45+11:00    30  2026-04-06T09:15+10:30  # by half an hour
  )");
}

TEST(WorkingTime, AnHourThatTheClockSkipsIsWorkedByNobody) {
  check_due_times(open_on(monday, sunday, "00:00-24:00"), R"(
    2026-03-28T12:00+01:00  1440  2026-03-29T13:00+02:00  # a day has 1,440 minutes all the same
    2026-03-29T00:00+01:00  1380  2026-03-30T00:00+02:00  # but this one only 1,380
  )");
  check_due_times(open_on(sunday, sunday, "01:30-03:30"), R"(
    2026-03-29T00:00+01:00    60  2026-03-29T03:30+02:00  # 01:30 to 02:00, then 03:00 to 03:30
  )");
  check_due_times(open_on(sunday, sunday, "02:00-03:00"), R"(
    2026-03-29T00:00+01:00    30  2026-04-05T02:30+02:00  # not open at all that Sunday
  )");
}

TEST(WorkingTime, AnHourThatTheClockShowsTwiceCountsTwice) {
  check_due_times(open_on(monday, sunday, "00:00-24:00"), R"(
    2026-10-25T00:00+02:00  1500  2026-10-26T00:00+01:00
  )");
  check_due_times(open_on(sunday, sunday, "02:00-03:00"), R"(
    2026-10-25T00:00+02:00    60  2026-10-25T03:00+02:00  # the first time
    2026-10-25T00:00+02:00    90  2026-10-25T02:30+01:00  # and the second
  )");
  check_due_times(open_on(sunday, sunday, "02:30-04:00"), R"(
    2026-10-25T00:00+02:00    60  2026-10-25T03:00+01:00  # 02:30 to 03:00 twice
    2026-10-25T02:10+01:00    20  2026-10-25T02:50+01:00
  )");
}

TEST(WorkingTime, ARangeMayEndOnTheNextDay) {
  BusinessHours hours = open_on(monday, friday, "22:00-06:00");
  check_due_times(hours, R"(
    2026-03-02T23:00+01:00   120  2026-03-03T01:00+01:00
    2026-03-02T12:00+01:00   481  2026-03-03T22:01+01:00
    2026-03-06T23:00+01:00   420  2026-03-07T06:00+01:00  # Friday's night ends on Saturday
    2026-03-06T23:00+01:00   421  2026-03-09T22:01+01:00
  )");
  close_on(hours, "2026-03-03");
  check_due_times(hours, R"(
    2026-03-02T23:00+01:00    60  2026-03-03T00:00+01:00
    2026-03-02T23:00+01:00    61  2026-03-04T22:01+01:00  # a holiday cuts both nights short
  )");
  BusinessHours sundays = open_on(sunday, sunday, "20:00-02:00");
  check_due_times(sundays, R"(
    2026-03-01T23:30+01:00    60  2026-03-02T00:30+01:00  # and Sunday's on Monday
  )");
}

TEST(WorkingTime, OpenDayAndNightIsPlainTime) {
  const BusinessHours hours = always_open();
  ASSERT_TRUE(hours_fit(hours));
  const Instant now = at("2026-03-02T09:00Z");
  EXPECT_EQ(add_working(hours, now, 100 * day_ms).value_or(Instant{}), now + 100 * day_ms);
  EXPECT_EQ(working_between(hours, now, now + 100 * day_ms), 100 * day_ms);
}

TEST(WorkingTime, NoTimeIsReachedAtOnceAndNoneLiesBackwards) {
  const BusinessHours hours = open_on(monday, friday, "09:00-17:00");
  const Instant night = at("2026-03-02T03:00+01:00");
  EXPECT_EQ(add_working(hours, night, 0).value_or(Instant{}), night);
  EXPECT_EQ(add_working(hours, night, -minute_ms).value_or(Instant{}), night);
  EXPECT_EQ(working_between(hours, night, night), 0);
  EXPECT_EQ(working_between(hours, night + day_ms, night), 0);
}

TEST(WorkingTime, MomentsBefore1970HaveTheirWeekdayToo) {
  check_due_times(open_on(monday, friday, "09:00-17:00", "UTC"), R"(
    1969-12-26T16:30Z    60  1969-12-29T09:30Z
  )");
}

TEST(WorkingTime, TheSearchEndsAfterFiveYears) {
  BusinessHours hours = open_on(monday, monday, "09:00-09:01");
  const Instant now = at("2026-03-02T00:00Z");
  EXPECT_TRUE(add_working(hours, now, 200 * minute_ms));
  const Result<Instant> never = add_working(hours, now, 300 * minute_ms);
  ASSERT_FALSE(never);
  EXPECT_EQ(never.error().code, "opens_too_seldom");
  EXPECT_EQ(add_working({}, now, 1).error().code, "opens_too_seldom");
}

TEST(BusinessHours, AreRefusedWithTheFieldAndTheRemedy) {
  const std::vector<std::pair<BusinessHours, std::string>> table{
      {open_on(monday, friday, "09:00-17:00"), ""},
      {open_on(monday, sunday, "00:00-24:00"), ""},
      {open_on(monday, friday, "09:00-12:00 12:00-17:00"), ""},
      {open_on(monday, sunday, "22:00-06:00"), ""},
      {open_on(monday, friday, "09:00-17:00", "Europe/Atlantis"), "time_zone: unknown_time_zone"},
      {open_on(monday, friday, "09:00-17:00", ""), "time_zone: unknown_time_zone"},
      {open_on(monday, friday, "09:00-17:00", "GMT+1"), "time_zone: unknown_time_zone"},
      {open_on(monday, friday, "09:00-17:00", std::string(65, 'x')),
       "time_zone: unknown_time_zone"},
      {BusinessHours{}, "week: never_open"},
      {open_on(monday, friday, ""), "week: never_open"},
      {open_on(monday, friday, "09:00-09:00"), "week: not_a_range"},
      {open_on(monday, friday, "24:00-25:00"), "week: not_a_range"},
      {open_on(monday, friday, "09:00-00:00"), "week: not_a_range"},
      {open_on(monday, friday, "09:00-12:00 11:59-17:00"), "week: overlap"},
      {open_on(monday, saturday, "05:00-09:00 22:00-06:00"), "week: overlap"},
      {open_on(monday, friday,
               "01:00-02:00 03:00-04:00 05:00-06:00 07:00-08:00 09:00-10:00 11:00-12:00 "
               "13:00-14:00 15:00-16:00 17:00-18:00"),
       "week: too_many"},
  };
  for (const auto& [hours, refusal] : table) EXPECT_EQ(refusal_of(hours), refusal);
}

TEST(BusinessHours, HaveEachHolidayOnceAndByName) {
  BusinessHours hours = open_on(monday, friday, "09:00-17:00");
  close_on(hours, "2026-12-25", "Christmas");
  EXPECT_EQ(refusal_of(hours), "");
  close_on(hours, "2026-12-25", "Christmas again");
  EXPECT_EQ(refusal_of(hours), "days: duplicate");
  hours.holidays.back() = {20'000, "  "};
  EXPECT_EQ(refusal_of(hours), "days: required");
  hours.holidays.back().name = std::string(101, 'x');
  EXPECT_EQ(refusal_of(hours), "days: too_long");
  hours.holidays.assign(holidays_max + 1, {0, "x"});
  EXPECT_EQ(refusal_of(hours), "days: too_many");
}

/// Hours, a moment and a duration that nobody chose.
struct RandomCase {
  explicit RandomCase(uint64_t seed) : random(seed) {
    const std::vector<std::string> zones{"Europe/Berlin",       "America/New_York", "Asia/Tokyo",
                                         "Australia/Lord_Howe", "Asia/Kathmandu",   "UTC",
                                         "America/Sao_Paulo",   "Africa/Casablanca"};
    do {
      hours = {};
      hours.time_zone = zones[size_t(below(int64_t(zones.size())))];
      for (std::vector<OpenRange>& day : hours.week) {
        for (int64_t count = below(4); count > 0; --count) {
          day.push_back({int(below(minutes_per_day)), int(below(minutes_per_day) + 1)});
        }
      }
      for (int64_t count = below(6); count > 0; --count) {
        hours.holidays.push_back({20'000 + below(1'000), "Holiday"});
      }
    } while (!hours_fit(hours) || a_week_of_work() < 2 * hour_ms);
    from = Instant{20'000 * day_ms + below(1'000 * day_ms)};
    duration_ms = below(2) ? below(20 * hour_ms) : below(400 * hour_ms);
  }
  int64_t a_week_of_work() const { return working_between(hours, Instant{0}, Instant{7 * day_ms}); }
  int64_t below(int64_t limit) {
    return std::uniform_int_distribution<int64_t>(0, limit - 1)(random);
  }

  std::mt19937_64 random;
  BusinessHours hours;
  Instant from;
  int64_t duration_ms = 0;
};

TEST(WorkingTime, WhatIsAddedLiesBetweenAndMoreIsNeverSooner) {
  constexpr uint64_t cases = 10'000;
  for (uint64_t seed = 1; seed <= cases; ++seed) {
    RandomCase one(seed);
    const Result<Instant> due = add_working(one.hours, one.from, one.duration_ms);
    ASSERT_TRUE(due) << "seed " << seed;
    ASSERT_EQ(working_between(one.hours, one.from, *due), one.duration_ms) << "seed " << seed;
    if (one.duration_ms > 0) {
      ASSERT_LT(working_between(one.hours, one.from, *due - 1), one.duration_ms) << "seed " << seed;
    }
    const int64_t part = one.below(one.duration_ms + 1);
    const Instant halfway = add_working(one.hours, one.from, part).value_or(Instant{});
    ASSERT_LE(halfway, *due) << "seed " << seed;
    // To stop on the way and go on later changes nothing: that is what a pause relies on.
    const Instant later =
        add_working(one.hours, halfway, one.duration_ms - part).value_or(Instant{});
    ASSERT_EQ(later, *due) << "seed " << seed;
    ASSERT_EQ(
        working_between(one.hours, one.from, halfway) + working_between(one.hours, halfway, *due),
        one.duration_ms)
        << "seed " << seed;
  }
}

}  // namespace
}  // namespace tandem::desk
