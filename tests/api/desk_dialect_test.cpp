#include <gtest/gtest.h>

#include "tests/api/portal.h"

// The Desk dialect as existing clients speak it.

namespace tandem::test {
namespace {

using http::Method;

class DeskDialect : public testing::Test {
 protected:
  Answer get(const std::string& address) { return portal_.dialect(agent_, Method::get, address); }
  Answer post(const std::string& address, const std::string& body) {
    return portal_.dialect(agent_, Method::post, address, body);
  }
  std::string ticket(const std::string& rest = "") const {
    return "/tickets/" + to_string(ours_.ticket) + rest;
  }

  Portal portal_;
  Company& ours_ = portal_.ours();
  Member& administrator_ = ours_.members["administrator"];
  Member& agent_ = ours_.members["agent"];
};

TEST_F(DeskDialect, AWrongTokenIsRefusedInItsWords) {
  Member nobody;
  nobody.access_token = "1000.00.00";
  const Answer answer = portal_.dialect(nobody, Method::get, "/tickets");
  EXPECT_EQ(answer.status, 401);
  EXPECT_EQ(answer.at("errorCode"), "INVALID_OAUTH");
}

TEST_F(DeskDialect, ATicketHasTheDialectsNamesAndForms) {
  const Answer answer = get(ticket("?include=contacts,departments,assignee"));
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.at("id"), to_string(ours_.ticket));
  EXPECT_EQ(answer.at("subject"), "orchid parcel");
  EXPECT_EQ(answer.at("status"), "Open");
  EXPECT_EQ(answer.at("channel"), "Email");
  EXPECT_EQ(answer.at("threadCount"), "1");
  EXPECT_TRUE(find(answer.json, "threadCount")->is_string());
  EXPECT_TRUE(find(answer.json, "ticketNumber")->is_string());
  EXPECT_EQ(answer.at("contact.email"), "kim@orchid.example");
  EXPECT_EQ(answer.at("department.name"), "orchid support");
  EXPECT_EQ(answer.at("assignee"), "null");
  EXPECT_EQ(answer.at("isOverDue"), "false");
}

TEST_F(DeskDialect, ATicketIsMadeWithAContactThatIsFoundOrMade) {
  const std::string department = to_string(ours_.support);
  const Answer known =
      post("/tickets", R"({"subject":"Two","departmentId":")" + department +
                           R"(","contact":{"email":"kim@orchid.example"},"priority":"High"})");
  ASSERT_EQ(known.status, 200) << known.body;
  EXPECT_EQ(known.at("contactId"), to_string(ours_.contact));
  EXPECT_EQ(known.at("priority"), "High");
  const Answer made =
      post("/tickets", R"({"subject":"Three","departmentId":")" + department +
                           R"(","contact":{"lastName":"Sato","email":"sato@orchid.example"}})");
  ASSERT_EQ(made.status, 200) << made.body;
  EXPECT_NE(made.at("contactId"), to_string(ours_.contact));
  const Answer missing =
      post("/tickets", R"({"departmentId":")" + department + R"(","contactId":")" +
                           to_string(ours_.contact) + R"("})");
  EXPECT_EQ(missing.status, 422);
  EXPECT_EQ(missing.at("errorCode"), "INVALID_DATA");
  EXPECT_EQ(missing.at("errors.0.fieldName"), "/subject");
  EXPECT_EQ(missing.at("errors.0.errorType"), "missing");
}

TEST_F(DeskDialect, RowsZeroAndOneAreBothTheFirstAndNothingFoundIs204) {
  EXPECT_EQ(get("/tickets?from=0&limit=1").at("data.0.id"), to_string(ours_.ticket));
  EXPECT_EQ(get("/tickets?from=1&limit=1").at("data.0.id"), to_string(ours_.ticket));
  const Answer nothing = get("/tickets?from=50");
  EXPECT_EQ(nothing.status, 204);
  EXPECT_EQ(nothing.body, "");
  EXPECT_EQ(get("/tickets?limit=101").status, 422);
  EXPECT_EQ(get(ticket("/attachments?from=9")).status, 204);
}

TEST_F(DeskDialect, AReplyIsAThreadAndAForwardIsOneToo) {
  const Answer reply = post(
      ticket("/sendReply"),
      R"({"channel":"EMAIL","fromEmailAddress":"support@orchid.example","to":"kim@orchid.example",)"
      R"("content":"Soon.","contentType":"plainText","ticketStatus":"On Hold"})");
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.at("direction"), "out");
  EXPECT_EQ(reply.at("status"), "PENDING");
  EXPECT_EQ(get(ticket()).at("status"), "On Hold");
  const Answer forward = post(
      ticket("/sendReply"),
      R"({"channel":"EMAIL","isForward":true,"to":"lab@elsewhere.example","content":"<p>Please look</p>"})");
  ASSERT_EQ(forward.status, 200) << forward.body;
  EXPECT_EQ(forward.at("isForward"), "true");
  EXPECT_EQ(forward.at("visibility"), "private");
  EXPECT_EQ(
      post(ticket("/sendReply"), R"({"channel":"EMAIL","content":"x","inReplyToThreadId":"soon"})")
          .status,
      422);
  EXPECT_EQ(get(ticket("/threads")).json.as_object().at("data").as_array().size(), 3U);
  EXPECT_EQ(get(ticket("/latestThread")).at("id"), forward.at("id"));
}

