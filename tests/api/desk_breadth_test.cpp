#include <gtest/gtest.h>

#include "desk/dashboards/figures_keeping.h"
#include "tests/api/portal.h"

// What existing clients of the Desk dialect read and write beside tickets and messages themselves:
// counts, drafts, marks, resolutions, figures, calls. Docs, Desk dialect.

namespace tandem::test {
namespace {

using http::Method;

class DeskBreadth : public testing::Test {
 protected:
  Answer get(const std::string& address) { return portal_.dialect(agent_, Method::get, address); }
  Answer post(const std::string& address, const std::string& body = "") {
    return portal_.dialect(agent_, Method::post, address, body);
  }
  Answer patch(const std::string& address, const std::string& body) {
    return portal_.dialect(agent_, Method::patch, address, body);
  }
  Answer remove(const std::string& address) {
    return portal_.dialect(agent_, Method::del, address);
  }
  std::string ticket(const std::string& rest = "") const {
    return "/tickets/" + to_string(ours_.ticket) + rest;
  }
  Answer native(Method method, const std::string& rest, const std::string& body = "") {
    return portal_.native(administrator_, method, Portal::desk(ours_, rest), body);
  }

  Portal portal_;
  Company& ours_ = portal_.ours();
  Member& administrator_ = ours_.members["administrator"];
  Member& agent_ = ours_.members["agent"];
};

TEST_F(DeskBreadth, ATicketTellsHowMuchBelongsToIt) {
  const Answer before = get(ticket());
  EXPECT_EQ(before.at("taskCount"), "0");
  EXPECT_EQ(before.at("isFollowing"), "false");
  EXPECT_EQ(before.at("attachmentCount"), "1");
  const std::string id = to_string(ours_.ticket);
  for (const char* subject : {"Call the carrier", "Ask the warehouse"}) {
    ASSERT_EQ(post("/tasks",
                   R"({"subject":")" + std::string(subject) + R"(","ticketId":")" + id + R"("})")
                  .status,
              200);
  }
  ASSERT_EQ(post(ticket("/timeEntry"), R"({"minutesSpent":5})").status, 200);
  ASSERT_EQ(
      post(ticket("/addFollowers"), R"({"followerIds":[")" + to_string(agent_.agent) + R"("]})")
          .status,
      204);
  for (const std::string& address : {ticket(), std::string("/tickets?limit=10")}) {
    const std::string at = address == ticket() ? "" : "data.0.";
    const Answer told = get(address);
    EXPECT_EQ(told.at(at + "id"), id);
    EXPECT_EQ(told.at(at + "taskCount"), "2") << told.body;
    EXPECT_EQ(told.at(at + "timeEntryCount"), "1");
    EXPECT_EQ(told.at(at + "followerCount"), "1");
    EXPECT_EQ(told.at(at + "isFollowing"), "true");
  }
  const Answer others = portal_.dialect(administrator_, Method::get, ticket());
  EXPECT_EQ(others.at("followerCount"), "1");
  EXPECT_EQ(others.at("isFollowing"), "false");
}

TEST_F(DeskBreadth, ATicketNamesTheServiceLevelItIsMeasuredBy) {
  EXPECT_EQ(get(ticket()).at("slaId"), "null");
  const Answer level = native(Method::post, "/service_levels",
                              R"({"name":"Gold","targets":{"low":{"resolution_minutes":60},)"
                              R"("medium":{"resolution_minutes":60}}})");
  ASSERT_EQ(level.status, 201) << level.body;
  ASSERT_EQ(patch(ticket(), R"({"priority":"Medium"})").status, 200);
  EXPECT_EQ(get(ticket()).at("slaId"), level.at("id"));
}

TEST_F(DeskBreadth, AMarkAsReadLastsUntilSomethingHappens) {
  EXPECT_EQ(get(ticket()).at("isRead"), "false");
  EXPECT_EQ(post(ticket("/markAsRead")).status, 204);
  EXPECT_EQ(get(ticket()).at("isRead"), "true");
  EXPECT_EQ(portal_.dialect(administrator_, Method::get, ticket()).at("isRead"), "false");
  EXPECT_EQ(post(ticket("/markAsUnRead")).status, 204);
  EXPECT_EQ(post(ticket("/markAsUnRead")).status, 204);
  EXPECT_EQ(get(ticket()).at("isRead"), "false");
  ASSERT_EQ(post(ticket("/markAsRead")).status, 204);
  portal_.clock().advance_ms(minute_ms);
  ASSERT_EQ(post(ticket("/comments"), R"({"content":"News","isPublic":true})").status, 200);
  EXPECT_EQ(get(ticket()).at("isRead"), "false");
  const std::string foreign = "/tickets/" + to_string(ours_.shipping_ticket);
  EXPECT_EQ(post(foreign + "/markAsRead").status, 404);
}

TEST_F(DeskBreadth, ADraftIsTheOneThatTheBrowserShows) {
  const Answer made = post(ticket("/draftReply"),
                           R"({"channel":"EMAIL","content":"Soon.","contentType":"plainText"})");
  ASSERT_EQ(made.status, 200) << made.body;
  EXPECT_EQ(made.at("status"), "DRAFT");
  EXPECT_EQ(made.at("to"), "kim@orchid.example");
  const auto in_the_browser = [&] {
    return portal_.native(agent_, Method::get, Portal::desk(ours_, ticket("/draft")));
  };
  EXPECT_NE(in_the_browser().at("html").find("Soon."), std::string::npos);
  const std::string draft = ticket("/draftReply/" + made.at("id"));
  const Answer changed = patch(draft, R"({"content":"Tomorrow.","cc":"lab@elsewhere.example"})");
  ASSERT_EQ(changed.status, 200) << changed.body;
  EXPECT_EQ(changed.at("cc"), "lab@elsewhere.example");
  EXPECT_EQ(changed.at("to"), "kim@orchid.example");
  EXPECT_EQ(in_the_browser().at("html"), "Tomorrow.");
  EXPECT_EQ(remove(draft).status, 204);
  EXPECT_EQ(in_the_browser().body, "null");
  EXPECT_EQ(remove(draft).status, 404);
  EXPECT_EQ(get(ticket("/threads")).json.as_object().at("data").as_array().size(), 1U);
}

TEST_F(DeskBreadth, ADraftForColleaguesIsNoReplyAndStays) {
  ASSERT_EQ(portal_
                .native(agent_, Method::put, Portal::desk(ours_, ticket("/draft")),
                        R"({"kind":"comment","html":"Only for us"})")
                .status,
            200);
  const std::string draft = ticket("/draftReply/" + to_string(ours_.ticket));
  EXPECT_EQ(patch(draft, R"({"content":"Hello"})").status, 404);
  const Answer made = post(ticket("/draftReply"), R"({"channel":"EMAIL","content":"Hello"})");
  EXPECT_EQ(made.body.find("Only for us"), std::string::npos);
  EXPECT_EQ(remove(draft).status, 204);
  EXPECT_EQ(portal_.native(agent_, Method::get, Portal::desk(ours_, ticket("/draft"))).at("html"),
            "Only for us");
}

TEST_F(DeskBreadth, ADraftThatCannotBeSentIsRefusedByItsMember) {
  const auto refused = [&](const std::string& body) {
    const Answer answer = post(ticket("/draftReply"), body);
    EXPECT_EQ(answer.status, 422) << answer.body;
    return answer.at("errors.0.fieldName");
  };
  EXPECT_EQ(refused(R"({"content":"x"})"), "/channel");
  EXPECT_EQ(refused(R"({"channel":"EMAIL","content":"x","to":"nobody"})"), "/to");
  EXPECT_EQ(refused(R"({"channel":"EMAIL","fromEmailAddress":"a@b.example"})"),
            "/fromEmailAddress");
  const Member& light = ours_.members["light_agent"];
  EXPECT_EQ(portal_
                .dialect(light, Method::post, ticket("/draftReply"),
                         R"({"channel":"EMAIL","content":"x"})")
                .status,
            403);
}

TEST_F(DeskBreadth, AResolutionIsWrittenTakenAwayAndRemembered) {
  EXPECT_EQ(get(ticket("/resolution")).at("content"), "");
  EXPECT_EQ(get(ticket("/resolutionHistory")).status, 204);
  for (const char* content : {"Sent again", "Sent by air"}) {
    EXPECT_EQ(patch(ticket("/resolution"), R"({"content":")" + std::string(content) + R"("})")
                  .at("content"),
              content);
  }
  EXPECT_EQ(remove(ticket("/resolution")).status, 204);
  EXPECT_EQ(get(ticket("/resolution")).at("content"), "");
  const Answer past = get(ticket("/resolutionHistory"));
  EXPECT_EQ(past.at("data.0.content"), "") << past.body;
  EXPECT_EQ(past.at("data.1.content"), "Sent by air");
  EXPECT_EQ(past.at("data.2.content"), "Sent again");
  EXPECT_EQ(get(ticket("/resolutionHistory?from=2&limit=1")).at("data.0.content"), "Sent by air");
  EXPECT_EQ(patch(ticket("/resolution"), R"({"content":""})").at("errors.0.fieldName"), "/content");
}

TEST_F(DeskBreadth, CallsOfAllTicketsAreListedAndSearched) {
  EXPECT_EQ(get("/calls").status, 204);
  const std::string id = to_string(ours_.ticket);
  for (const char* phone : {"+4930111", "+4930222"}) {
    ASSERT_EQ(
        post("/calls", R"({"ticketId":")" + id + R"(","description":"Rang","duration":"30",)" +
                           R"("phone":")" + phone + R"("})")
            .status,
        200);
    portal_.clock().advance_ms(minute_ms);
  }
  const Answer all = get("/calls");
  ASSERT_EQ(all.status, 200) << all.body;
  EXPECT_EQ(all.at("data.0.phone"), "+4930222");
  EXPECT_EQ(all.at("data.1.phone"), "+4930111");
  const Answer found = get("/calls/search?phone=%2B4930111");
  EXPECT_EQ(found.at("count"), "1") << found.body;
  EXPECT_EQ(found.at("data.0.ticketId"), id);
  EXPECT_EQ(get("/calls/search?phone=%2B49*").at("count"), "2");
  EXPECT_EQ(get("/calls/search?ticketId=5").status, 204);
  EXPECT_EQ(get("/calls/search?startTimeRange=soon").status, 422);
  ASSERT_EQ(remove("/contacts").status, 405);
  ASSERT_EQ(post("/tickets/moveToTrash", R"({"ticketIds":[")" + id + R"("]})").status, 204);
  EXPECT_EQ(get("/calls").status, 204);
}

TEST_F(DeskBreadth, TheFiguresOfDashboardsAreReadOneAtATime) {
  desk::finish_figures(portal_.program().database());
  const Answer created = get("/dashboards/createdTickets?duration=LAST_7_DAYS");
  ASSERT_EQ(created.status, 200) << created.body;
  EXPECT_EQ(created.at("value"), "1");
  EXPECT_EQ(created.json.as_object().at("data").as_array().size(), 7U);
  EXPECT_EQ(created.at("data.6.count"), "1");
  const Answer by_channel = get("/dashboards/createdTickets?groupBy=channel");
  EXPECT_EQ(by_channel.at("data.0.value"), "email") << by_channel.body;
  EXPECT_EQ(get("/dashboards/backlogTickets").at("value"), "1");
  EXPECT_EQ(get("/dashboards/ticketsResolutionTime").at("value"), "0");
  EXPECT_EQ(get("/dashboards/happyTickets").status, 404);
  EXPECT_EQ(get("/dashboards/createdTickets?groupBy=mood").at("errors.0.fieldName"), "/groupBy");
  EXPECT_EQ(get("/dashboards/createdTickets?duration=EVER").at("errors.0.fieldName"), "/duration");
  const Answer foreign =
      get("/dashboards/createdTickets?departmentId=" + to_string(ours_.shipping));
  EXPECT_EQ(foreign.at("errors.0.fieldName"), "/departmentId") << foreign.body;
}

TEST_F(DeskBreadth, AContactComesToAnAccountAndLeavesIt) {
  const std::string contact = "/contacts/" + to_string(ours_.contact);
  const std::string account = to_string(ours_.account);
  const Answer given = post(contact + "/associateAccounts", R"({"ids":[")" + account + R"("]})");
  ASSERT_EQ(given.status, 200) << given.body;
  EXPECT_EQ(get(contact).at("accountId"), account);
  const std::string leave = R"({"ids":[")" + account + R"("],"associate":false})";
  EXPECT_EQ(post(contact + "/associateAccounts", leave).status, 200);
  EXPECT_EQ(get(contact).at("accountId"), "null");
  EXPECT_EQ(post(contact + "/associateAccounts", leave).status, 422);
  EXPECT_EQ(post(contact + "/associateAccounts", R"({"ids":["5"]})").status, 404);
  EXPECT_EQ(portal_
                .dialect(administrator_, Method::post, "/contacts/updateMany",
                         R"({"ids":[")" + to_string(ours_.contact) +
                             R"("],"fieldName":"city","fieldValue":"Porto"})")
                .status,
            204);
  EXPECT_EQ(get(contact).at("city"), "Porto");
}

