#include <gtest/gtest.h>

#include "tests/api/portal.h"

// Rules and macros as the browser uses them.

namespace tandem::test {
namespace {

using http::Method;

class AutomationApi : public testing::Test {
 protected:
  Answer call(const Member& member, Method method, const std::string& rest,
              const std::string& body = "") {
    return portal_.native(member, method, Portal::desk(ours_, rest), body);
  }

  Portal portal_;
  Company& ours_ = portal_.ours();
  Member& administrator_ = ours_.members["administrator"];
  Member& agent_ = ours_.members["agent"];
  const std::string ticket_ = to_string(ours_.ticket);
};

constexpr const char* rule_body =
    R"({"name":"Parcels","event":"ticket_updated","conditions":{"field":"subject","contains":"a"},)"
    R"("changed":{"field":"priority","to":"urgent"},"actions":[{"do":"escalate"}]})";

TEST_F(AutomationApi, ARuleIsMadeListedOrderedSwitchedAndRemoved) {  // S003
  const Answer rule = call(administrator_, Method::post, "/automation_rules", rule_body);
  ASSERT_EQ(rule.status, 201) << rule.body;
  EXPECT_EQ(rule.at("event"), "ticket_updated");
  EXPECT_EQ(rule.at("changed.to"), "urgent");
  EXPECT_EQ(rule.at("actions.0.do"), "escalate");
  EXPECT_EQ(rule.at("is_active"), "true");
  EXPECT_EQ(rule.at("problem"), "null");
  const Answer second =
      call(administrator_, Method::post, "/automation_rules",
           R"({"name":"First","event":"ticket_created","position":1,)"
           R"("actions":[{"do":"set_field","field":"category","value":"Post"}]})");
  ASSERT_EQ(second.status, 201) << second.body;
  const Answer list = call(administrator_, Method::get, "/automation_rules");
  EXPECT_EQ(list.at("rules.0.name"), "First") << list.body;
  EXPECT_EQ(list.at("rules.1.position"), "2");

  const std::string path = "/automation_rules/" + rule.at("id");
  const Answer off = call(administrator_, Method::patch, path, R"({"is_active":false})");
  EXPECT_EQ(off.at("is_active"), "false") << off.body;
  EXPECT_EQ(off.at("name"), "Parcels") << "what is not said stays";
  const std::string first = "/automation_rules/" + second.at("id");
  EXPECT_EQ(call(administrator_, Method::del, first).status, 204);
  EXPECT_EQ(call(administrator_, Method::del, first).status, 404);
  const Answer left = call(administrator_, Method::get, "/automation_rules");
  EXPECT_EQ(left.at("rules.0.position"), "1") << "no gap is left";
}

TEST_F(AutomationApi, AnActOfARuleIsShownInTheHistoryByTheRulesName) {  // S003
  ASSERT_EQ(call(administrator_, Method::post, "/automation_rules", rule_body).status, 201);
  const Answer saved =
      call(agent_, Method::patch, "/tickets/" + ticket_, R"({"priority":"urgent"})");
  ASSERT_EQ(saved.status, 200) << saved.body;
  EXPECT_EQ(saved.at("is_escalated"), "true") << saved.body;
  const Answer history = call(agent_, Method::get, "/tickets/" + ticket_ + "/history");
  EXPECT_EQ(history.at("entries.0.author.name"), "Parcels") << history.body;
  EXPECT_EQ(history.at("entries.0.path"), "automation");
}

constexpr const char* timed_body =
    R"({"name":"Week","event":"time_passed","timing":{"moment":"status_changed",)"
    R"("wait_minutes":10080,"counting":"day_and_night","takes_earlier":true},)"
    R"("conditions":{"field":"status","is":"on_hold"},)"
    R"("actions":[{"do":"set_field","field":"status","value":"closed"},)"
    R"({"do":"mail","html":"<p>Bye</p>"}]})";

TEST_F(AutomationApi, ARuleOfTimeSaysWhichTicketsItWouldTouchNow) {  // S003
  const Answer rule = call(administrator_, Method::post, "/automation_rules", timed_body);
  ASSERT_EQ(rule.status, 201) << rule.body;
  EXPECT_EQ(rule.at("timing.moment"), "status_changed");
  EXPECT_EQ(rule.at("timing.wait_minutes"), "10080");
  EXPECT_EQ(rule.at("timing.takes_earlier"), "true");
  const Answer list = call(administrator_, Method::get, "/automation_rules");
  EXPECT_EQ(list.at("walk.finished_at"), "null") << list.body;
  const std::string past =
      R"({"name":"Any","event":"time_passed","timing":{"moment":"due","wait_minutes":-525600},)"
      R"("actions":[{"do":"escalate"}]})";
  EXPECT_EQ(call(administrator_, Method::post, "/automation_rules/preview", past).at("count"), "0");
  ASSERT_EQ(
      call(agent_, Method::patch, "/tickets/" + ticket_, R"({"due_at":"2026-03-03T09:00:00Z"})")
          .status,
      200);
  const Answer seen = call(administrator_, Method::post, "/automation_rules/preview", past);
  EXPECT_EQ(seen.at("count"), "1") << seen.body;
  EXPECT_EQ(seen.at("tickets.0.id"), ticket_);
  EXPECT_EQ(seen.at("is_exact"), "true");
  EXPECT_EQ(call(agent_, Method::post, "/automation_rules/preview", past).status, 403);
  const Answer event = call(administrator_, Method::post, "/automation_rules/preview", rule_body);
  EXPECT_EQ(event.at("error.field"), "event") << event.body;
}

TEST_F(AutomationApi, RulesAreForWhoManagesTheOrganisation) {  // S003
  EXPECT_EQ(call(agent_, Method::get, "/automation_rules").status, 403);
  EXPECT_EQ(call(agent_, Method::post, "/automation_rules", rule_body).status, 403);
}

TEST_F(AutomationApi, WhatIsWrongWithARuleIsNamed) {  // S003
  const std::pair<const char*, const char*> rows[] = {
      {R"({"event":"ticket_created","actions":[{"do":"escalate"}]})", "name"},
      {R"({"name":"x","event":"moon","actions":[{"do":"escalate"}]})", "event"},
      {R"({"name":"x","event":"time_passed","timing":5,"actions":[{"do":"escalate"}]})", "timing"},
      {R"({"name":"x","event":"time_passed","timing":{"moment":"moon","wait_minutes":5},)"
       R"("actions":[{"do":"escalate"}]})",
       "timing"},
      {R"({"name":"x","event":"time_passed","actions":[{"do":"escalate"}]})", "timing"},
      {R"({"name":"x","changed":5,"actions":[{"do":"escalate"}]})", "changed"},
      {R"({"name":"x","conditions":{"field":"moon","is":1},"actions":[{"do":"escalate"}]})",
       "conditions"},
      {R"({"name":"x","actions":"escalate"})", "actions"},
      {R"({"name":"x","actions":[5]})", "actions"},
      {R"({"name":"x","department":"5","actions":[{"do":"escalate"}]})", "department"},
      {R"({"name":"x","colour":"red"})", "colour"}};
  for (const auto& [body, field] : rows) {
    const Answer answer = call(administrator_, Method::post, "/automation_rules", body);
    EXPECT_EQ(answer.status, 422) << body;
    EXPECT_EQ(answer.at("error.field"), field) << body << answer.body;
  }
}

TEST_F(AutomationApi, AMacroIsMadeRunChangedAndRemoved) {  // S003
  const Answer macro = call(agent_, Method::post, "/macros",
                            R"({"name":"Hot","actions":[{"do":"set_field","field":"priority",)"
                            R"("value":"urgent"},{"do":"comment","html":"<p>Hurry</p>"}]})");
  ASSERT_EQ(macro.status, 201) << macro.body;
  EXPECT_EQ(macro.at("is_shared"), "false");
  EXPECT_EQ(macro.at("may_change"), "true");
  EXPECT_EQ(call(agent_, Method::get, "/macros").at("macros.0.name"), "Hot");
  EXPECT_EQ(call(administrator_, Method::get, "/macros").body, R"({"macros":[]})");
  const std::string here = "/macros?tickets=" + ticket_;
  EXPECT_EQ(call(agent_, Method::get, here).at("macros.0.name"), "Hot");
  EXPECT_EQ(call(agent_, Method::get, "/macros?tickets=999999").body, R"({"macros":[]})");
  EXPECT_EQ(call(agent_, Method::get, "/macros?tickets=x").status, 422);

  const std::string path = "/macros/" + macro.at("id");
  const Answer run = call(agent_, Method::post, path + "/run", R"({"ticket":")" + ticket_ + "\"}");
  ASSERT_EQ(run.status, 200) << run.body;
  EXPECT_EQ(run.at("results.0.ok"), "true") << run.body;
  EXPECT_EQ(call(agent_, Method::get, "/tickets/" + ticket_).at("priority"), "urgent");
  const std::string foreign = to_string(portal_.theirs().ticket);
  const Answer nothing =
      call(agent_, Method::post, path + "/run", R"({"tickets":[")" + foreign + "\"]}");
  EXPECT_EQ(nothing.at("results.0.error.kind"), "not_found") << nothing.body;
  EXPECT_EQ(call(agent_, Method::post, path + "/run", "{}").status, 422);
  EXPECT_EQ(
      call(administrator_, Method::post, path + "/run", R"({"ticket":")" + ticket_ + "\"}").status,
      404);

  EXPECT_EQ(call(agent_, Method::patch, path, R"({"is_shared":true})").status, 403);
  EXPECT_EQ(call(agent_, Method::patch, path, R"({"name":"Warm"})").at("name"), "Warm");
  EXPECT_EQ(call(agent_, Method::del, path).status, 204);
}

}  // namespace
}  // namespace tandem::test