TEST_F(DeskDialect, ACommentIsPrivateUnlessItSaysOtherwise) {
  const Answer comment =
      post(ticket("/comments"), R"({"content":"For us","contentType":"plainText"})");
  ASSERT_EQ(comment.status, 200) << comment.body;
  EXPECT_EQ(comment.at("isPublic"), "false");
  const Answer list = get(ticket("/comments"));
  EXPECT_EQ(list.json.as_object().at("data").as_array().size(), 2U);
  const std::string address = ticket("/comments/" + comment.at("id"));
  EXPECT_EQ(
      portal_.dialect(agent_, Method::patch, address, R"({"content":"<p>Better</p>"})").status,
      200);
  EXPECT_EQ(portal_.dialect(agent_, Method::del, address).status, 204);
  EXPECT_EQ(get(address).status, 404);
}

TEST_F(DeskDialect, ACommentTellsTheRoleOfWhoWroteIt) {  // S124, S125
  const Member& light_agent = ours_.members["light_agent"];
  const std::string address = ticket("/comments");
  const Answer light = portal_.dialect(light_agent, Method::post, address, R"({"content":"Hm"})");
  EXPECT_EQ(light.at("commenter.roleName"), "LightAgent") << light.body;
  post(address, R"({"content":"Right"})");
  const Answer list = get(address + "?sortBy=-commentedTime");
  EXPECT_EQ(list.at("data.0.commenter.roleName"), "Agent");
  EXPECT_EQ(list.at("data.1.commenter.roleName"), "LightAgent");
  EXPECT_EQ(get(ticket("/conversations")).at("data.1.commenter.roleName"), "LightAgent");
  EXPECT_EQ(
      portal_
          .dialect(light_agent, Method::post, address, R"({"content":"For all","isPublic":true})")
          .status,
      403);
}

TEST_F(DeskDialect, SeveralRecordsNeedTheRightToBulkChangesAndAllOrNoneAreChanged) {  // S032, S127
  const std::string both = R"({"ids":[")" + to_string(ours_.ticket) + R"(",")" +
                           to_string(ours_.shipping_ticket) +
                           R"("],"fieldName":"priority","fieldValue":"High"})";
  EXPECT_EQ(post("/tickets/updateMany", both).status, 404)
      << "one of them is invisible to the agent";
  EXPECT_EQ(get(ticket()).at("priority"), "null");
  EXPECT_EQ(portal_.dialect(administrator_, Method::post, "/tickets/updateMany", both).status, 204);
  EXPECT_EQ(get(ticket()).at("priority"), "High");
  EXPECT_EQ(portal_.dialect(ours_.members["light_agent"], Method::post, "/tickets/updateMany", both)
                .status,
            403);
}

TEST_F(DeskDialect, SearchKnowsPatternsRangesAndWords) {
  EXPECT_EQ(get("/tickets/search?subject=orchid*").at("count"), "1");
  EXPECT_EQ(get("/tickets/search?subject=*parcel*").at("count"), "1");
  EXPECT_EQ(get("/tickets/search?subject=parcel").status, 204);
  EXPECT_EQ(get("/tickets/search?status=${open}&priority=${empty}").at("count"), "1");
  EXPECT_EQ(get("/tickets/search?_all=parcel").at("count"), "1");
  EXPECT_EQ(get("/contacts/search?email=kim@orchid.example").at("data.0.id"),
            to_string(ours_.contact));
  EXPECT_EQ(
      get("/tickets/search?createdTimeRange=2026-03-01T00:00:00.000Z,2026-03-03T00:00:00.000Z")
          .at("count"),
      "1");
  EXPECT_EQ(get("/tickets/search?createdTimeRange=yesterday").status, 422);
}

TEST_F(DeskDialect, ADuplicateContactIsAFaultOfItsEmail) {
  const Answer twice = post("/contacts", R"({"lastName":"Kim","email":"kim@orchid.example"})");
  EXPECT_EQ(twice.status, 422);
  EXPECT_EQ(twice.at("errors.0.fieldName"), "/email");
  EXPECT_EQ(twice.at("errors.0.errorType"), "duplicate");
}

TEST_F(DeskDialect, TheTrashTakesTicketsContactsAndAccounts) {
  EXPECT_EQ(portal_
                .dialect(administrator_, Method::post, "/tickets/moveToTrash",
                         R"({"ticketIds":[")" + to_string(ours_.ticket) + R"("]})")
                .status,
            204);
  EXPECT_EQ(get(ticket()).status, 404);
  EXPECT_EQ(post("/tickets/moveToTrash", R"({"ticketIds":[]})").status, 422);
}

