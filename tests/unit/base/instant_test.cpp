#include "base/instant.h"

#include <gtest/gtest.h>

namespace tandem {
namespace {

struct Reading {
  const char* text;
  int64_t ms;
};

TEST(Instants, AreReadFromIsoInEveryUsualSpelling) {
  for (const Reading& reading : {Reading{"1970-01-01T00:00:00Z", 0},
                                 {"1970-01-01T00:00:00.001Z", 1},
                                 {"1970-01-01T00:00:00.5Z", 500},
                                 {"1970-01-01T00:00:00.123456789Z", 123},
                                 {"1970-01-01T00:00Z", 0},
                                 {"1970-01-01 00:00:00Z", 0},
                                 {"1970-01-01t00:00:00z", 0},
                                 {"1970-01-01T02:00:00+02:00", 0},
                                 {"1970-01-01T02:00:00+0200", 0},
                                 {"1970-01-01T02:00:00+02", 0},
                                 {"1969-12-31T18:30:00-05:30", 0},
                                 {"1969-12-31T23:59:59.999Z", -1},
                                 {"2024-02-29T12:00:00Z", 1'709'208'000'000},
                                 {"2026-11-04T11:21:07.000Z", 1'793'791'267'000},
                                 {"9999-12-31T23:59:59.999Z", 253'402'300'799'999}}) {
    const Result<Instant> at = instant_from_iso(reading.text);
    ASSERT_TRUE(at) << reading.text;
    EXPECT_EQ(at->ms, reading.ms) << reading.text;
  }
}

TEST(Instants, RefuseWhatIsNoMoment) {
  for (const char* text : {"",
                           "now",
                           "2026-11-04",
                           "2026-11-04T11:21:07",
                           "2026-11-04T24:00:00Z",
                           "2026-11-04T11:60:00Z",
                           "2026-11-04T11:21:60Z",
                           "2026-02-29T00:00:00Z",
                           "2026-13-01T00:00:00Z",
                           "2026-00-01T00:00:00Z",
                           "2026-01-00T00:00:00Z",
                           "2026-1-01T00:00:00Z",
                           "2026-11-04T11:21:07.Z",
                           "2026-11-04T11:21:07.1234567890Z",
                           "2026-11-04T11:21:07+24:00",
                           "2026-11-04T11:21:07+02:60",
                           "2026-11-04T11:21:07Zx",
                           " 2026-11-04T11:21:07Z",
                           "+026-11-04T11:21:07Z",
                           "2026-11-04T11:21:07+2"}) {
    const Result<Instant> at = instant_from_iso(text);
    ASSERT_FALSE(at) << text;
    EXPECT_EQ(at.error().kind, RefusalKind::invalid) << text;
    EXPECT_EQ(at.error().field, "") << text;
  }
}

TEST(Instants, AreWrittenInIsoAndReadBackTheSame) {
  EXPECT_EQ(to_iso({1'793'791'267'000}), "2026-11-04T11:21:07.000Z");
  EXPECT_EQ(to_iso({-1}), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(to_iso({-day_ms}), "1969-12-31T00:00:00.000Z");
  for (const int64_t ms :
       {int64_t(0), int64_t(-1), int64_t(951'782'400'000), int64_t(253'402'300'799'999)}) {
    EXPECT_EQ(instant_from_iso(to_iso({ms}))->ms, ms);
  }
}

TEST(Days, AreReadAndWrittenByTheCalendar) {
  EXPECT_EQ(day_to_iso(0), "1970-01-01");
  EXPECT_EQ(day_to_iso(-1), "1969-12-31");
  EXPECT_EQ(*day_from_iso("2026-11-04"), 1'793'791'267'000 / day_ms);
  EXPECT_EQ(day_to_iso(*day_from_iso("2000-02-29")), "2000-02-29");
  for (const char* text : {"", "2025-02-29", "1900-02-29", "2026-11-31", "2026-11-04T00:00",
                           "04.11.2026", "2026-11-4"}) {
    EXPECT_FALSE(day_from_iso(text)) << text;
  }
}

TEST(Instants, AreWrittenForMailsAsRfc5322Asks) {
  EXPECT_EQ(to_mail_date({1'793'791'267'000}), "Wed, 04 Nov 2026 11:21:07 +0000");
  EXPECT_EQ(to_mail_date({0}), "Thu, 01 Jan 1970 00:00:00 +0000");
}

TEST(Clocks, AStoppedClockMovesOnlyWhenTold) {
  StoppedClock clock({1'000});
  EXPECT_EQ(clock.now().ms, 1'000);
  clock.advance_ms(5);
  EXPECT_EQ(clock.now().ms, 1'005);
}

}  // namespace
}  // namespace tandem
