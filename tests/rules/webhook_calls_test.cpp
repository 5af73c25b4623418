#include "desk/webhooks/webhook_calls.h"

#include "desk/automation/automation_rules.h"
#include "desk/automation/macros.h"
#include "records/change_log.h"
#include "records/change_source.h"
#include "tests/rules/webhook_office.h"

// Rules and macros call webhooks. Manual, Automation 1.7.

namespace tandem::test {
namespace {

using desk::AutomationRule;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class WebhookCalls : public WebhookOffice {
 protected:
  void SetUp() override {
    WebhookOffice::SetUp();
    webhook_ = added({{.event = std::string(desk::call_event)}});
  }
  std::string calling(RecordId webhook) const {
    return R"([{"do":"webhook","webhook":")" + to_string(webhook) + R"("}])";
  }
  AutomationRule rule() const {
    AutomationRule wanted;
    wanted.name = "Tell the warehouse";
    wanted.event = desk::RuleEvent::ticket_updated;
    wanted.changed_field = "priority";
    wanted.actions_json = calling(webhook_);
    return wanted;
  }
  Result<AutomationRule> add_rule(const access::Actor& actor, const AutomationRule& wanted) {
    return office_.database->write(
        [&](db::Transaction& tx) { return desk::add_automation_rule(tx, actor, wanted); });
  }
  Result<desk::Macro> add_macro(const access::Actor& actor, desk::MacroAudience audience) {
    desk::Macro wanted;
    wanted.name = "Order a parcel";
    wanted.audience = audience;
    wanted.actions_json = calling(webhook_);
    return office_.database->write(
        [&](db::Transaction& tx) { return desk::add_macro(tx, actor, wanted); });
  }
  void set_priority(RecordId ticket, const char* priority) {
    ASSERT_TRUE(office_.change(ana_, "tickets", ticket, {{"priority", priority}}));
  }
  /// "<author>: <event>", newest first.
  std::vector<std::string> history(RecordId ticket) {
    return office_.database->read([&](db::Transaction& tx) {
      std::vector<std::string> lines;
      const auto page = records::history_of(tx, office_.org, "tickets", ticket, "", 100);
      for (const records::LogEntry& entry : page->entries) {
        lines.push_back(entry.author.name + ": " + entry.event);
      }
      return lines;
    });
  }
  std::string newest_detail(RecordId ticket) {
    return office_.database->read([&](db::Transaction& tx) {
      return records::history_of(tx, office_.org, "tickets", ticket, "", 1)
          ->entries.front()
          .detail_json;
    });
  }
  void switch_off() {
    desk::Webhook webhook = now(webhook_);
    webhook.is_enabled = false;
    ASSERT_TRUE(change(webhook));
  }

  RecordId webhook_;
};

TEST_F(WebhookCalls, ARuleCallsTheWebhookItNamesAndStandsInTheHistory) {
  added({{.event = std::string(desk::call_event)}});  // another one, which nobody calls
  ASSERT_TRUE(add_rule(ada_, rule()));
  const RecordId ticket = office_.ticket("Refund");
  set_priority(ticket, "high");
  run();
  ASSERT_THAT(events(), ElementsAre("Automation_Call"));
  const HeardRequest request = heard().front();
  const Json& event = request.json.as_array().front();
  EXPECT_EQ(text_of(*find(event, "payload"), "id"), to_string(ticket));
  EXPECT_EQ(text_of(*find(event, "payload"), "priority"), "High");
  EXPECT_EQ(text_of(*find(event, "calledBy"), "name"), "Tell the warehouse");
  EXPECT_EQ(text_of(*find(event, "calledBy"), "type"), "rule");
  EXPECT_EQ(history(ticket).front(), "Tell the warehouse: webhook_called");
  EXPECT_THAT(newest_detail(ticket), HasSubstr("Warehouse"));
}

TEST_F(WebhookCalls, WhatRolledBackCallsNobody) {
  ASSERT_TRUE(add_rule(ada_, rule()));
  const RecordId ticket = office_.ticket("Refund");
  const auto refused = office_.database->write([&](db::Transaction& tx) -> Result<bool> {
    TRY(operations::update_record(tx, ana_, *office_.catalogue.find("tickets"), ticket,
                                  {{"priority", "high"}}));
    return not_found("Something after it.");
  });
  ASSERT_FALSE(refused);
  run();
  EXPECT_THAT(http_.requests(), IsEmpty());
}

TEST_F(WebhookCalls, AServerThatIsDownHoldsNobodyUpAndIsCalledLater) {
  ASSERT_TRUE(add_rule(ada_, rule()));
  const RecordId ticket = office_.ticket("Refund");
  http_.answers("HTTP/1.1 503 Down");
  set_priority(ticket, "high");
  run();
  EXPECT_EQ(log(webhook_).front().state, "waiting");
  EXPECT_EQ(office_.read("tickets", ticket).get("priority").text(), "high");
  http_.answers("HTTP/1.1 200 OK");
  office_.clock.advance_ms(10 * minute_ms);
  run();
  EXPECT_EQ(log(webhook_).front().state, "delivered");
  EXPECT_EQ(log(webhook_).front().attempts, 2);
}

TEST_F(WebhookCalls, ASlowServerAndOneThatTalksRubbishAreAskedAgain) {
  ASSERT_TRUE(add_rule(ada_, rule()));
  const RecordId ticket = office_.ticket("Refund");
  http_.stays_silent();
  set_priority(ticket, "high");
  run();
  EXPECT_EQ(log(webhook_).front().state, "waiting");
  http_.answers_bytes("\x01\x02 rubbish\r\n\r\n");
  office_.clock.advance_ms(10 * minute_ms);
  run();
  EXPECT_EQ(log(webhook_).front().state, "waiting");
  EXPECT_EQ(log(webhook_).front().attempts, 2);
}

TEST_F(WebhookCalls, AWebhookThatIsOffIsNotedAndFailsNobodysAct) {
  ASSERT_TRUE(add_rule(ada_, rule()));
  const RecordId ticket = office_.ticket("Refund");
  switch_off();
  set_priority(ticket, "high");
  run();
  EXPECT_THAT(http_.requests(), IsEmpty());
  EXPECT_EQ(history(ticket).front(), "Tell the warehouse: automation_refused");
  EXPECT_THAT(newest_detail(ticket), HasSubstr("webhook_is_off"));
  const auto why = office_.database->read([&](db::Transaction& tx) {
    const auto rules = desk::list_automation_rules(tx, ada_);
    return desk::problem_of(tx, ada_, rules->front());
  });
  EXPECT_THAT(why, HasSubstr("switched off"));
}

TEST_F(WebhookCalls, AMacroCallsForThePersonWhoRunsIt) {
  const auto macro = add_macro(ada_, desk::MacroAudience::everybody);
  ASSERT_TRUE(macro) << macro.error().message;
  const RecordId ticket = office_.ticket("Refund");
  const auto ran = office_.database->write(
      [&](db::Transaction& tx) { return desk::run_macro(tx, ana_, macro->id, {ticket}); });
  ASSERT_TRUE(ran);
  EXPECT_FALSE(ran->front().refusal);
  run();
  ASSERT_THAT(events(), ElementsAre("Automation_Call"));
  const HeardRequest request = heard().front();
  const Json& event = request.json.as_array().front();
  EXPECT_EQ(text_of(*find(event, "calledBy"), "name"), "Order a parcel");
  EXPECT_EQ(text_of(*find(event, "calledBy"), "type"), "macro");
  EXPECT_EQ(history(ticket).at(1), "ana: webhook_called");
}

TEST_F(WebhookCalls, OnlyAdministratorsPutACallIntoARuleOrMacro) {
  const auto macro = add_macro(ana_, desk::MacroAudience::owner);
  ASSERT_FALSE(macro);
  EXPECT_EQ(macro.error().kind, RefusalKind::forbidden);
}

TEST_F(WebhookCalls, AWebhookThatTakesNoCallsIsRefused) {
  const RecordId other = added({{.event = "Ticket_Add"}});
  for (const std::string& actions :
       {calling(other), calling(RecordId{5}), std::string(R"([{"do":"webhook"}])"),
        std::string(R"([{"do":"webhook","url":"http://x.example"}])")}) {
    AutomationRule wanted = rule();
    wanted.actions_json = actions;
    const auto refused = add_rule(ada_, wanted);
    ASSERT_FALSE(refused) << actions;
    EXPECT_EQ(refused.error().field, "actions") << actions;
  }
}

TEST_F(WebhookCalls, ARuleAndAServerThatAnswersItComeToAnEnd) {
  AutomationRule wanted = rule();
  wanted.changed_field = "subject";
  ASSERT_TRUE(add_rule(ada_, wanted));
  const RecordId ticket = office_.ticket("Refund");
  for (int64_t round = 0; round <= desk::webhook_calls_per_hour_max; ++round) {
    ASSERT_TRUE(
        office_.change(ana_, "tickets", ticket, {{"subject", "Refund " + std::to_string(round)}}));
  }
  run();
  EXPECT_THAT(events(), SizeIs(size_t(desk::webhook_calls_per_hour_max)));
  EXPECT_THAT(newest_detail(ticket), HasSubstr("too_many_calls"));
  office_.clock.advance_ms(hour_ms);
  ASSERT_TRUE(office_.change(ana_, "tickets", ticket, {{"subject", "An hour later"}}));
  EXPECT_EQ(history(ticket).front(), "Tell the warehouse: webhook_called");
}

TEST_F(WebhookCalls, WhatItsOwnServerCausedIsNotToldToAWebhook) {  // manual, Webhooks 1.5
  desk::Webhook webhook = now(webhook_);
  webhook.subscriptions = {{.event = "Ticket_Update"},
                           {.event = "Ticket_Comment_Add"},
                           {.event = std::string(desk::call_event)}};
  webhook.source_id = "warehouse-1";
  ASSERT_TRUE(change(webhook));
  ASSERT_TRUE(add_rule(ada_, rule()));
  const RecordId ticket = office_.ticket("Refund");
  const auto set = [&](std::string_view source, const char* priority) {
    const auto named = records::named_by(*office_.database, source);
    const auto done = named->write([&](db::Transaction& tx) -> Result<bool> {
      TRY(operations::update_record(tx, ana_, *office_.catalogue.find("tickets"), ticket,
                                    {{"priority", priority}}));
      return true;
    });
    ASSERT_TRUE(done);
    run();
  };
  set("warehouse-1", "high");
  EXPECT_THAT(events(), IsEmpty());
  EXPECT_THAT(history(ticket), Not(testing::Contains(HasSubstr("webhook_called"))));
  EXPECT_THAT(newest_detail(ticket), HasSubstr("warehouse-1"));
  set("another", "low");
  EXPECT_THAT(events(), ElementsAre("Ticket_Update", "Automation_Call"));
  set("", "urgent");
  EXPECT_THAT(events(), SizeIs(4));
  EXPECT_THAT(newest_detail(ticket), Not(HasSubstr("source")));
}

TEST_F(WebhookCalls, ANameThatIsTooLongIsNobodys) {
  const auto named = records::named_by(*office_.database, std::string(101, 'x'));
  const auto source = named->write([&](db::Transaction&) -> Result<std::string> {
    return std::string(records::change_source());
  });
  EXPECT_EQ(*source, "");
}

TEST_F(WebhookCalls, ARefusalOfANamedWriteIsTheBodysOwn) {
  const auto named = records::named_by(*office_.database, "warehouse-1");
  const auto refused = named->write([&](db::Transaction& tx) -> Result<bool> {
    TRY(operations::update_record(tx, ana_, *office_.catalogue.find("tickets"), RecordId{5},
                                  {{"priority", "high"}}));
    return true;
  });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, RefusalKind::not_found);
}

}  // namespace
}  // namespace tandem::test
