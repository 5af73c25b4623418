#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "access/oauth_clients.h"
#include "access/oauth_codes.h"
#include "api/desk/call_budget.h"
#include "tests/api/portal.h"

// What programs that were written for the Desk dialect rely on.

namespace tandem::test {
namespace {

using http::Method;
using testing::HasSubstr;
using testing::Not;

class DeskClients : public testing::Test {
 protected:
  Answer get(const std::string& path) { return portal_.dialect(agent_, Method::get, path); }
  Answer post(const std::string& path, const std::string& body) {
    return portal_.dialect(agent_, Method::post, path, body);
  }
  std::string ticket(const std::string& rest = "") {
    return "/tickets/" + to_string(ours_.ticket) + rest;
  }
  std::string mention(int64_t id) { return "zsu[@user:" + std::to_string(id) + "]zsu"; }
  int64_t count(const std::string& sql) {
    return portal_.program().database().read([&](db::Transaction& tx) { return tx.integer(sql); });
  }
  std::vector<std::string> fields_at_fault(const Answer& answer) {
    std::vector<std::string> fields;
    for (int at = 0;; ++at) {
      const std::string field = answer.at("errors." + std::to_string(at) + ".fieldName");
      if (field.empty()) return fields;
      fields.push_back(field);
    }
  }
  /// A member like the agent whose token has these scopes alone.
  Member with_scopes(const std::vector<std::string>& scopes) {
    Member member = agent_;
    portal_.program()
        .database()
        .write([&](db::Transaction& tx) -> Result<int> {
          access::Actor actor =
              access::system_actor(portal_.program().catalogue(), ours_.org, access::Path::system);
          actor.person = member.person;
          actor.id = member.agent;
          const access::CreatedOAuthClient client =
              TRY(access::create_oauth_client(tx, actor, {.name = "narrow"}));
          const access::IssuedCode code =
              TRY(access::issue_self_code(tx, actor, client.client.id, scopes, 10));
          query_ = {};
          query_.grant_type = "authorization_code";
          query_.client_id = client.client.client_id;
          query_.client_secret = client.secret;
          query_.code = code.code;
          return 0;
        })
        .value();
    member.access_token =
        access::grant_token(portal_.program().database(), query_).value().access_token;
    return member;
  }

  Portal portal_;
  Company& ours_ = portal_.ours();
  Member& agent_ = ours_.members["agent"];
  Member& administrator_ = ours_.members["administrator"];
  access::TokenQuery query_;
};

TEST_F(DeskClients, AMentionIsReadAndWrittenInTheDialectsSpelling) {  // S021
  const std::string spelled = mention(administrator_.person.value);
  const Answer added = post(ticket("/comments"), R"({"content":"<p>See )" + spelled + R"(!</p>"})");
  ASSERT_EQ(added.status, 200) << added.body;
  EXPECT_THAT(added.at("content"), HasSubstr(spelled));
  EXPECT_EQ(added.at("mention.0.zuid"), std::to_string(administrator_.person.value));
  EXPECT_EQ(added.at("mention.0.id"), to_string(administrator_.agent));
  EXPECT_EQ(count("SELECT COUNT(*) FROM notifications WHERE kind = 'mentioned' AND agent_id = " +
                  to_string(administrator_.agent)),
            1);
  const Answer shown =
      portal_.native(agent_, Method::get, Portal::desk(ours_, ticket("/timeline")));
  EXPECT_THAT(shown.body, HasSubstr("@administrator orchid"));
  EXPECT_THAT(shown.body, Not(HasSubstr("zsu[")));
  EXPECT_THAT(get(ticket("/comments")).body, HasSubstr(spelled));
  EXPECT_THAT(get(ticket("/conversations")).body, HasSubstr(spelled));
}

TEST_F(DeskClients, AMentionByTheIdOfAnAgentIsUnderstoodToo) {
  const Answer added = post(ticket("/comments"), R"({"contentType":"plainText","content":")" +
                                                     mention(administrator_.agent.value) + R"("})");
  EXPECT_THAT(added.at("content"), HasSubstr(mention(administrator_.person.value)));
}

TEST_F(DeskClients, AnEditMentionsWhomItNamesAnew) {
  const Answer added = post(ticket("/comments"), R"({"content":"See"})");
  const std::string path = ticket("/comments/" + added.at("id"));
  const std::string body = R"({"content":"See )" + mention(administrator_.person.value) + R"("})";
  const std::string told = "SELECT COUNT(*) FROM notifications WHERE kind = 'mentioned'";
  EXPECT_THAT(portal_.dialect(agent_, Method::patch, path, body).at("content"),
              HasSubstr(mention(administrator_.person.value)));
  EXPECT_EQ(count(told), 1);
  portal_.dialect(agent_, Method::patch, path, body);
  EXPECT_EQ(count(told), 1) << "once";
}