TEST_F(DeskDialect, ThePortalTellsItsAgentsDepartmentsAndWhoIAm) {
  EXPECT_EQ(get("/myinfo").at("emailId"), "agent@orchid.example");
  EXPECT_EQ(get("/agents/count").at("count"), "3");
  EXPECT_EQ(get("/departments").json.as_object().at("data").as_array().size(), 2U);
  EXPECT_EQ(get("/organizations").at("data.0.id"), to_string(ours_.org));
  EXPECT_EQ(get("/myDepartments").at("data.0.name"), "orchid support");
  EXPECT_EQ(get("/departments?searchStr=ship").at("data.0.name"), "orchid shipping");
  EXPECT_EQ(get("/departments?isEnabled=false").status, 204);
  EXPECT_EQ(get("/departments/" + to_string(ours_.support)).at("associatedAgentIds.2"),
            to_string(ours_.members["light_agent"].agent));
  EXPECT_EQ(get("/departments/" + to_string(ours_.shipping) + "/agents").at("data.0.id"),
            to_string(administrator_.agent));
  EXPECT_EQ(get("/agents/email/Agent@orchid.example").at("id"), to_string(agent_.agent));
  EXPECT_EQ(get("/agents?isLightAgent=true").at("data.0.rolePermissionType"), "Light");
  EXPECT_EQ(get("/agentsByIds?agentIds=" + to_string(agent_.agent)).at("data.0.id"),
            to_string(agent_.agent));
}

TEST_F(DeskDialect, AListShowsTheFieldsAskedForAndWhatItsRecordsPointTo) {
  const Answer few = get("/tickets?fields=subject,%20status");
  EXPECT_EQ(few.body, R"({"data":[{"id":")" + to_string(ours_.ticket) +
                          R"(","subject":"orchid parcel","status":"Open"}]})");
  const Answer included = get("/tickets?include=contacts,departments,assignee");
  EXPECT_EQ(included.at("data.0.contact.email"), "kim@orchid.example");
  EXPECT_EQ(included.at("data.0.contact.account"), "null");
  EXPECT_EQ(included.at("data.0.department.name"), "orchid support");
  EXPECT_EQ(included.at("data.0.assignee"), "null");
  EXPECT_EQ(included.at("data.0.lastThread.direction"), "in");
  EXPECT_EQ(get("/contacts/contactsByIds?ids=" + to_string(ours_.contact)).at("data.0.lastName"),
            "Kim");
  const std::string kim = "/contacts/" + to_string(ours_.contact);
  EXPECT_EQ(get(kim + "/accounts").status, 204);
  portal_.dialect(agent_, Method::patch, kim,
                  R"({"accountId":")" + to_string(ours_.account) + R"("})");
  EXPECT_EQ(get(kim + "/accounts").at("data.0.accountName"), "orchid Works");
}

TEST_F(DeskDialect, TheSavedFiltersAreViews) {  // S028, S036
  const Answer views = get("/views?module=tickets");
  EXPECT_EQ(views.at("data.0.name"), "All") << "an id that a program keeps stays";
  EXPECT_EQ(views.at("data.3.name"), "Overdue");
  EXPECT_EQ(views.at("data.7.name"), "Open");
  EXPECT_EQ(views.at("data.7.isDefault"), "true");
  const std::string overdue = "/tickets?viewId=" + views.at("data.3.id");
  EXPECT_EQ(get(overdue).status, 204);
  portal_.dialect(agent_, Method::patch, ticket(), R"({"dueDate":"2026-03-01T09:00:00.000Z"})");
  EXPECT_EQ(get(overdue).at("data.0.id"), to_string(ours_.ticket));
  EXPECT_EQ(get("/views?module=contacts").status, 204);
}

TEST_F(DeskDialect, AnUnknownAddressAndAnUnknownIdAnswerAlike) {
  EXPECT_EQ(get("/nonsense").at("errorCode"), "URL_NOT_FOUND");
  EXPECT_EQ(get("/tickets/12345").at("errorCode"), "URL_NOT_FOUND");
  EXPECT_EQ(get("/tickets/abc").status, 404);
}

TEST_F(DeskDialect, HistoryTellsWhoDidWhat) {  // S034
  portal_.dialect(agent_, Method::patch, ticket(), R"({"priority":"Low"})");
  const Answer history = get(ticket("/history"));
  ASSERT_EQ(history.status, 200) << history.body;
  EXPECT_EQ(history.at("data.0.eventName"), "TicketUpdated");
  EXPECT_EQ(history.at("data.0.actor.type"), "Agent");
  EXPECT_EQ(history.at("data.0.source"), "API");
  EXPECT_EQ(history.at("data.0.eventInfo.0.propertyName"), "priority");
  EXPECT_EQ(history.at("data.0.eventInfo.0.propertyValue.updatedValue"), "Low");
  EXPECT_EQ(history.body.find("last_activity_at"), std::string::npos) << history.body;
  EXPECT_EQ(get("/contacts/" + to_string(ours_.contact) + "/history").at("data.0.eventName"),
            "ContactCreated");
}

}  // namespace
}  // namespace tandem::test
