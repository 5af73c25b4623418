#include <gtest/gtest.h>

#include "access/agents.h"
#include "tests/api/sales_portal.h"

// One program for several applications: manual, API clients 2.5.

namespace tandem {

namespace {

using crm::Edition;
using http::Method;
using test::Answer;

struct CrmAccess : testing::Test {
  test::SalesPortal portal;
  std::string token = portal.token(Edition::crm, {"ZohoCRM.modules.contacts.READ",
                                                  "ZohoBigin.modules.ALL", "ZohoBigin.org.READ"});

  /// Ada of the CRM organisation becomes a colleague in the Bigin organisation, too.
  RecordId join_bigin() {
    test::SalesPortal::Firm& bigin = portal.firm(Edition::bigin);
    const records::Catalogue& catalogue = *portal.program().applications().find("bigin");
    const access::Actor system = access::system_actor(catalogue, bigin.org, access::Path::system);
    const auto agent =
        portal.program().database().write([&](db::Transaction& tx) -> Result<access::Agent> {
          return access::add_agent(tx, system,
                                   {portal.firm(Edition::crm).ada.person, bigin.agent_role, {}});
        });
    EXPECT_TRUE(agent.has_value());
    return agent ? agent->id : RecordId{};
  }
  void leave_bigin(RecordId agent) {
    const records::Catalogue& catalogue = *portal.program().applications().find("bigin");
    const access::Actor system =
        access::system_actor(catalogue, portal.firm(Edition::bigin).org, access::Path::system);
    EXPECT_TRUE(portal.program().database().write([&](db::Transaction& tx) -> Result<void> {
      TRY(access::change_agent(tx, system, agent, {.status = access::AgentStatus::disabled}));
      return {};
    }));
  }
  Answer get(const std::string& path, const std::string& org = "") {
    http::Request request;
    request.path = path;
    request.headers = {{"Authorization", "Zoho-oauthtoken " + token}};
    if (!org.empty()) request.headers.emplace_back("X-CRM-ORG", org);
    return portal.send(std::move(request));
  }
};

TEST_F(CrmAccess, AProgramReachesThePersonsOrganisationsOfEachApplicationItHasScopesFor) {
  EXPECT_EQ(get("/crm/v8/Contacts").status, 204);
  EXPECT_EQ(get("/bigin/v2/Contacts").at("code"), "INVALID_TOKEN") << "no member there yet";
  const RecordId agent = join_bigin();
  EXPECT_EQ(get("/bigin/v2/Contacts").status, 204);
  EXPECT_EQ(get("/bigin/v2/org").at("org.0.id"), to_string(portal.firm(Edition::bigin).org));
  leave_bigin(agent);
  EXPECT_EQ(get("/bigin/v2/Contacts").at("code"), "INVALID_TOKEN");
}

TEST_F(CrmAccess, ScopesAreOfOneApplicationAndOfSingleModules) {
  join_bigin();
  EXPECT_EQ(get("/crm/v8/Leads").at("code"), "OAUTH_SCOPE_MISMATCH");
  EXPECT_EQ(get("/crm/v8/org").at("code"), "OAUTH_SCOPE_MISMATCH");
  EXPECT_EQ(get("/api/v1/tickets").status, 403) << "no scope of the desk";
  EXPECT_EQ(get("/bigin/v2/Pipelines").status, 204);
  EXPECT_EQ(get("/bigin/v2/Deals").status, 204) << "the older word of Pipelines";
}

TEST_F(CrmAccess, AProgramNamesTheOrganisationItMeans) {
  join_bigin();
  const std::string crm = to_string(portal.firm(Edition::crm).org);
  const std::string bigin = to_string(portal.firm(Edition::bigin).org);
  EXPECT_EQ(get("/crm/v8/Contacts", crm).status, 204);
  EXPECT_EQ(get("/bigin/v2/Contacts", bigin).status, 204);
  EXPECT_EQ(get("/crm/v8/Contacts", bigin).at("code"), "NO_PERMISSION");
  EXPECT_EQ(get("/bigin/v2/Contacts", crm).at("code"), "NO_PERMISSION");
  EXPECT_EQ(get("/crm/v8/Contacts", "mine").at("code"), "NO_PERMISSION");
}

}  // namespace

}  // namespace tandem
