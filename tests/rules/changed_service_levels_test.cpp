#include <gtest/gtest.h>

#include "desk/service_levels/business_hours.h"
#include "desk/service_levels/service_level_events.h"
#include "desk/service_levels/service_levels.h"
#include "desk/tickets/open_ticket_walks.h"
#include "tests/support/office.h"

// Changes of policies, hours and holidays on their way to tickets that run. The office works from
// Monday to Friday, 09:00 to 17:00 UTC; the clock stands on Monday 2026-03-02, 09:00.

namespace tandem::test {
namespace {

using desk::Walk;

class ChangedServiceLevels : public testing::Test {
 protected:
  template <class Body>
  auto in_one(Body body) {
    auto answer = office_.database->write(body);
    EXPECT_TRUE(answer) << answer.error().message;
    return *answer;
  }
  ChangedServiceLevels() : worker_(*office_.database, 1) {
    desk::add_service_level_jobs(worker_, *office_.desk);
    desk::NamedHours hours{.name = "Office"};
    for (size_t day = 0; day < 5; ++day) hours.hours.week[day] = {{9 * 60, 17 * 60}};
    hours_ = in_one([&](db::Transaction& tx) { return desk::add_business_hours(tx, ada_, hours); });
    desk::ServiceLevel gold{.name = "Gold"};
    for (const char* priority : {"none", "low", "medium", "high", "urgent"}) {
      gold.targets[priority] = {60, 480};
    }
    gold_ = in_one([&](db::Transaction& tx) { return desk::add_service_level(tx, ada_, gold); });
    worker_.run_due();
  }

  void change(const desk::ServiceLevel& wanted) {
    in_one([&](db::Transaction& tx) { return desk::change_service_level(tx, ada_, wanted); });
  }
  std::string due(RecordId ticket) {
    const records::Value due_at = office_.read("tickets", ticket).get("due_at");
    return due_at.is_null() ? "" : to_iso(due_at.instant()).substr(0, 16);
  }
  desk::WalkProgress progress() {
    return office_.database->read([&](db::Transaction& tx) {
      return desk::walk_progress(tx, office_.org, Walk::service_levels)
          .value_or(desk::WalkProgress{});
    });
  }

  Office office_;
  jobs::Worker worker_;
  access::Actor ada_ = office_.administrator();
  desk::NamedHours hours_;
  desk::ServiceLevel gold_;
};

TEST_F(ChangedServiceLevels, ANewTargetReachesTicketsThatRun) {  // S003
  const RecordId ticket = office_.ticket("Slow");
  EXPECT_EQ(due(ticket), "2026-03-02T17:00");
  const records::Record before = office_.read("tickets", ticket);
  gold_.targets["none"] = {60, 240};
  change(gold_);
  EXPECT_EQ(due(ticket), "2026-03-02T17:00") << "the change itself waits for nobody's tickets";
  office_.clock.advance_ms(minute_ms);
  worker_.run_due();
  EXPECT_EQ(due(ticket), "2026-03-02T13:00");
  EXPECT_EQ(office_.read("tickets", ticket).get("last_activity_at"), before.get("last_activity_at"))
      << "nobody worked on it";
}

TEST_F(ChangedServiceLevels, AHolidayMovesWhatIsDue) {  // S003
  const RecordId ticket = office_.ticket("Long", {{"priority", "low"}});
  office_.clock.advance_ms(4 * hour_ms);
  const RecordId late = office_.ticket("Afternoon");
  EXPECT_EQ(due(late), "2026-03-03T13:00");
  const desk::HolidayList list = in_one([&](db::Transaction& tx) {
    return desk::add_holiday_list(tx, ada_, {.name = "Days off", .days = {{20'515, "Carnival"}}});
  });
  hours_.holiday_list = list.id;
  in_one([&](db::Transaction& tx) { return desk::change_business_hours(tx, ada_, hours_); });
  worker_.run_due();
  EXPECT_EQ(due(late), "2026-03-04T13:00") << "Tuesday is a holiday now";
  EXPECT_EQ(due(ticket), "2026-03-02T17:00");
}

TEST_F(ChangedServiceLevels, WhatDoesNotDifferIsNotWritten) {  // S003
  const RecordId ticket = office_.ticket("Same");
  const RecordId by_hand =
      office_.ticket("By hand", {{"due_at", office_.clock.now() + 30 * day_ms}});
  const int64_t revision = office_.read("tickets", ticket).revision;
  gold_.name = "Gold";
  gold_.targets["urgent"] = {10, 20};
  change(gold_);
  worker_.run_due();
  EXPECT_EQ(office_.read("tickets", ticket).revision, revision);
  EXPECT_EQ(progress().looked_at, 2);
  EXPECT_EQ(progress().changed, 0);
  EXPECT_TRUE(progress().finished_at);
  gold_.targets["none"] = {60, 240};
  change(gold_);
  worker_.run_due();
  EXPECT_EQ(due(by_hand), "2026-04-01T09:00") << "what a person set stays";
}

TEST_F(ChangedServiceLevels, AnotherPolicyTakesOverWhenOneGoes) {  // S003
  desk::ServiceLevel silver = gold_;
  silver.name = "Silver";
  silver.position = 0;
  silver.targets["none"] = {60, 960};
  silver = in_one([&](db::Transaction& tx) { return desk::add_service_level(tx, ada_, silver); });
  const RecordId ticket = office_.ticket("Waits");
  const RecordId closed = office_.ticket("Done");
  ASSERT_TRUE(office_.change(ada_, "tickets", closed, {{"status", "closed"}}));
  const std::string was_due = due(closed);
  ASSERT_TRUE(office_.database->write(
      [&](db::Transaction& tx) { return desk::remove_service_level(tx, ada_, gold_.id); }));
  worker_.run_due();
  EXPECT_EQ(office_.read("tickets", ticket).get("service_level").text(), "Silver");
  EXPECT_EQ(due(ticket), "2026-03-03T17:00");
  EXPECT_EQ(due(closed), was_due) << "closed tickets stay as they were";
}

TEST_F(ChangedServiceLevels, ManyTicketsAreGoneThroughInStepsThatGoOn) {  // S003
  for (int number = 0; number < 2 * desk::walk_batch_tickets + 7; ++number) {
    office_.ticket("Ticket " + std::to_string(number));
  }
  gold_.targets["none"] = {60, 240};
  change(gold_);
  // Half way the policy changes once more: the walk begins anew and reaches everybody.
  gold_.targets["none"] = {60, 300};
  change(gold_);
  EXPECT_EQ(progress().expected, 2 * desk::walk_batch_tickets + 7);
  EXPECT_FALSE(progress().finished_at);
  worker_.run_due();
  EXPECT_EQ(progress().looked_at, 2 * desk::walk_batch_tickets + 7);
  EXPECT_EQ(progress().changed, 2 * desk::walk_batch_tickets + 7);
  const int64_t right = office_.database->read([&](db::Transaction& tx) {
    return tx.integer("SELECT COUNT(*) FROM tickets WHERE org_id = $1 AND due_at = $2",
                      {office_.org.value, db::arg(office_.clock.now() + 300 * minute_ms)});
  });
  EXPECT_EQ(right, 2 * desk::walk_batch_tickets + 7);
}

}  // namespace
}  // namespace tandem::test