TEST_F(DeskClients, AMentionOfNobodyIsRefused) {
  const Answer refused = post(ticket("/comments"), R"({"content":")" + mention(77) + R"("})");
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(refused.at("errors.0.fieldName"), "/content");
  EXPECT_EQ(post(ticket("/comments"), R"({"content":"zsu[@user:ana]zsu"})").at("content"),
            "zsu[@user:ana]zsu")
      << "what is no id is text";
}

TEST_F(DeskClients, TheScopeOfSearchFindsWhatOtherScopesLetRead) {
  const Member searcher = with_scopes({"Desk.search.READ"});
  const auto status = [&](const Member& member, const std::string& path) {
    return portal_.dialect(member, Method::get, path).status;
  };
  for (const char* module :
       {"tickets", "contacts", "accounts", "products", "tasks", "events", "calls"}) {
    const Answer refused =
        portal_.dialect(searcher, Method::get, "/" + std::string(module) + "/search?_all=orchid");
    EXPECT_EQ(refused.status, 403) << module;
    EXPECT_EQ(refused.at("errorCode"), "SCOPE_MISMATCH") << module;
  }
  EXPECT_EQ(status(searcher, "/search?searchStr=orchid"), 204);
  EXPECT_EQ(status(searcher, "/search?searchStr=orchid&module=tickets"), 403);
  const Member of_tickets = with_scopes({"Desk.search.READ", "Desk.tickets.READ"});
  EXPECT_EQ(status(of_tickets, "/tickets/search?_all=orchid"), 200);
  EXPECT_EQ(status(of_tickets, "/contacts/search?_all=orchid"), 403);
  const Answer found = portal_.dialect(of_tickets, Method::get, "/search?searchStr=orchid");
  EXPECT_EQ(found.at("data.0.id"), to_string(ours_.ticket));
  EXPECT_EQ(found.at("count"), "1") << "neither contacts nor accounts";
}

TEST_F(DeskClients, HistoryNamesTheDepartmentAndTheAccessOfAShare) {  // S038, S067
  const std::string shipping = to_string(ours_.shipping);
  const auto share = [&](const std::string& list) {
    return portal_
        .dialect(administrator_, Method::patch, ticket(), R"({"sharedDepartments":)" + list + "}")
        .status;
  };
  ASSERT_EQ(share(R"([{"id":")" + shipping + R"(","type":"READ_ONLY"}])"), 200);
  ASSERT_EQ(share(R"([{"id":")" + shipping + R"(","type":"READ_WRITE"}])"), 200);
  ASSERT_EQ(share("[]"), 200);
  const Answer history = portal_.dialect(administrator_, Method::get, ticket("/history"));
  EXPECT_EQ(history.at("data.0.eventName"), "TicketShareRevoked");
  EXPECT_EQ(history.at("data.0.eventInfo.0.propertyName"), "departmentId");
  EXPECT_EQ(history.at("data.0.eventInfo.0.propertyValue"), shipping);
  EXPECT_EQ(history.at("data.0.eventInfo.1.propertyValue"), "orchid shipping");
  EXPECT_EQ(history.at("data.0.eventInfo.2.propertyName"), "type");
  EXPECT_EQ(history.at("data.0.eventInfo.2.propertyValue"), "READ_WRITE");
  EXPECT_EQ(history.at("data.1.eventInfo.2.propertyValue.previousValue"), "READ_ONLY");
  EXPECT_EQ(history.at("data.1.eventInfo.2.propertyValue.updatedValue"), "READ_WRITE");
  EXPECT_EQ(history.at("data.2.eventName"), "TicketShared");
  EXPECT_EQ(history.at("data.2.eventInfo.2.propertyValue"), "READ_ONLY");
}

TEST_F(DeskClients, EverythingThatIsMissingOrWrongIsToldAtOnce) {
  using testing::UnorderedElementsAre;
  EXPECT_THAT(fields_at_fault(post("/tickets", R"({"priority":"Nope"})")),
              UnorderedElementsAre("/priority", "/subject", "/departmentId", "/contactId"));
  EXPECT_THAT(fields_at_fault(post("/tickets", R"({"description":"Hello"})")),
              UnorderedElementsAre("/subject", "/departmentId", "/contactId"));
  EXPECT_THAT(fields_at_fault(post("/contacts", R"({"email":"kim","firstName":"Kim"})")),
              UnorderedElementsAre("/email", "/lastName"));
  EXPECT_THAT(fields_at_fault(post("/tasks", R"({"priority":"Nope"})")),
              testing::IsSupersetOf({"/priority", "/subject"}));
  const std::string contact = to_string(ours_.contact);
  EXPECT_THAT(
      fields_at_fault(post("/tickets", R"({"subject":" ","departmentId":"77","contactId":")" +
                                           contact + R"(","assigneeId":"78"})")),
      testing::IsSupersetOf({"/subject", "/departmentId"}));
}

