#include <gmock/gmock.h>

#include "tests/api/sales_portal.h"

// What programs ask CRM and Bigin before they ask for records: docs/api/crm.md.

namespace tandem {

namespace {

using crm::Edition;
using http::Method;
using test::Answer;
using testing::Contains;
using testing::ElementsAre;
using testing::IsSupersetOf;

struct CrmMetadata : testing::Test {
  test::SalesPortal portal;

  Answer get(const std::string& address, Edition edition = Edition::crm) {
    return portal.call(edition, Method::get, address);
  }
  /// The member of each item of a list.
  static std::vector<std::string> each(const Answer& answer, const std::string& list,
                                       const std::string& member) {
    std::vector<std::string> found;
    for (int row = 0;; ++row) {
      const std::string at = list + "." + std::to_string(row);
      if (answer.at(at).empty()) return found;
      found.push_back(answer.at(at + "." + member));
    }
  }
};

TEST_F(CrmMetadata, TheModulesOfAnEditionAreListed) {
  const Answer crm = get("/settings/modules");
  EXPECT_THAT(each(crm, "modules", "api_name"),
              IsSupersetOf({"Leads", "Contacts", "Accounts", "Deals", "Products", "Campaigns",
                            "Tasks", "Events", "Calls", "Notes"}));
  EXPECT_THAT(each(get("/settings/modules", Edition::bigin), "modules", "api_name"),
              testing::AllOf(Contains("Pipelines"), testing::Not(Contains("Leads"))));
  const Answer one = get("/settings/modules/deals");
  EXPECT_EQ(one.at("modules.0.api_name"), "Deals");
  EXPECT_EQ(one.at("modules.0.id").size(), 18u);
}

TEST_F(CrmMetadata, TheFieldsOfAModuleSayWhatTheyHold) {
  const Answer fields = get("/settings/fields?module=Leads");
  ASSERT_EQ(fields.status, 200) << fields.body;
  const std::vector<std::string> names = each(fields, "fields", "api_name");
  const auto row_of = [&](const std::string& name) {
    const auto at = std::find(names.begin(), names.end(), name);
    EXPECT_NE(at, names.end()) << name;
    return "fields." + std::to_string(at - names.begin()) + ".";
  };
  EXPECT_EQ(fields.at(row_of("Last_Name") + "system_mandatory"), "true");
  EXPECT_EQ(fields.at(row_of("Lead_Source") + "data_type"), "picklist");
  EXPECT_EQ(fields.at(row_of("Lead_Source") + "pick_list_values.1.display_value"), "Cold Call");
  EXPECT_EQ(fields.at(row_of("Annual_Revenue") + "data_type"), "currency");
  EXPECT_EQ(fields.at(row_of("Owner") + "data_type"), "ownerlookup");
  EXPECT_EQ(fields.at(row_of("Converted_Contact") + "read_only"), "true");
  const Answer contacts = get("/settings/fields?module=contacts");
  EXPECT_THAT(each(contacts, "fields", "lookup.module.api_name"), Contains("Accounts"));
}

TEST_F(CrmMetadata, AModuleThatIsNoneOrNotNamedIsTold) {
  EXPECT_EQ(get("/settings/fields").at("code"), "REQUIRED_PARAM_MISSING");
  EXPECT_EQ(get("/settings/fields?module=Spaceships").at("code"), "INVALID_DATA");
}

TEST_F(CrmMetadata, RelatedListsNameWhatPointsToARecord) {
  const Answer lists = get("/settings/related_lists?module=Accounts");
  EXPECT_THAT(each(lists, "related_lists", "api_name"),
              IsSupersetOf({"Contacts", "Deals", "Tasks", "Notes", "Attachments"}));
  EXPECT_THAT(each(lists, "related_lists", "href"), Contains("Accounts/{ENTITYID}/Contacts"));
}

TEST_F(CrmMetadata, BiginHasALayoutForEachTeamPipelineWithItsStages) {
  const Answer layouts = get("/settings/layouts?module=Pipelines", Edition::bigin);
  ASSERT_EQ(layouts.status, 200) << layouts.body;
  EXPECT_THAT(each(layouts, "layouts", "name"), ElementsAre("Sales Pipeline"));
  const std::vector<std::string> names = each(layouts, "layouts.0.sections.0.fields", "api_name");
  const auto at = std::find(names.begin(), names.end(), "Stage");
  ASSERT_NE(at, names.end());
  const std::string stage =
      "layouts.0.sections.0.fields." + std::to_string(at - names.begin()) + ".pick_list_values";
  EXPECT_THAT(each(layouts, stage, "actual_value"),
              ElementsAre("Qualification", "Needs Analysis", "Proposal/Price Quote",
                          "Negotiation/Review", "Closed Won", "Closed Lost"));
}

TEST_F(CrmMetadata, PipelinesTellWhatTheirStagesForecast) {
  const Answer pipelines = get("/settings/pipeline?layout_id=1");
  EXPECT_EQ(pipelines.at("pipeline.0.display_value"), "Standard (Standard)");
  EXPECT_EQ(pipelines.at("pipeline.0.maps.6.display_value"), "Closed Won");
  EXPECT_EQ(pipelines.at("pipeline.0.maps.6.forecast_type"), "Closed Won");
}

TEST_F(CrmMetadata, WhyADealWasLostHasTheNameThatClientsKnow) {
  EXPECT_THAT(each(get("/settings/fields?module=Deals"), "fields", "api_name"),
              Contains("Reason_For_Loss__s"));
}

TEST_F(CrmMetadata, UsersAndTheOrganisationAreShown) {
  const Answer me = get("/users?type=CurrentUser");
  ASSERT_EQ(me.status, 200) << me.body;
  EXPECT_EQ(me.at("users.0.full_name"), "ada");
  EXPECT_EQ(me.at("users.0.profile.name"), "Administrator");
  EXPECT_EQ(get("/users").at("info.count"), "2");
  EXPECT_EQ(get("/users/" + me.at("users.0.id")).at("users.0.id"), me.at("users.0.id"));
  EXPECT_EQ(get("/users/123456789012345678").at("code"), "INVALID_DATA");
  EXPECT_EQ(get("/org").at("org.0.company_name"), "Orchid Ltd");
  EXPECT_EQ(get("/org").at("org.0.zgid"), to_string(portal.firm(Edition::crm).org));
  EXPECT_EQ(get("/settings/roles").at("roles.0.name"), "Member");
  EXPECT_THAT(each(get("/settings/profiles"), "profiles", "name"), Contains("Administrator"));
}

}  // namespace

}  // namespace tandem
