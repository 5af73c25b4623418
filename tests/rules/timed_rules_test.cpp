#include <gmock/gmock.h>

#include "desk/automation/timed_checks.h"
#include "desk/automation/timed_round.h"
#include "desk/service_levels/business_hours.h"
#include "desk/tickets/open_ticket_walks.h"
#include "tests/rules/automation_office.h"

namespace tandem::test {
namespace {

using desk::AutomationRule;
using desk::RuleEvent;
using desk::RuleMoment;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr int64_t days = 24 * 60;

/// A company whose worker looks for tickets whose time is over.
class TimedRules : public AutomationOffice {
 protected:
  TimedRules() : worker_(*office_.database, 1) {
    desk::add_automation_jobs(worker_, *office_.desk);
  }

  static AutomationRule rule(const std::string& name, RuleMoment moment, int64_t minutes,
                             const std::string& conditions, const std::string& actions) {
    AutomationRule wanted;
    wanted.name = name;
    wanted.event = RuleEvent::time_passed;
    wanted.moment = moment;
    wanted.wait_minutes = minutes;
    wanted.conditions_json = conditions;
    wanted.actions_json = "[" + actions + "]";
    return wanted;
  }
  AutomationRule keep(const AutomationRule& wanted) {
    AutomationRule rule = added(wanted);
    worker_.run_due();
    return rule;
  }
  AutomationRule change(const AutomationRule& wanted) {
    const Result<AutomationRule> changed = office_.database->write(
        [&](db::Transaction& tx) { return desk::change_automation_rule(tx, ada_, wanted); });
    EXPECT_TRUE(changed) << changed.error().message;
    worker_.run_due();
    return changed ? *changed : AutomationRule{};
  }
  void pass(int64_t minutes) {
    office_.clock.advance_ms(minutes * minute_ms);
    desk::run_timed_rules(*office_.desk);
  }
  int64_t acts_of(const std::string& name, RecordId ticket) {
    const std::vector<std::string> lines = history(ticket);
    return std::count_if(lines.begin(), lines.end(),
                         [&](const std::string& line) { return line.starts_with(name + " by "); });
  }
  desk::TimedPreview preview(const AutomationRule& wanted) {
    return office_.database->read([&](db::Transaction& tx) {
      const Result<desk::TimedPreview> seen = desk::preview_timed_rule(tx, ada_, wanted);
      EXPECT_TRUE(seen) << seen.error().message;
      return seen ? *seen : desk::TimedPreview{};
    });
  }
  jobs::Worker worker_;
};

TEST_F(TimedRules, ATicketThatIsPendingForSevenDaysIsClosed) {  // S003
  const AutomationRule close =
      rule("Close what is pending", RuleMoment::status_changed, 7 * days,
           R"({"field":"status","is":"on_hold"})", set("status", "closed"));
  keep(close);
  const RecordId pending = office_.ticket("Waits for the customer");
  const RecordId open = office_.ticket("Is worked on");
  write(ana_, pending, {{"status", "on_hold"}});
  pass(7 * days - 1);
  EXPECT_EQ(get(pending, "status"), "on_hold");
  pass(1);
  EXPECT_EQ(get(pending, "status"), "closed");
  EXPECT_EQ(get(open, "status"), "open");
  EXPECT_THAT(history(pending), Contains("Close what is pending by automation: updated"));
  write(ana_, pending, {{"status", "on_hold"}});
  pass(7 * days);
  EXPECT_EQ(get(pending, "status"), "closed") << "it was put on hold anew, by a person";
}

TEST_F(TimedRules, TheCustomerIsRemindedOnceAndByAMailThatSaysAMachineWroteIt) {  // S003
  keep(rule("Remind", RuleMoment::agent_spoke, 3 * days, R"({"field":"last_word_by","is":"agent"})",
            R"({"do":"mail","html":"<p>Dear {contact.name}, is #{ticket.number} solved?</p>"})"));
  const RecordId ticket = office_.mail_in({}).ticket;
  ASSERT_TRUE(office_.reply(ana_, ticket, {.html = "<p>Please restart it.</p>"}));
  const size_t before = office_.raw_outbox().size();
  pass(3 * days);
  const std::vector<std::string> mails = office_.raw_outbox();
  ASSERT_EQ(mails.size(), before + 1);
  EXPECT_THAT(office_.outbox().back().text, HasSubstr("Dear Maria Silva, is #"));
  EXPECT_THAT(mails.back(), HasSubstr("Auto-Submitted: auto-generated"));
  EXPECT_THAT(history(ticket), Contains("Remind by automation: reply_sent"));
  pass(30 * days);
  EXPECT_EQ(office_.raw_outbox().size(), before + 1) << "the reminder is no answer of an agent";
  ASSERT_TRUE(office_.reply(ana_, ticket, {.html = "<p>One more thing.</p>"}));
  pass(3 * days);
  EXPECT_EQ(acts_of("Remind", ticket), 2) << "an agent answered, so that it waits anew";
}

TEST_F(TimedRules, WhatIsUnansweredIsEscalated) {  // S003
  keep(rule("Unanswered", RuleMoment::customer_spoke, 4 * 60,
            R"({"field":"last_word_by","is":"customer"})", R"({"do":"escalate"})"));
  const RecordId unanswered = office_.mail_in({.subject = "Help"}).ticket;
  const RecordId answered = office_.mail_in({.subject = "Hello"}).ticket;
  ASSERT_TRUE(office_.reply(ana_, answered, {.html = "<p>Yes</p>"}));
  pass(4 * 60);
  EXPECT_TRUE(office_.read("tickets", unanswered).get("is_escalated").truth());
  EXPECT_FALSE(office_.read("tickets", answered).get("is_escalated").truth());
}

TEST_F(TimedRules, EachMomentCountsForItself) {  // S003
  const std::pair<RuleMoment, const char*> moments[] = {{RuleMoment::created, "created"},
                                                        {RuleMoment::unassigned, "unassigned"},
                                                        {RuleMoment::due, "due"}};
  for (const auto& [moment, word] : moments) {
    keep(rule(word, moment, 60, "{}", R"({"do":"comment","html":"<p>Late</p>"})"));
  }
  const RecordId ticket = office_.ticket("Slow", {{"owner", ana_.id}});
  pass(60);
  EXPECT_EQ(acts_of("created", ticket), 1);
  EXPECT_EQ(acts_of("unassigned", ticket), 0);
  write(ana_, ticket, {{"owner", records::Value()}});
  pass(60);
  EXPECT_EQ(acts_of("unassigned", ticket), 1);
  EXPECT_EQ(acts_of("due", ticket), 0);
  write(ana_, ticket, {{"due_at", office_.clock.now() - 30 * minute_ms}});
  pass(30);
  EXPECT_EQ(acts_of("due", ticket), 1) << "a due date in the past counts, too";
  EXPECT_EQ(acts_of("created", ticket), 1);
}

TEST_F(TimedRules, ARuleCanActBeforeADueDate) {  // S003
  keep(rule("Soon due", RuleMoment::due, -60, "{}", set("priority", "urgent")));
  const RecordId ticket =
      office_.ticket("Tomorrow", {{"due_at", office_.clock.now() + 24 * hour_ms}});
  pass(23 * 60 - 1);
  EXPECT_EQ(get(ticket, "priority"), "");
  pass(1);
  EXPECT_EQ(get(ticket, "priority"), "urgent");
}

TEST_F(TimedRules, InBusinessHoursNightsAndWeekendsDoNotCount) {  // S003
  ASSERT_TRUE(office_.database->write([&](db::Transaction& tx) -> Result<void> {
    desk::NamedHours hours{.name = "Office"};
    for (size_t day = 0; day < 5; ++day) hours.hours.week[day] = {{9 * 60, 17 * 60}};
    TRY(desk::add_business_hours(tx, ada_, hours));
    return {};
  }));
  AutomationRule wanted =
      rule("Ten hours", RuleMoment::created, 10 * 60, "{}", set("priority", "high"));
  wanted.counting = desk::Counting::business_hours;
  keep(wanted);
  const RecordId ticket = office_.ticket("Monday at nine");
  pass(10 * 60);
  EXPECT_EQ(get(ticket, "priority"), "") << "Monday, 19:00: eight hours were worked";
  pass(16 * 60 - 1);
  EXPECT_EQ(get(ticket, "priority"), "");
  pass(1);
  EXPECT_EQ(get(ticket, "priority"), "high") << "Tuesday, 11:00";
}

TEST_F(TimedRules, ARuleActsAsSoonAsItsTimeIsOverAndItsConditionsHold) {  // S003
  keep(rule("Old and hot", RuleMoment::created, days, R"({"field":"priority","is":"urgent"})",
            set("category", "Hot")));
  const RecordId ticket = office_.ticket("Not yet hot");
  pass(2 * days);
  EXPECT_EQ(get(ticket, "category"), "");
  write(ana_, ticket, {{"priority", "urgent"}});
  pass(0);
  EXPECT_EQ(get(ticket, "category"), "Hot");
}

TEST_F(TimedRules, RulesThatUndoEachOtherComeToAnEnd) {  // S003
  keep(rule("Hold", RuleMoment::status_changed, 60, R"({"field":"status","is":"open"})",
            set("status", "on_hold")));
  keep(rule("Free", RuleMoment::status_changed, 60, R"({"field":"status","is":"on_hold"})",
            set("status", "open")));
  const RecordId ticket = office_.ticket("Ping pong");
  for (int hour = 0; hour < 24; ++hour) pass(60);
  EXPECT_EQ(acts_of("Hold", ticket), 1);
  EXPECT_EQ(acts_of("Free", ticket), 1);
}

TEST_F(TimedRules, OneRuleSeesWhatTheOneBeforeDidAndCanEndTheAsking) {  // S003
  keep(rule("First", RuleMoment::created, 60, "{}", set("priority", "high") + R"(,{"do":"stop"})"));
  keep(rule("Second", RuleMoment::created, 60, "{}", set("category", "x")));
  const RecordId ticket = office_.ticket("Order");
  office_.clock.advance_ms(hour_ms);
  desk::run_timed_rules(*office_.desk);
  EXPECT_EQ(get(ticket, "priority"), "high");
}

TEST_F(TimedRules, WhatWasMissedDuringAStopIsDoneOnceAfterwards) {  // S003
  keep(rule("Daily", RuleMoment::created, days, "{}", R"({"do":"comment","html":"<p>Old</p>"})"));
  const RecordId ticket = office_.ticket("Left alone");
  const RecordId closed = office_.ticket("Done meanwhile");
  office_.clock.advance_ms(5 * day_ms);
  write(ana_, closed, {{"status", "closed"}});
  EXPECT_EQ(desk::run_timed_rules(*office_.desk), 1);
  EXPECT_EQ(desk::run_timed_rules(*office_.desk), 0);
  EXPECT_EQ(acts_of("Daily", ticket), 1);
  EXPECT_EQ(acts_of("Daily", closed), 0) << "closed tickets are left alone";
}

TEST_F(TimedRules, ANewRuleLeavesAloneWhatWasOverBeforeUnlessItIsToldTo) {  // S003
  const RecordId old_ticket = office_.ticket("Old");
  pass(3 * days);
  const RecordId young = office_.ticket("Young");
  AutomationRule wanted =
      rule("Two days", RuleMoment::created, 2 * days, "{}", set("category", "Late"));
  EXPECT_EQ(preview(wanted).count, 1);
  AutomationRule kept = keep(wanted);
  pass(2 * days);
  EXPECT_EQ(get(old_ticket, "category"), "");
  EXPECT_EQ(get(young, "category"), "Late");
  kept.takes_earlier = true;
  change(kept);
  pass(0);
  EXPECT_EQ(get(old_ticket, "category"), "Late");
  EXPECT_EQ(acts_of("Two days", young), 1);
}

TEST_F(TimedRules, APreviewSaysWhichTicketsTheRuleWouldTouchNow) {  // S003
  const RecordId hot = office_.ticket("Hot", {{"priority", "urgent"}});
  office_.ticket("Cold");
  office_.ticket("Closed", {{"priority", "urgent"}, {"status", "closed"}});
  office_.clock.advance_ms(2 * day_ms);
  const AutomationRule wanted =
      rule("Hot ones", RuleMoment::created, days, R"({"field":"priority","is":"urgent"})",
           set("category", "Late"));
  const desk::TimedPreview seen = preview(wanted);
  EXPECT_EQ(seen.count, 1);
  EXPECT_TRUE(seen.is_exact);
  ASSERT_EQ(seen.tickets.size(), 1u);
  EXPECT_EQ(seen.tickets.front().id, hot);
  EXPECT_EQ(get(hot, "category"), "") << "a preview writes nothing";
  AutomationRule kept = wanted;
  kept.takes_earlier = true;
  kept = keep(kept);
  pass(0);
  EXPECT_EQ(get(hot, "category"), "Late");
  EXPECT_EQ(preview(kept).count, 0) << "the rule acted on it";
}

TEST_F(TimedRules, WhatARuleMayNotDoStandsInTheHistoryAndIsNotTriedAgain) {  // S003
  keep(rule("Move", RuleMoment::created, 60, "{}", R"({"do":"mail","html":"<p>Hello</p>"})"));
  const RecordId ticket = office_.ticket("Nobody to write to");
  pass(60);
  EXPECT_THAT(history(ticket), Contains("Move by automation: automation_refused"));
  pass(60);
  EXPECT_EQ(acts_of("Move", ticket), 1);
}

TEST_F(TimedRules, WhatIsImportedWaitsForItsFirstChange) {  // S003
  keep(rule("Any", RuleMoment::created, 60, "{}", set("category", "x")));
  access::Actor importer = office_.program();
  importer.path = access::Path::import;
  const auto made = office_.create(
      importer, "tickets", {{"subject", "Old"}, {"department", office_.department("Support")}});
  ASSERT_TRUE(made);
  pass(120);
  EXPECT_EQ(get(made->id, "category"), "");
  write(ana_, made->id, {{"priority", "low"}});
  pass(0);
  EXPECT_EQ(get(made->id, "category"), "x");
}

TEST_F(TimedRules, ATicketThatGoesForGoodLeavesNothingBehind) {  // S003
  keep(rule("Any", RuleMoment::created, 60, "{}", set("category", "x")));
  const RecordId ticket = office_.ticket("Gone");
  const auto rows = [&] {
    return office_.database->read([&](db::Transaction& tx) {
      return tx.integer("SELECT COUNT(*) FROM ticket_checks WHERE org_id = $1 AND ticket_id = $2",
                        {office_.org.value, ticket.value});
    });
  };
  EXPECT_EQ(rows(), 1);
  ASSERT_TRUE(office_.database->write([&](db::Transaction& tx) -> Result<void> {
    TRY(operations::delete_record(tx, ada_, *office_.catalogue.find("tickets"), ticket));
    return {};
  }));
  pass(60);
  EXPECT_EQ(get(office_.ticket("Other"), "category"), "");
  ASSERT_TRUE(office_.database->write([&](db::Transaction& tx) -> Result<void> {
    return operations::purge_record(tx, ada_, *office_.catalogue.find("tickets"), ticket);
  }));
  EXPECT_EQ(rows(), 0);
}

TEST_F(TimedRules, WhatIsWrongWithATimeIsNamed) {  // S003
  const auto timed = [](RuleMoment moment, int64_t minutes) {
    return rule("x", moment, minutes, "{}", R"({"do":"escalate"})");
  };
  EXPECT_EQ(refusal_of(timed(RuleMoment::created, 0)), "timing: out_of_range");
  EXPECT_EQ(refusal_of(timed(RuleMoment::created, -5)), "timing: out_of_range");
  EXPECT_EQ(refusal_of(timed(RuleMoment::due, 366 * days)), "timing: out_of_range");
  AutomationRule before = timed(RuleMoment::due, -5);
  before.counting = desk::Counting::business_hours;
  EXPECT_EQ(refusal_of(before), "timing: before_in_hours");
  AutomationRule changed = timed(RuleMoment::created, 5);
  changed.changed_field = "priority";
  EXPECT_EQ(refusal_of(changed), "changed: not_for_time");
  AutomationRule mails = timed(RuleMoment::created, 5);
  mails.event = RuleEvent::ticket_created;
  mails.actions_json = R"([{"do":"mail","html":"<p>Hello</p>"}])";
  EXPECT_EQ(refusal_of(mails), "actions: not_a_choice") << "events never write to customers";
}

TEST_F(TimedRules, TicketsAreFoundByAnIndex) {  // S003
  keep(rule("Any", RuleMoment::created, 60, "{}", set("category", "x")));
  if (office_.database->kind() != db::Kind::sqlite) GTEST_SUCCEED();
  const std::vector<std::string> plan = office_.database->read([&](db::Transaction& tx) {
    std::vector<std::string> lines;
    if (tx.kind() != db::Kind::sqlite) return lines;
    for (const db::Row& row :
         tx.rows("EXPLAIN QUERY PLAN SELECT org_id, ticket_id, next_at FROM ticket_checks "
                 "WHERE next_at <= $1 ORDER BY next_at, org_id, ticket_id LIMIT $2",
                 {int64_t{1}, int64_t{100}})) {
      lines.push_back(row.text(3));
    }
    return lines;
  });
  for (const std::string& line : plan) {
    EXPECT_THAT(line, HasSubstr("ticket_checks_next"));
    EXPECT_THAT(line, Not(HasSubstr("TEMP B-TREE")));
  }
}

}  // namespace
}  // namespace tandem::test
