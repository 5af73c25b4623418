#include <gtest/gtest.h>

#include "tests/api/portal.h"

// The portal itself in the Desk dialect: agents, roles, departments, settings and counts.

namespace tandem::test {
namespace {

using http::Method;

class DeskPortal : public testing::Test {
 protected:
  Answer get(const Member& member, const std::string& address) {
    return portal_.dialect(member, Method::get, address);
  }
  Answer post(const Member& member, const std::string& address, const std::string& body = "{}") {
    return portal_.dialect(member, Method::post, address, body);
  }
  std::string id_of_role(const std::string& name) {
    const Answer roles = get(administrator_, "/roles");
    for (const Json& role : find(roles.json, "data")->as_array()) {
      if (text_of(role, "name") == name) return text_of(role, "id");
    }
    return "";
  }
  std::string agents(const Member& member) const {
    return R"({"agentIds":[")" + to_string(member.agent) + R"("]})";
  }

  Portal portal_;
  Company& ours_ = portal_.ours();
  Member& administrator_ = ours_.members["administrator"];
  Member& agent_ = ours_.members["agent"];
};

TEST_F(DeskPortal, RolesAndProfilesAreOneThingUnderOneId) {  // S123
  const Member& ada = administrator_;
  const Answer roles = get(ada, "/roles");
  ASSERT_EQ(roles.status, 200) << roles.body;
  const std::string id = roles.at("data.0.id");
  EXPECT_EQ(get(ada, "/profiles/" + id).at("name"), get(ada, "/roles/" + id).at("name"));
  EXPECT_EQ(get(ada, "/roles/count").at("count"), get(ada, "/profiles/count").at("count"));
  EXPECT_EQ(get(ada, "/rolesByIds?ids=" + id).at("data.0.id"), id);
  EXPECT_EQ(get(ada, "/roles/" + to_string(ours_.ticket)).status, 404);
}

TEST_F(DeskPortal, WhoLooksAfterNobodyReadsTheirOwnRoleAlone) {  // S123
  EXPECT_EQ(get(agent_, "/roles").status, 403);
  const std::string own = get(agent_, "/personalRole").at("id");
  EXPECT_EQ(get(agent_, "/roles/" + own).at("id"), own);
  const std::string other = get(administrator_, "/personalRole").at("id");
  EXPECT_EQ(get(agent_, "/profiles/" + other).status, 403);
}

TEST_F(DeskPortal, ARoleThatMayNotReadColleaguesIsShownNone) {  // S123, S127
  const Answer role = portal_.native(administrator_, Method::post, Portal::desk(ours_, "/roles"),
                                     R"({"name":"Clerk","rights":{"tickets":["read"],)"
                                     R"("departments":["read"]}})");
  ASSERT_EQ(role.status, 201) << role.body;
  const std::string department = "/departments/" + get(agent_, "/departments").at("data.0.id");
  ASSERT_EQ(portal_
                .native(administrator_, Method::patch,
                        Portal::desk(ours_, "/people/" + to_string(agent_.agent)),
                        R"({"role_id":")" + role.at("id") + R"("})")
                .status,
            200);
  const std::string other = to_string(administrator_.agent);
  for (const std::string& address :
       {std::string("/agents"), std::string("/agents/count"), "/agentsByIds?agentIds=" + other,
        "/agents/" + other, std::string("/agents/email/x@y.example"), std::string("/onlineAgents"),
        std::string("/offlineAgents"), department + "/agents", department + "/associableAgents",
        std::string("/roles/count"), "/roles/" + role.at("id") + "/agents"}) {
    EXPECT_EQ(get(agent_, address).status, 403) << address;
  }
  EXPECT_EQ(get(agent_, "/agents/" + to_string(agent_.agent)).status, 200);
  EXPECT_EQ(get(agent_, "/myinfo").status, 200);
}

TEST_F(DeskPortal, ALabelThatPeopleGaveIsShownAsTheyWroteIt) {  // S009
  const std::string ticket = "/tickets/" + to_string(ours_.ticket);
  const auto hold = [&](const std::string& label) {
    return portal_.dialect(administrator_, Method::patch, ticket,
                           R"({"status":")" + label + R"("})");
  };
  EXPECT_EQ(hold("On Hold").at("status"), "On Hold");
  ASSERT_EQ(portal_
                .native(administrator_, Method::patch, Portal::desk(ours_, "/statuses/on_hold"),
                        R"({"label":"Waiting for parts","type":"on_hold"})")
                .status,
            200);
  EXPECT_EQ(get(administrator_, ticket).at("status"), "Waiting for parts");
  EXPECT_EQ(hold("Waiting for parts").status, 200);
}

TEST_F(DeskPortal, AProfileSaysWhatOneMayDo) {  // S123 to S127
  EXPECT_EQ(get(administrator_, "/myProfile").at("permissions.tickets.delete"), "true");
  const Answer light = get(ours_.members["light_agent"], "/myProfilePermissions");
  EXPECT_EQ(light.at("permissions.tickets.view"), "true") << light.body;
  EXPECT_EQ(light.at("permissions.tickets.sendReply"), "false");
  EXPECT_EQ(get(agent_, "/lightAgentProfile").at("permissions.tickets.sendReply"), "false");
  EXPECT_EQ(get(agent_, "/personalRole").at("id"), get(agent_, "/myinfo").at("roleId"));
}

TEST_F(DeskPortal, AnAgentIsInvitedAndTheInvitationIsTakenBack) {  // S121
  const std::string body =
      R"({"emailId":"mo@orchid.example","firstName":"Mo","lastName":"Adeyemi","roleId":")" +
      id_of_role("Agent") + R"(","associatedDepartmentIds":[")" + to_string(ours_.support) +
      R"("]})";
  const Answer made = post(administrator_, "/agents", body);
  ASSERT_EQ(made.status, 200) << made.body;
  EXPECT_EQ(made.at("name"), "Mo Adeyemi");
  EXPECT_EQ(made.at("isConfirmed"), "false");
  EXPECT_EQ(made.at("associatedDepartmentIds.0"), to_string(ours_.support));
  const Answer again = post(administrator_, "/agents", body);
  EXPECT_EQ(again.status, 422);
  EXPECT_EQ(again.at("errors.0.fieldName"), "/emailId") << again.body;
  EXPECT_EQ(post(agent_, "/agents", body).at("errorCode"), "FORBIDDEN");
  const std::string one = R"({"agentIds":[")" + made.at("id") + R"("]})";
  EXPECT_EQ(post(administrator_, "/agents/reinvite", one).status, 204);
  EXPECT_EQ(post(administrator_, "/agents/deleteUnconfirmed", one).status, 204);
  EXPECT_EQ(get(administrator_, "/agents/" + made.at("id")).status, 404);
}