TEST_F(DeskClients, TheNativeFaceTellsAllFaultsTogether) {
  const auto faults = [&](const std::string& body) {
    const Answer answer =
        portal_.native(agent_, Method::post, Portal::desk(ours_, "/tickets"), body);
    EXPECT_EQ(answer.status, 422) << answer.body;
    std::vector<std::string> fields;
    for (int at = 0; !answer.at("error.faults." + std::to_string(at) + ".field").empty(); ++at)
      fields.push_back(answer.at("error.faults." + std::to_string(at) + ".field"));
    return fields;
  };
  EXPECT_THAT(faults(R"({"priority":"nope"})"),
              testing::UnorderedElementsAre("priority", "subject", "department"));
  EXPECT_THAT(faults(R"({"subject":" "})"), testing::UnorderedElementsAre("subject", "department"));
}

TEST_F(DeskClients, EveryAnswerSaysHowManyCallsAreLeft) {
  const auto header = [](const Answer& answer, const char* name) {
    for (const auto& [key, value] : answer.response.headers) {
      if (key == name) return value;
    }
    return std::string();
  };
  const Answer first = get(ticket());
  EXPECT_EQ(header(first, "X-RATELIMIT-LIMIT"), "3000");
  EXPECT_EQ(header(first, "X-RATELIMIT-REMAINING"), "2999");
  EXPECT_EQ(header(first, "X-Rate-Limit-Remaining-v3"), "2999");
  EXPECT_EQ(header(first, "X-Rate-Limit-Request-Weight-v3"), "1");
  EXPECT_EQ(header(first, "X-RATELIMIT-RESET"),
            std::to_string((portal_.clock().now() + minute_ms).ms));
  EXPECT_EQ(header(get("/tickets/77"), "X-RATELIMIT-REMAINING"), "2998") << "a refusal, too";
  EXPECT_EQ(header(portal_.dialect(administrator_, Method::get, ticket()), "X-RATELIMIT-REMAINING"),
            "2999")
      << "each person has their own";
}

TEST(DeskCallBudget, WhoHasCalledTooOftenWaitsForTheNextMinute) {
  api::desk_dialect::CallBudgets budgets;
  access::OAuthToken token;
  token.org = {1};
  const Instant now{1'772'442'000'000};
  for (int64_t call = 0; call < api::desk_dialect::calls_per_minute_max; ++call)
    EXPECT_FALSE(budgets.take(token, now).is_spent);
  const api::desk_dialect::CallBudget spent = budgets.take(token, now + 20 * second_ms);
  EXPECT_TRUE(spent.is_spent);
  http::Response response;
  api::desk_dialect::show_budget(response, spent, now + 20 * second_ms);
  bool is_told = false;
  for (const auto& [name, value] : response.headers)
    is_told = is_told || (name == "Retry-After" && value == "40");
  EXPECT_TRUE(is_told);
  token.person = {2};
  EXPECT_FALSE(budgets.take(token, now + 20 * second_ms).is_spent) << "somebody else";
  token.person = {};
  EXPECT_FALSE(budgets.take(token, now + minute_ms).is_spent) << "the next minute";
}

TEST_F(DeskClients, CallsOfSharedTicketsStandInNoList) {  // S061, S062
  const std::string of_shipping = to_string(ours_.shipping_ticket);
  const auto note = [&](const std::string& id) {
    return portal_
        .dialect(administrator_, Method::post, "/calls",
                 R"({"ticketId":")" + id + R"(","direction":"inbound","duration":"60"})")
        .status;
  };
  ASSERT_EQ(note(of_shipping), 200);
  ASSERT_EQ(note(to_string(ours_.ticket)), 200);
  const Answer shared =
      portal_.dialect(administrator_, Method::patch, "/tickets/" + of_shipping,
                      R"({"sharedDepartments":[{"id":")" + to_string(ours_.support) +
                          R"(","type":"READ_WRITE"}]})");
  ASSERT_EQ(shared.status, 200) << shared.body;
  EXPECT_EQ(get("/tickets/" + of_shipping + "/calls").status, 200);
  EXPECT_EQ(get("/calls").at("data.0.ticketId"), to_string(ours_.ticket));
  EXPECT_EQ(get("/calls").at("data.1.ticketId"), "");
  EXPECT_EQ(get("/calls/search?ticketId=" + of_shipping).status, 204);
  EXPECT_EQ(portal_.dialect(administrator_, Method::get, "/calls").at("data.1.ticketId").empty(),
            false)
      << "whose department it is";
}

}  // namespace
}  // namespace tandem::test
