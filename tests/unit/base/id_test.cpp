#include "base/id.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <thread>
#include <vector>

namespace tandem {
namespace {

constexpr int64_t year_2026_ms = 1'767'225'600'000;

TEST(Ids, NeverRepeatAcrossThreadsAndRiseWithinEach) {
  const SystemClock clock;
  IdMaker maker(clock, 3);
  constexpr size_t threads = 4;
  constexpr size_t ids_each = 50'000;
  std::vector<std::vector<int64_t>> made(threads);
  {
    std::vector<std::jthread> workers;
    for (std::vector<int64_t>& mine : made) {
      workers.emplace_back([&] {
        for (size_t i = 0; i < ids_each; ++i) mine.push_back(maker.next());
      });
    }
  }
  std::vector<int64_t> all;
  for (const std::vector<int64_t>& mine : made) {
    EXPECT_TRUE(std::is_sorted(mine.begin(), mine.end()));
    all.insert(all.end(), mine.begin(), mine.end());
  }
  std::sort(all.begin(), all.end());
  EXPECT_EQ(std::adjacent_find(all.begin(), all.end()), all.end());
}

TEST(Ids, OfTwoNodesDifferAtTheSameMoment) {
  const StoppedClock clock({year_2026_ms});
  IdMaker first(clock, 0);
  IdMaker second(clock, 255);
  EXPECT_NE(first.next(), second.next());
}

TEST(Ids, KeepRisingWhenTheClockGoesBack) {
  StoppedClock clock({year_2026_ms});
  IdMaker maker(clock, 1);
  const int64_t before = maker.next();
  clock.advance_ms(-hour_ms);
  EXPECT_GT(maker.next(), before);
}

TEST(Ids, KeepRisingWhenOneMillisecondsNumbersAreUsedUp) {
  const StoppedClock clock({year_2026_ms});
  IdMaker maker(clock, 1);
  int64_t last = 0;
  for (int i = 0; i < 40'000; ++i) {
    const int64_t next = maker.next();
    ASSERT_GT(next, last);
    last = next;
  }
}

TEST(Ids, HaveSeventeenToNineteenDigits) {
  const StoppedClock clock({year_2026_ms});
  IdMaker maker(clock, 0);
  const size_t digits = std::to_string(maker.next()).size();
  EXPECT_GE(digits, 17u);
  EXPECT_LE(digits, 19u);
}

TEST(Ids, AreReadFromDigitsAlone) {
  EXPECT_EQ(id_from_text("1"), 1);
  EXPECT_EQ(id_from_text("9223372036854775807"), INT64_MAX);
  for (const char* text :
       {"", "0", "-1", "+1", "1 ", " 1", "1x", "0x10", "9223372036854775808", "1.0"}) {
    EXPECT_FALSE(id_from_text(text)) << text;
  }
}

}  // namespace
}  // namespace tandem
