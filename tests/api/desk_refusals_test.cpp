#include <gtest/gtest.h>

#include "tests/api/portal.h"

// What the Desk dialect says when it says no: its own words, its own statuses.

namespace tandem::test {
namespace {

using http::Method;

class DeskRefusals : public testing::Test {
 protected:
  Answer send(Method method, const std::string& address, const std::string& body = "") {
    return portal_.dialect(agent_, method, address, body);
  }
  Answer post(const std::string& address, const std::string& body) {
    return send(Method::post, address, body);
  }
  std::string ticket(const std::string& rest = "") const {
    return "/tickets/" + to_string(ours_.ticket) + rest;
  }
  /// The field that the first fault names.
  std::string fault_of(const std::string& address, const std::string& body) {
    const Answer answer = post(address, body);
    EXPECT_EQ(answer.status, 422) << answer.body;
    EXPECT_EQ(answer.at("errorCode"), "INVALID_DATA") << answer.body;
    return answer.at("errors.0.fieldName");
  }
  std::string reply_to(const std::string& to) {
    return R"({"channel":"EMAIL","content":"Soon.","to":")" + to + R"("})";
  }

  Portal portal_;
  Company& ours_ = portal_.ours();
  Member& agent_ = ours_.members["agent"];
};

TEST_F(DeskRefusals, AFaultIsNamedByTheMemberThatTheClientSent) {
  EXPECT_EQ(fault_of(ticket("/comments"), R"({"content":" "})"), "/content");
  EXPECT_EQ(fault_of(ticket("/comments"), R"({"content":"x","attachmentIds":["7"]})"),
            "/attachmentIds");
  EXPECT_EQ(fault_of(ticket("/sendReply"), R"({"channel":"EMAIL","content":""})"), "/content");
  EXPECT_EQ(fault_of(ticket("/sendReply"), R"({"content":"x"})"), "/channel");
  EXPECT_EQ(
      fault_of(ticket("/sendReply"), R"({"channel":"EMAIL","content":"x","attachmentIds":["7"]})"),
      "/attachmentIds");
  EXPECT_EQ(fault_of(ticket("/sendReply"),
                     R"({"channel":"EMAIL","content":"x","inReplyToThreadId":"7"})"),
            "/inReplyToThreadId");
  EXPECT_EQ(fault_of(ticket("/sendReply"),
                     R"({"channel":"EMAIL","content":"x","ticketStatus":"Sleeping"})"),
            "/ticketStatus");
  EXPECT_EQ(fault_of("/contacts", R"({"firstName":"Kim"})"), "/lastName");
  EXPECT_EQ(fault_of("/contacts", R"({"lastName":"Kim","secondaryEmail":"kim"})"),
            "/secondaryEmail");
  const std::string department = to_string(ours_.support);
  EXPECT_EQ(fault_of("/tickets", R"({"subject":"s","departmentId":")" + department + R"("})"),
            "/contactId");
  EXPECT_EQ(fault_of("/tickets", R"({"subject":"s","departmentId":")" + department +
                                     R"(","contact":{"firstName":"Lea"}})"),
            "/contact/lastName");
  EXPECT_EQ(fault_of("/tickets", R"({"subject":"s","departmentId":")" + department +
                                     R"(","contactId":")" + to_string(ours_.contact) +
                                     R"(","uploads":["7"]})"),
            "/uploads");
}

TEST_F(DeskRefusals, AllFaultsOfABodyAreToldTogether) {
  const Answer answer = post("/contacts", R"({"lastName":"Kim","email":"kim","phone":[1]})");
  EXPECT_EQ(answer.at("errors.0.fieldName"), "/email");
  EXPECT_EQ(answer.at("errors.1.fieldName"), "/phone");
}

TEST_F(DeskRefusals, ACustomFieldIsNamedBelowCf) {
  const Member& administrator = ours_.members["administrator"];
  const Answer made =
      portal_.native(administrator, Method::post, Portal::desk(ours_, "/fields/contacts"),
                     R"({"label":"Floor","name":"floor","kind":"number"})");
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(fault_of("/contacts", R"({"lastName":"Kim","cf":{"cf_floor":"high"}})"),
            "/cf/cf_floor");
  const Answer twice = post("/contacts", R"({"lastName":"Kim","cf":{"cf_floor":3}})");
  EXPECT_EQ(twice.at("cf.cf_floor"), "3") << twice.body;
  EXPECT_EQ(twice.at("customFields.Floor"), "3");
}