TEST_F(DeskPortal, AnAgentIsDeactivatedAndActivatedAgain) {  // S122
  const std::string address = "/agents/" + to_string(agent_.agent);
  EXPECT_EQ(post(administrator_, address + "/deactivate").status, 204);
  EXPECT_EQ(get(agent_, "/myinfo").status, 401);
  EXPECT_EQ(get(administrator_, address).at("status"), "DISABLED");
  EXPECT_EQ(post(administrator_, "/agents/activate", agents(agent_)).status, 204);
  EXPECT_EQ(get(administrator_, address).at("status"), "ACTIVE");
  EXPECT_EQ(post(administrator_, "/agents/activate", R"({"agentIds":["5"]})").status, 404);
}

TEST_F(DeskPortal, AgentsComeIntoADepartmentAndLeaveIt) {  // S006
  const std::string shipping = "/departments/" + to_string(ours_.shipping);
  EXPECT_NE(get(administrator_, shipping + "/associableAgents").body.find(to_string(agent_.agent)),
            std::string::npos);
  EXPECT_EQ(post(administrator_, shipping + "/associateAgents", agents(agent_)).status, 204);
  EXPECT_EQ(get(agent_, "/tickets/" + to_string(ours_.shipping_ticket)).status, 200);
  EXPECT_EQ(post(administrator_, shipping + "/dissociateAgents", agents(agent_)).status, 204);
  EXPECT_EQ(get(agent_, "/tickets/" + to_string(ours_.shipping_ticket)).status, 404);
  EXPECT_EQ(post(agent_, shipping + "/associateAgents", agents(agent_)).status, 403);
}

