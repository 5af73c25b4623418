#include <gtest/gtest.h>

#include "tests/api/sales_portal.h"

// Custom views, the timeline of a record and counts by the dialects: docs/api/crm.md.

namespace tandem {

namespace {

using crm::Edition;
using http::Method;
using test::Answer;

struct CrmViews : testing::Test {
  test::SalesPortal portal;

  std::string lead(const std::string& name) {
    return portal.made(Edition::crm, "Leads",
                       R"({"Last_Name":")" + name + R"(","Company":"Kunde Ltd"})");
  }
  Answer get(const std::string& address, Edition edition = Edition::crm) {
    return portal.call(edition, Method::get, address);
  }
  Answer put(const std::string& address, const std::string& body) {
    return portal.call(Edition::crm, Method::put, address, body);
  }
  std::string view(const std::string& system_name) {
    const Answer views = get("/settings/custom_views?module=Leads");
    for (int row = 0; row < 10; ++row) {
      const std::string at = "custom_views." + std::to_string(row);
      if (views.at(at + ".system_name") == system_name) return views.at(at + ".id");
    }
    return "";
  }
};

TEST_F(CrmViews, AModuleHasViewsAndOneOfThemIsTheUsualOne) {
  const Answer views = get("/settings/custom_views?module=Leads");
  ASSERT_EQ(views.status, 200) << views.body;
  EXPECT_EQ(views.at("custom_views.0.display_value"), "All Leads");
  EXPECT_EQ(views.at("custom_views.0.default"), "true");
  EXPECT_EQ(views.at("custom_views.1.criteria.field.api_name"), "Owner");
  EXPECT_EQ(views.at("info.count"), "4");
  EXPECT_EQ(views.at("info.default"), views.at("custom_views.0.id"));
  const std::string mine = view("MYVIEW");
  EXPECT_EQ(get("/settings/custom_views/" + mine + "?module=Leads").at("custom_views.0.name"),
            "My Leads");
  EXPECT_EQ(get("/settings/custom_views/123456789012345678?module=Leads").status, 404);
  EXPECT_EQ(get("/settings/custom_views?module=Pipelines", Edition::bigin)
                .at("custom_views.0.system_name"),
            "ALLVIEWS");
}

TEST_F(CrmViews, AListAndACountMayBeOfAView) {
  const std::string mine = lead("Mine");
  const std::string theirs = lead("Theirs");
  const std::string ben = to_string(portal.firm(Edition::crm).ben.agent);
  put("/Leads/" + theirs, R"({"data":[{"Owner":{"id":")" + ben + R"("}}]})");
  const Answer listed = get("/Leads?cvid=" + view("MYVIEW"));
  EXPECT_EQ(listed.at("info.count"), "1");
  EXPECT_EQ(listed.at("data.0.id"), mine);
  EXPECT_EQ(get("/Leads/actions/count?cvid=" + view("MYVIEW")).at("count"), "1");
  EXPECT_EQ(get("/Leads/actions/count?cvid=" + view("ALLVIEWS")).at("count"), "2");
  EXPECT_EQ(get("/Leads?cvid=" + view("NEWVIEW")).at("info.count"), "2");
  portal.clock().advance_ms(8 * day_ms);
  EXPECT_EQ(get("/Leads?cvid=5").at("code"), "INVALID_TOKEN") << "the token has ended";
  portal.firm(Edition::crm).ada.access_token =
      portal.token(Edition::crm, {"ZohoCRM.modules.ALL", "ZohoCRM.settings.ALL"});
  EXPECT_EQ(get("/Leads?cvid=" + view("NEWVIEW")).status, 204);
  EXPECT_EQ(get("/Leads?cvid=5").at("code"), "INVALID_DATA");
}

TEST_F(CrmViews, TheTimelineTellsWhatHappenedNewestFirst) {
  const std::string id = lead("Silva");
  const std::string ben = to_string(portal.firm(Edition::crm).ben.agent);
  put("/Leads/" + id, R"({"data":[{"Lead_Source":"Cold Call","Owner":{"id":")" + ben + R"("}}]})");
  const Answer timeline = get("/Leads/" + id + "/__timeline");
  ASSERT_EQ(timeline.status, 200) << timeline.body;
  EXPECT_EQ(timeline.at("__timeline.0.action"), "updated");
  EXPECT_EQ(timeline.at("__timeline.0.source"), "crm_api");
  EXPECT_EQ(timeline.at("__timeline.0.done_by.name"), "ada");
  EXPECT_EQ(timeline.at("__timeline.0.record.id"), id);
  EXPECT_EQ(timeline.at("__timeline.0.record.module.api_name"), "Leads");
  EXPECT_EQ(timeline.at("__timeline.1.action"), "added");
  std::string told;
  for (int row = 0; row < 2; ++row) {
    const std::string at = "__timeline.0.field_history." + std::to_string(row) + ".";
    told += timeline.at(at + "api_name") + " " + timeline.at(at + "_value.old") + " " +
            timeline.at(at + "_value.new") + "; ";
  }
  EXPECT_NE(told.find("Lead_Source null Cold Call; "), std::string::npos) << told;
  EXPECT_NE(told.find("Owner ada ben; "), std::string::npos) << told;
  const Answer first = get("/Leads/" + id + "/__timeline?per_page=1");
  EXPECT_EQ(first.at("info.more_records"), "true");
  for (const std::string& more :
       {"page_token=" + first.at("info.next_page_token"), std::string("page=2")}) {
    EXPECT_EQ(get("/Leads/" + id + "/__timeline?per_page=1&" + more).at("__timeline.0.action"),
              "added");
  }
  EXPECT_EQ(get("/Leads/123456789012345678/__timeline").status, 404);
}

TEST_F(CrmViews, MoreThanAThousandRecordsAreCounted) {
  for (int call = 0; call < 11; ++call) {
    std::string items;
    for (int row = 0; row < 100; ++row)
      items += std::string(row == 0 ? "" : ",") + R"({"Last_Name":"x","Company":"y"})";
    portal.call(Edition::crm, Method::post, "/Leads", "{\"data\":[" + items + "]}");
  }
  EXPECT_EQ(get("/Leads/actions/count").at("count"), "1100");
  EXPECT_EQ(get("/Leads/actions/count?criteria=(Last_Name:equals:x)").at("count"), "1100");
}

}  // namespace

}  // namespace tandem
