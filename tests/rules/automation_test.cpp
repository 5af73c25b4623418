#include "desk/automation/automation.h"

#include <gmock/gmock.h>

#include "access/organisations.h"
#include "desk/automation/automation_assignment.h"
#include "desk/sharing/ticket_visibility.h"
#include "tests/rules/automation_office.h"

namespace tandem::test {
namespace {

using desk::AutomationRule;
using desk::RuleEvent;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Automation : public AutomationOffice {
 protected:
  static AutomationRule rule(const std::string& name, RuleEvent event,
                             const std::string& conditions, const std::string& actions) {
    AutomationRule wanted;
    wanted.name = name;
    wanted.event = event;
    wanted.conditions_json = conditions;
    wanted.actions_json = "[" + actions + "]";
    return wanted;
  }
  AutomationRule keep(const std::string& name, RuleEvent event, const std::string& conditions,
                      const std::string& actions) {
    return added(rule(name, event, conditions, actions));
  }
  std::string newest_detail(RecordId ticket) {
    return office_.database->read([&](db::Transaction& tx) {
      return records::history_of(tx, office_.org, "tickets", ticket, "", 1)
          ->entries.front()
          .detail_json;
    });
  }
  RecordId support_ = office_.department("Support");
  RecordId billing_ = office_.department("Billing");
};

TEST_F(Automation, ARuleActsWhenATicketIsMadeAndStandsInItsHistoryByName) {  // S003
  keep("Urgent words", RuleEvent::ticket_created, R"({"field":"subject","contains":"down"})",
       set("priority", "urgent") + R"(,{"do":"escalate"})");
  const RecordId down = office_.ticket("The server is down");
  EXPECT_EQ(get(down, "priority"), "urgent");
  EXPECT_TRUE(office_.read("tickets", down).get("is_escalated").truth());
  EXPECT_THAT(history(down),
              ElementsAre("Urgent words by automation: updated",
                          "Urgent words by automation: updated", "Tandem by system: created"));
  EXPECT_EQ(get(office_.ticket("A question"), "priority"), "");
}

TEST_F(Automation, EachEventStartsItsOwnRules) {  // S003
  const std::pair<RuleEvent, const char*> events[] = {{RuleEvent::customer_replied, "customer"},
                                                      {RuleEvent::agent_replied, "agent"},
                                                      {RuleEvent::comment_added, "comment"},
                                                      {RuleEvent::status_changed, "status"},
                                                      {RuleEvent::ticket_updated, "update"}};
  const RecordId ticket = office_.mail_in({}).ticket;
  for (const auto& [event, word] : events) keep(word, event, "{}", set("category", word));
  const auto becomes = [&] {
    const std::string category = get(ticket, "category");
    EXPECT_TRUE(office_.change(office_.program(), "tickets", ticket, {{"resolution", "x"}}));
    return category;
  };
  ASSERT_TRUE(office_.comment(ana_, ticket, "<p>Look</p>"));
  EXPECT_EQ(history(ticket)[1], "comment by automation: updated") << history(ticket)[1];
  ASSERT_TRUE(office_.reply(ana_, ticket, {.html = "<p>Yes</p>"}));
  EXPECT_THAT(history(ticket), testing::Contains("agent by automation: updated"));
  const std::string id = office_.outbox().back().message_id;
  office_.mail_in({.subject = "Re: Router is broken", .headers = {"In-Reply-To: <" + id + ">"}});
  EXPECT_THAT(history(ticket), testing::Contains("customer by automation: updated"));
  write(ana_, ticket, {{"status", "closed"}});
  EXPECT_THAT(history(ticket), testing::Contains("status by automation: updated"));
  EXPECT_EQ(becomes(), "update") << "the rules of changes come last and were asked each time";
}

TEST_F(Automation, WhatACustomersMachineAnswersIsNoReply) {  // S003
  const RecordId ticket = office_.mail_in({}).ticket;
  ASSERT_TRUE(office_.reply(ana_, ticket, {.html = "<p>Yes</p>"}));
  keep("Answered", RuleEvent::customer_replied, "{}", set("priority", "high"));
  const std::string id = office_.outbox().back().message_id;
  office_.mail_in({.headers = {"In-Reply-To: <" + id + ">", "Auto-Submitted: auto-replied"}});
  EXPECT_EQ(get(ticket, "priority"), "");
  office_.mail_in({.headers = {"In-Reply-To: <" + id + ">"}});
  EXPECT_EQ(get(ticket, "priority"), "high");
}

TEST_F(Automation, AFieldThatChangedToAValueStartsARule) {  // S003
  AutomationRule wanted =
      rule("Hot", RuleEvent::ticket_updated, "{}", R"({"do":"comment","html":"<p>Hurry</p>"})");
  wanted.changed_field = "priority";
  wanted.changed_to_json = "\"urgent\"";
  added(wanted);
  const RecordId ticket = office_.ticket("Parcel");
  write(ana_, ticket, {{"priority", "high"}});
  EXPECT_EQ(office_.read("tickets", ticket).get("comment_count").number(), 0);
  write(ana_, ticket, {{"priority", "urgent"}});
  EXPECT_EQ(office_.read("tickets", ticket).get("comment_count").number(), 1);
  write(ana_, ticket, {{"category", "Post"}});
  EXPECT_EQ(office_.read("tickets", ticket).get("comment_count").number(), 1)
      << "it is urgent, but it did not become so now";
}

TEST_F(Automation, ARuleOfADepartmentLeavesTheOthersAlone) {  // S003
  AutomationRule wanted =
      rule("Support only", RuleEvent::ticket_created, "{}", set("priority", "low"));
  wanted.department = support_;
  added(wanted);
  EXPECT_EQ(get(office_.ticket("One"), "priority"), "low");
  EXPECT_EQ(get(office_.ticket("Two", {{"department", billing_}}), "priority"), "");
}

TEST_F(Automation, TwoRulesThatUndoEachOtherActOnceEach) {  // S003: no rule can loop
  keep("Down", RuleEvent::ticket_updated, R"({"field":"priority","is":"high"})",
       set("priority", "low"));
  keep("Up", RuleEvent::ticket_updated, R"({"field":"priority","is":"low"})",
       set("priority", "high"));
  const RecordId ticket = office_.ticket("Parcel");
  write(ana_, ticket, {{"priority", "high"}});
  EXPECT_EQ(get(ticket, "priority"), "high");
  EXPECT_THAT(history(ticket),
              ElementsAre("Up by automation: updated", "Down by automation: updated",
                          "ana by ui: updated", "Tandem by system: created"));
}

TEST_F(Automation, AnEarlierRuleIsAskedAgainAfterALaterOneActed) {  // S003
  keep("First", RuleEvent::ticket_created, R"({"field":"category","is":"Post"})",
       set("priority", "high"));
  keep("Second", RuleEvent::ticket_created, "{}", set("category", "Post"));
  EXPECT_EQ(get(office_.ticket("Parcel"), "priority"), "high");
}

TEST_F(Automation, AllRulesTogetherDoAtMostTenThingsAfterOneAct) {  // S003
  for (int number = 1; number <= 12; ++number) {
    keep("Rule " + std::to_string(number), RuleEvent::ticket_created, "{}",
         set("category", "Category " + std::to_string(number)));
  }
  const RecordId ticket = office_.ticket("Parcel");
  EXPECT_EQ(get(ticket, "category"), "Category 10");
  EXPECT_EQ(history(ticket).size(), 12u) << "created, ten acts, and the note that it was enough";
  EXPECT_EQ(history(ticket).front(), "Rule 11 by automation: automation_refused");
  EXPECT_THAT(newest_detail(ticket), HasSubstr("too_many_acts"));
}

TEST_F(Automation, StopEndsTheRound) {  // S003
  keep("First", RuleEvent::ticket_created, "{}", set("priority", "low") + R"(,{"do":"stop"})");
  keep("Second", RuleEvent::ticket_created, "{}", set("priority", "high"));
  EXPECT_EQ(get(office_.ticket("Parcel"), "priority"), "low");
}

TEST_F(Automation, WhatIsRefusedIsNotedAndFailsNobodysAct) {  // S003
  keep("Pass on", RuleEvent::ticket_updated, "{}",
       R"({"do":"move","department":")" + to_string(billing_) + R"("},)" + set("category", "Post"));
  ASSERT_TRUE(office_.change(ada_, "departments", billing_, {{"is_enabled", int64_t{0}}}));
  const RecordId ticket = office_.ticket("Parcel");
  write(ana_, ticket, {{"priority", "high"}});
  const records::Record left = office_.read("tickets", ticket);
  EXPECT_EQ(left.get("priority").text(), "high");
  EXPECT_EQ(left.get("department").id(), support_);
  EXPECT_EQ(left.get("category").text(), "Post") << "the next action is done all the same";
  EXPECT_EQ(history(ticket)[1], "Pass on by automation: automation_refused");
}

TEST_F(Automation, TicketsGoRoundTheAgentsOfTheDepartment) {  // S003
  office_.light_agent("lee", {"Support"});
  const access::Actor ben = office_.agent("ben", {"Support"});
  office_.agent("cleo", {"Billing"});
  keep("Round", RuleEvent::ticket_created, R"({"field":"owner","is_empty":true})",
       R"({"do":"assign","to":"round_robin"})");
  const auto owner = [&] {
    return office_.read("tickets", office_.ticket("Parcel")).get("owner").id();
  };
  const RecordId first = owner(), second = owner(), third = owner();
  EXPECT_THAT((std::vector<RecordId>{first, second}),
              testing::UnorderedElementsAre(ana_.id, ben.id));
  EXPECT_EQ(third, first);
}

TEST_F(Automation, TicketsGoToWhoHasTheFewest) {  // S003
  const access::Actor ben = office_.agent("ben", {"Support"});
  office_.ticket("Has one", {{"owner", ana_.id}});
  office_.ticket("Closed ones do not count", {{"owner", ben.id}, {"status", "closed"}});
  keep("Load", RuleEvent::ticket_created, "{}", R"({"do":"assign","to":"least_load"})");
  EXPECT_EQ(office_.read("tickets", office_.ticket("Parcel")).get("owner").id(), ben.id);
}

TEST_F(Automation, ADepartmentWithoutAgentsIsNoted) {  // S003
  keep("Round", RuleEvent::ticket_created, "{}", R"({"do":"assign","to":"round_robin"})");
  const RecordId ticket = office_.ticket("Parcel", {{"department", billing_}});
  EXPECT_THAT(newest_detail(ticket), HasSubstr("nobody_to_assign"));
}

TEST_F(Automation, ARuleSharesATicketAsTheOrganisationItself) {  // S003, S038
  keep("Money", RuleEvent::ticket_created, R"({"field":"subject","contains":"invoice"})",
       R"({"do":"share","department":")" + to_string(billing_) + R"(","access":"read_only"})");
  const access::Actor cleo = office_.agent("cleo", {"Billing"});
  const RecordId ticket = office_.ticket("My invoice");
  EXPECT_EQ(desk::access_to(cleo, office_.read("tickets", ticket)), desk::TicketAccess::read_only);
  EXPECT_EQ(history(ticket).front(), "Money by automation: shared");
  ASSERT_TRUE(office_.database->write([&](db::Transaction& tx) {
    return access::switch_feature(tx, ada_, "ticket_sharing", access::FeatureState::off);
  }));
  const RecordId later = office_.ticket("Another invoice");
  EXPECT_THAT(newest_detail(later), HasSubstr("sharing_is_off"));
}

TEST_F(Automation, ARuleThatIsOffRestsAndAChangeCountsAtOnce) {  // S003
  AutomationRule kept = keep("Low", RuleEvent::ticket_created, "{}", set("priority", "low"));
  EXPECT_EQ(get(office_.ticket("One"), "priority"), "low");
  kept.is_active = false;
  ASSERT_TRUE(office_.database->write(
      [&](db::Transaction& tx) { return desk::change_automation_rule(tx, ada_, kept); }));
  EXPECT_EQ(get(office_.ticket("Two"), "priority"), "");
  ASSERT_TRUE(office_.database->write(
      [&](db::Transaction& tx) { return desk::remove_automation_rule(tx, ada_, kept.id); }));
}

TEST_F(Automation, WhatIsImportedStartsNoRule) {  // S003
  keep("Low", RuleEvent::ticket_created, "{}", set("priority", "low"));
  access::Actor importer = office_.program();
  importer.path = access::Path::import;
  const auto ticket =
      office_.create(importer, "tickets", {{"subject", "Old"}, {"department", support_}});
  ASSERT_TRUE(ticket);
  EXPECT_EQ(get(ticket->id, "priority"), "");
}

TEST_F(Automation, RulesThatCannotWorkAreRefused) {  // S003
  const std::string good = set("priority", "low");
  const auto with = [&](const std::string& conditions, const std::string& actions) {
    return refusal_of(rule("New", RuleEvent::ticket_created, conditions, actions));
  };
  EXPECT_EQ(refusal_of(rule(" ", RuleEvent::ticket_created, "{}", good)), "name: required");
  EXPECT_EQ(with(R"({"field":"colour","is":"red"})", good), "conditions: unknown_field");
  EXPECT_EQ(with(R"({"field":"owner","is":"me"})", good), "conditions: asks_for_me");
  EXPECT_EQ(with("{}", ""), "actions: required");
  EXPECT_EQ(with("{}", R"({"do":"dance"})"), "actions: not_a_choice");
  EXPECT_EQ(with("{}", R"({"do":"draft","kind":"reply","html":"Hi"})"), "actions: not_a_choice")
      << "nobody is there whose draft it would be";
  EXPECT_EQ(with("{}", set("colour", "red")), "actions: unknown_field");
  EXPECT_EQ(with("{}", set("", "red")), "actions: no_field");
  EXPECT_EQ(with("{}", set("shares", "red")), "actions: read_only");
  EXPECT_EQ(with("{}", set("priority", "enormous")), "actions: wrong_value");
  EXPECT_EQ(with("{}", R"({"do":"assign","to":"me"})"), "actions: required");
  EXPECT_EQ(with("{}", R"({"do":"assign","to":"123"})"), "actions: not_found");
  EXPECT_EQ(with("{}", R"({"do":"move","department":"123"})"), "actions: not_found");
  EXPECT_EQ(with("{}", R"({"do":"comment","html":" "})"), "actions: required");
  EXPECT_EQ(with("{}", R"({"do":"escalate","to":"me"})"), "actions: unknown_key");
  std::string eleven = good;
  for (int count = 1; count < 11; ++count) eleven += "," + good;
  EXPECT_EQ(with("{}", eleven), "actions: too_many");
  AutomationRule changed = rule("New", RuleEvent::ticket_updated, "{}", good);
  changed.changed_field = "colour";
  EXPECT_EQ(refusal_of(changed), "changed: unknown_field");
  changed.changed_field = "priority";
  changed.changed_to_json = "\"enormous\"";
  EXPECT_EQ(refusal_of(changed), "changed: not_a_choice");
  keep("New", RuleEvent::ticket_created, "{}", good);
  EXPECT_EQ(with("{}", good), "name: duplicate");
  const auto refused = office_.database->write([&](db::Transaction& tx) {
    return desk::add_automation_rule(tx, ana_, rule("Mine", RuleEvent::ticket_created, "{}", good));
  });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, RefusalKind::forbidden);
}

TEST_F(Automation, ThereAreAtMostAHundredRules) {  // S003
  const std::string good = set("priority", "low");
  for (size_t number = 0; number < desk::automation_rules_max; ++number) {
    keep("Rule " + std::to_string(number), RuleEvent::agent_replied, "{}", good);
  }
  EXPECT_EQ(refusal_of(rule("One more", RuleEvent::agent_replied, "{}", good)), "name: too_many");
}

}  // namespace
}  // namespace tandem::test