TEST_F(DeskPortal, ADepartmentIsSwitchedOffAndOnAndFoundByItsName) {  // S004
  const std::string shipping = "/departments/" + to_string(ours_.shipping);
  EXPECT_EQ(post(administrator_, shipping + "/disable").status, 204);
  EXPECT_EQ(get(administrator_, shipping).at("isEnabled"), "false");
  EXPECT_EQ(post(administrator_, shipping + "/enable").status, 204);
  EXPECT_EQ(post(agent_, shipping + "/disable").status, 403);
  const auto exists = [&](const std::string& name) {
    return get(agent_, "/departments/checkExists?departmentName=" + name).at("isExists");
  };
  EXPECT_EQ(exists("orchid+support"), "true");
  EXPECT_EQ(exists("nowhere"), "false");
}

TEST_F(DeskPortal, AddressesAreThoseOfOnesOwnDepartments) {
  const Answer own = get(agent_, "/supportEmailAddress");
  ASSERT_EQ(own.status, 200) << own.body;
  EXPECT_EQ(own.at("data.0.departmentId"), to_string(ours_.support));
  EXPECT_EQ(get(agent_, "/mailReplyAddress?departmentId=" + to_string(ours_.shipping)).status, 204);
  EXPECT_NE(get(agent_, "/channels").body.find("email"), std::string::npos);
}

TEST_F(DeskPortal, TicketsAreCountedByValueViewAndAgent) {  // S013, S036
  const Answer by_value = get(agent_, "/ticketsCountByFieldValues?field=status,priority");
  ASSERT_EQ(by_value.status, 200) << by_value.body;
  EXPECT_EQ(by_value.at("status.0.value"), "Open");
  EXPECT_EQ(by_value.at("status.0.count"), get(agent_, "/ticketsCount?status=Open").at("count"));
  EXPECT_EQ(get(agent_, "/ticketsCountByFieldValues?field=subject").status, 422);
  EXPECT_EQ(get(agent_, "/ticketQueueView/count?viewId=1").at("count"),
            get(agent_, "/ticketsCount").at("count"));
  const std::string mine = to_string(agent_.agent);
  ASSERT_EQ(portal_
                .dialect(agent_, Method::patch, "/tickets/" + to_string(ours_.ticket),
                         R"({"assigneeId":")" + mine + R"(","dueDate":"2020-01-01T00:00:00.000Z"})")
                .status,
            200);
  const Answer counts = get(agent_, "/tickets/agentsTicketsCount?agentIds=" + mine);
  EXPECT_EQ(counts.at("data.0.openCount"), "1") << counts.body;
  EXPECT_EQ(counts.at("data.0.overDueCount"), "1");
  EXPECT_EQ(get(agent_, "/tickets/agentsTicketsCount").status, 422);
}

TEST_F(DeskPortal, ACustomViewIsPagedByNumber) {  // S029
  std::string last;
  for (int i = 0; i < 7; ++i) {
    last = post(agent_, "/tickets",
                R"({"subject":"Paged )" + std::to_string(i) + R"(","departmentId":")" +
                    to_string(ours_.support) + R"(","contactId":")" + to_string(ours_.contact) +
                    R"("})")
               .at("id");
  }
  const Answer view =
      portal_.native(agent_, Method::post, Portal::desk(ours_, "/views"),
                     R"({"name":"Paged","filter":{"field":"subject","starts_with":"Paged"}})");
  ASSERT_EQ(view.status, 201) << view.body;
  const std::string address = "/tickets?sortBy=createdTime&limit=3&viewId=" + view.at("id");
  std::vector<std::string> subjects;
  for (const char* from : {"1", "4", "7"}) {
    const Answer page = get(agent_, address + "&from=" + from);
    ASSERT_EQ(page.status, 200) << page.body;
    for (const Json& ticket : find(page.json, "data")->as_array())
      subjects.push_back(text_of(ticket, "subject"));
  }
  ASSERT_EQ(subjects.size(), 7U);
  EXPECT_EQ(subjects.front(), "Paged 0");
  EXPECT_EQ(subjects.back(), "Paged 6");
  EXPECT_EQ(get(agent_, address + "&from=8").status, 204);
}

}  // namespace
}  // namespace tandem::test
