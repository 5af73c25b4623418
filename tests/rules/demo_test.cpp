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
  EXPECT_GT(count("rating IS NOT NULL"), 15);
  EXPECT_GT(count("service_level IS NOT NULL"), 100);
  EXPECT_GT(count("tags IS NOT NULL"), 100);
  const auto rows = [&](const char* from) {
    return office.database->read([&](db::Transaction& tx) {
      return tx.integer(std::string("SELECT COUNT(*) FROM ") + from + " AND org_id = $1",
                        {made->org.value});
    });
  };
  EXPECT_EQ(rows("business_hours WHERE name <> ''"), 2);
  EXPECT_EQ(rows("holiday_lists WHERE name <> ''"), 1);
  EXPECT_EQ(rows("service_levels WHERE is_active = 1"), 2);
  EXPECT_GT(rows("automation_rules WHERE moment = ''"), 1);
  EXPECT_GT(rows("automation_rules WHERE moment <> ''"), 4);
  EXPECT_GT(rows("macros WHERE name <> ''"), 7);
  for (const char* language : {"en", "ja", "zh", "pt"}) {
    EXPECT_EQ(rows((std::string("reply_templates WHERE locale = '") + language + "'").c_str()), 6);
  }
  EXPECT_GT(rows("custom_views WHERE audience = 'owner'"), 4);
  EXPECT_GT(rows("custom_views WHERE audience <> 'owner'"), 1);
  EXPECT_GT(rows("notification_rules WHERE channel = 'mail'"), 5);
  EXPECT_EQ(rows("web_forms WHERE name <> ''"), 4);
  EXPECT_EQ(rows("phone_lines WHERE name <> ''"), 1);
  EXPECT_GT(rows("change_log WHERE path = 'automation'"), 10);
  EXPECT_GT(rows("threads WHERE author_kind = 'system' AND direction = 'out'"), 1);
  EXPECT_GT(rows("tasks WHERE status = 'completed'"), 10);
  EXPECT_GT(rows("tasks WHERE status <> 'completed' AND ticket IS NOT NULL"), 5);
  EXPECT_GT(rows("tasks WHERE ticket IS NULL"), 8);
  EXPECT_GT(rows("appointments WHERE ticket IS NOT NULL"), 5);
  EXPECT_GT(rows("time_entries WHERE is_billable = 1"), 50);
  EXPECT_GT(rows("time_entries WHERE is_billable = 0"), 10);
  EXPECT_GT(rows("ticket_followers WHERE agent_id > 0"), 15);
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