TEST_F(DeskBreadth, TagsTemplatesModulesTeamsAndWhoIsHereAreListed) {
  ASSERT_EQ(post(ticket("/associateTag"), R"({"tags":["late"]})").status, 204);
  EXPECT_EQ(get("/tags/late/tickets").at("data.0.id"), to_string(ours_.ticket));
  EXPECT_EQ(get("/tags/early/tickets").status, 204);
  EXPECT_EQ(get("/recentTicketTags").at("data.0.name"), "late");
  ASSERT_EQ(native(Method::post, "/reply_templates",
                   R"({"name":"Thanks","audience":"everybody","html":"<p>Thank you</p>"})")
                .status,
            201);
  EXPECT_EQ(get("/templates").at("data.0.name"), "Thanks");
  EXPECT_EQ(get("/organizationModules").at("data.0.apiName"), "tickets");
  EXPECT_EQ(get("/departments/" + to_string(ours_.support) + "/teams").body, R"({"teams":[]})");
  EXPECT_EQ(get("/departments/5/teams").status, 404);
  const auto names = [&](const char* address) { return get(address).body; };
  const std::string me = to_string(agent_.agent);
  const bool is_online = names("/onlineAgents").find(me) != std::string::npos;
  const bool is_offline = names("/offlineAgents").find(me) != std::string::npos;
  EXPECT_NE(is_online, is_offline);
}

}  // namespace
}  // namespace tandem::test