TEST_F(DeskRefusals, AWrongMethodIsToldWhichOnesThereAre) {
  const Answer answer = send(Method::del, ticket());
  EXPECT_EQ(answer.status, 405);
  EXPECT_EQ(answer.at("errorCode"), "METHOD_NOT_ALLOWED");
  EXPECT_EQ(answer.response.header("Allow"), "GET, PUT, PATCH, HEAD");
  EXPECT_EQ(send(Method::put, "/closeTickets").response.header("Allow"), "POST");
  EXPECT_EQ(send(Method::del, "/nonsense").status, 404);
  EXPECT_EQ(portal_.native(agent_, Method::put, "/native/session").status, 405)
      << "the native face does so, too";
}

TEST_F(DeskRefusals, AQueryIsRefusedByTheNameOfItsParameter) {
  EXPECT_EQ(send(Method::get, "/tickets?status=Asleep").at("errors.0.fieldName"), "/status");
  EXPECT_EQ(send(Method::get, "/tickets?assignee=me").at("errors.0.fieldName"), "/assignee");
  EXPECT_EQ(send(Method::get, "/tickets?from=one").at("errors.0.fieldName"), "/from");
  EXPECT_EQ(send(Method::get, "/tickets?sortBy=colour").at("errors.0.fieldName"), "/sortBy");
  EXPECT_EQ(send(Method::get, "/tickets?sortBy=subject").at("errors.0.fieldName"), "/sortBy");
  EXPECT_EQ(send(Method::get, "/tickets?viewId=99").at("errors.0.fieldName"), "/viewId");
  EXPECT_EQ(send(Method::get, ticket("/comments?sortBy=size")).at("errors.0.fieldName"), "/sortBy");
  EXPECT_EQ(send(Method::get, "/agents?status=ASLEEP").at("errors.0.fieldName"), "/status");
}

TEST_F(DeskRefusals, ANameWithACommaStandsInQuotes) {
  const Answer reply =
      post(ticket("/sendReply"),
           reply_to(R"(\"Doe, \\\"JD\\\" Jane\" <jane@elsewhere.example>, kim@orchid.example,)"));
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.at("to"), "jane@elsewhere.example,kim@orchid.example");
}

TEST_F(DeskRefusals, AListOfAddressesThatCannotBeReadSaysWhy) {
  const std::pair<const char*, const char*> lists[] = {
      {"Doe, Jane <jane@x.example>", "comma in quotes"},
      {R"(\"Doe, Jane <jane@x.example>)", "Close the quote"},
      {"Jane <jane@x.example", "Close the bracket"},
      {"jane@x.example; kim@x.example", "separated by commas"},
      {"Friends: jane@x.example, kim@x.example;", "Name each person"},
      {"Jane <jane@x.example> Doe", "comma in quotes"},
      {"<>", "comma in quotes"},
      {"jane kim@x.example", "comma in quotes"},
      {"jane@@x.example", "comma in quotes"}};
  for (const auto& [list, why] : lists) {
    const Answer answer = post(ticket("/sendReply"), reply_to(list));
    EXPECT_EQ(answer.status, 422) << list;
    EXPECT_EQ(answer.at("errors.0.fieldName"), "/to") << list;
    EXPECT_NE(answer.at("errors.0.errorMessage").find(why), std::string::npos)
        << list << " is answered " << answer.at("errors.0.errorMessage");
  }
  const Answer copied =
      post(ticket("/sendReply"), R"({"channel":"EMAIL","content":"x","cc":"nobody"})");
  EXPECT_EQ(copied.at("errors.0.fieldName"), "/cc");
}

TEST_F(DeskRefusals, SomeRecordsOfACloseAreRefusedInTheDialectsWords) {
  const Member& administrator = ours_.members["administrator"];
  const Answer closed =
      portal_.dialect(administrator, Method::post, "/closeTickets",
                      R"({"ids":[")" + to_string(ours_.ticket) + R"(","12345"]})");
  ASSERT_EQ(closed.status, 200) << closed.body;
  EXPECT_EQ(closed.at("results.0.success"), "true");
  EXPECT_EQ(closed.at("results.0.errors"), "null");
  EXPECT_EQ(closed.at("results.1.errors.errorCode"), "URL_NOT_FOUND");
}

}  // namespace
}  // namespace tandem::test
