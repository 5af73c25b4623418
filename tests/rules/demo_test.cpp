#include "desk/demo/demo.h"

#include <gtest/gtest.h>

#include "tests/support/office.h"

namespace tandem::test {
namespace {

TEST(Demo, ACompanyThatHasBeenAtWorkForWeeks) {  // S001, S009, S013
  Office office;
  const Instant now = office.clock.now();
  const auto made = desk::make_demo(*office.desk, office.clock, {.until = now});
  ASSERT_TRUE(made) << made.error().code << ": " << made.error().message;
  EXPECT_EQ(office.clock.now(), now);
  const auto count = [&](const char* condition) {
    return office.database->read([&](db::Transaction& tx) {
      return tx.integer(
          std::string("SELECT COUNT(*) FROM tickets WHERE org_id = $1 AND ") + condition,
          {made->org.value});
    });
  };
  EXPECT_GT(count("1 = 1"), 100);
  EXPECT_GT(count("status_type = 'open'"), 10);
  EXPECT_GT(count("status_type = 'on_hold'"), 3);
  EXPECT_GT(count("status_type = 'closed'"), 30);
  EXPECT_GT(count("send_failed = 1"), 1);
  EXPECT_GT(count("is_escalated = 1"), 5);
  EXPECT_GT(count("comment_count > 0"), 5);
  EXPECT_GT(count("owner IS NULL"), 3);
  EXPECT_GT(count("is_shared = 1"), 3);
  EXPECT_GT(count(("status_type <> 'closed' AND due_at < " + std::to_string(now.ms)).c_str()), 5);
  for (const char* language : {"en", "ja", "zh", "pt"}) {
    EXPECT_GT(count((std::string("language = '") + language + "'").c_str()), 10) << language;
  }
}

TEST(Demo, ItNeedsItsOwnClockAndAnOutbox) {  // S001
  Office office;
  StoppedClock other{office.clock.now()};
  EXPECT_EQ(code_of(desk::make_demo(*office.desk, other, {.until = other.now()})), "another_clock");
  EXPECT_EQ(code_of(desk::make_demo(*office.desk, office.clock,
                                    {.until = office.clock.now(), .tickets = 0})),
            "out_of_range");
}

}  // namespace
}  // namespace tandem::test
