#include <gmock/gmock.h>

#include "desk/service_levels/service_level_events.h"
#include "desk/service_levels/service_levels.h"
#include "records/change_log.h"
#include "tests/support/office.h"

// Targets and levels that are due together. There are no business hours: time never stands still.

namespace tandem::test {
namespace {

using desk::ServiceLevel;
using desk::Target;
using testing::ElementsAre;

class MissedTargets : public testing::Test {
 protected:
  static ServiceLevel policy(const std::string& name, const desk::TargetTimes& times) {
    ServiceLevel level{.name = name};
    for (const char* priority : {"none", "low", "medium", "high", "urgent"}) {
      level.targets[priority] = times;
    }
    return level;
  }
  /// One that takes the priority High as soon as the first response is missed.
  static ServiceLevel hastening(const std::string& name, const desk::TargetTimes& times) {
    ServiceLevel level = policy(name, times);
    level.levels = {{.target = Target::first_response, .priority = "high"}};
    return level;
  }
  void keep(const ServiceLevel& wanted) {
    const auto added = office_.database->write(
        [&](db::Transaction& tx) { return desk::add_service_level(tx, ada_, wanted); });
    ASSERT_TRUE(added) << added.error().field << ": " << added.error().message;
  }
  void wait_and_raise(int64_t minutes) {
    office_.clock.advance_ms(minutes * minute_ms);
    while (desk::raise_service_level_events(*office_.database, office_.catalogue) > 0) continue;
  }
  /// What the policies did, oldest first: "resolution_missed by Gold".
  std::vector<std::string> told(RecordId ticket) {
    const auto page = office_.database->read([&](db::Transaction& tx) {
      return records::history_of(tx, office_.org, "tickets", ticket, "", 200);
    });
    std::vector<std::string> events;
    for (const records::LogEntry& entry : page->entries) {
      if (entry.author.path != "automation") continue;
      events.insert(events.begin(), entry.event + " by " + entry.author.name);
    }
    return events;
  }

  Office office_;
  access::Actor ada_ = office_.administrator();
};

TEST_F(MissedTargets, OneIsToldAlsoWhenALevelBringsAnotherPolicy) {  // Service levels 4.1 and 4.3
  ServiceLevel swift = policy("Swift", {60, 120});
  swift.conditions_json = R"({"field":"priority","is":"high"})";
  keep(swift);
  keep(hastening("Usual", {60, 60}));
  const RecordId router = office_.ticket("Router");
  wait_and_raise(60);
  EXPECT_THAT(told(router),
              ElementsAre("first_response_missed by Usual", "service_level_escalated by Usual"));
  wait_and_raise(60);
  EXPECT_THAT(told(router),
              ElementsAre("first_response_missed by Usual", "service_level_escalated by Usual",
                          "resolution_missed by Swift"));
}

TEST_F(MissedTargets, NoneIsLostWhenNothingRanForLong) {
  ServiceLevel swift = policy("Swift", {60, 120});
  swift.conditions_json = R"({"field":"priority","is":"high"})";
  keep(swift);
  keep(hastening("Usual", {60, 480}));
  const RecordId router = office_.ticket("Router");
  wait_and_raise(2 * 24 * 60);
  EXPECT_THAT(told(router),
              ElementsAre("first_response_missed by Usual", "service_level_escalated by Usual",
                          "resolution_missed by Swift"));
}

TEST_F(MissedTargets, WhatAnotherPriorityPutsOffIsNotMissedYet) {
  ServiceLevel usual = hastening("Usual", {60, 60});
  usual.targets["high"] = {60, 480};
  keep(usual);
  const RecordId router = office_.ticket("Router");
  wait_and_raise(60);
  EXPECT_THAT(told(router),
              ElementsAre("first_response_missed by Usual", "service_level_escalated by Usual"));
  wait_and_raise(420);
  EXPECT_THAT(told(router),
              ElementsAre("first_response_missed by Usual", "service_level_escalated by Usual",
                          "resolution_missed by Usual"));
}

}  // namespace
}  // namespace tandem::test
