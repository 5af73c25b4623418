#include <gtest/gtest.h>

#include "tests/api/sales_portal.h"

// Tags, mass update and change of owner by the dialects: docs/api/crm.md.

namespace tandem {

namespace {

using crm::Edition;
using http::Method;
using test::Answer;

struct CrmTags : testing::Test {
  test::SalesPortal portal;
  std::string one = lead("One");
  std::string two = lead("Two");

  std::string lead(const std::string& name) {
    return portal.made(Edition::crm, "Leads",
                       R"({"Last_Name":")" + name + R"(","Company":"Kunde Ltd"})");
  }
  Answer get(const std::string& address) { return portal.call(Edition::crm, Method::get, address); }
  Answer post(const std::string& address, const std::string& body) {
    return portal.call(Edition::crm, Method::post, address, body);
  }
  Answer put(const std::string& address, const std::string& body) {
    return portal.call(Edition::crm, Method::put, address, body);
  }
  Answer as_ben(Method method, const std::string& address, const std::string& body = "") {
    std::swap(portal.firm(Edition::crm).ada, portal.firm(Edition::crm).ben);
    const Answer answer = portal.call(Edition::crm, method, address, body);
    std::swap(portal.firm(Edition::crm).ada, portal.firm(Edition::crm).ben);
    return answer;
  }
  std::string tag(const std::string& name) {
    const Answer made = post("/settings/tags?module=Leads",
                             R"({"tags":[{"name":")" + name + R"(","color_code":"#57B1FD"}]})");
    EXPECT_EQ(made.status, 201) << made.body;
    EXPECT_EQ(made.at("tags.0.message"), "tags created successfully");
    return made.at("tags.0.details.id");
  }
};

TEST_F(CrmTags, AModuleHasTagsWithColours) {
  EXPECT_EQ(get("/settings/tags?module=Leads").status, 204);
  const std::string id = tag("Fair");
  const Answer listed = get("/settings/tags?module=Leads");
  EXPECT_EQ(listed.at("tags.0.id"), id);
  EXPECT_EQ(listed.at("tags.0.name"), "Fair");
  EXPECT_EQ(listed.at("tags.0.color_code"), "#57B1FD");
  EXPECT_EQ(listed.at("tags.0.created_by.name"), "ada");
  EXPECT_EQ(listed.at("info.count"), "1");
  EXPECT_EQ(get("/settings/tags?module=Contacts").status, 204) << "each module has its own";
  EXPECT_EQ(get("/settings/tags").at("code"), "REQUIRED_PARAM_MISSING");
}

TEST_F(CrmTags, ATagIsThereOnceAndIsWellFormed) {
  tag("Fair");
  const Answer same = post("/settings/tags?module=Leads", R"({"tags":[{"name":"FAIR"}]})");
  EXPECT_EQ(same.at("tags.0.code"), "DUPLICATE_DATA");
  for (const std::string item :
       {R"({"name":""})", R"({"name":"a,b"})", R"({"name":"x","color_code":"blue"})", "5"}) {
    const Answer bad = post("/settings/tags?module=Leads", R"({"tags":[)" + item + "]}");
    EXPECT_EQ(bad.status, 400) << item << bad.body;
  }
}

TEST_F(CrmTags, TagsAreGivenAndTaken) {
  const std::string fair = tag("Fair");
  const Answer given = post("/Leads/" + one + "/actions/add_tags",
                            R"({"tags":[{"id":")" + fair + R"("},{"name":"VIP"}]})");
  ASSERT_EQ(given.status, 200) << given.body;
  EXPECT_EQ(given.at("data.0.message"), "tags updated successfully");
  EXPECT_EQ(given.at("data.0.details.tags.0.id"), fair);
  EXPECT_EQ(given.at("success_count"), "1");
  const Answer read = get("/Leads/" + one);
  EXPECT_EQ(read.at("data.0.Tag.0.name"), "Fair");
  EXPECT_EQ(read.at("data.0.Tag.0.color_code"), "#57B1FD");
  EXPECT_EQ(read.at("data.0.Tag.1.name"), "VIP");
  EXPECT_NE(read.at("data.0.Tag.1.id"), "null") << "a tag that was not there is made";
  const Answer taken =
      post("/Leads/" + one + "/actions/remove_tags", R"({"tags":[{"name":"fair"}]})");
  EXPECT_EQ(taken.at("data.0.details.tags.0.name"), "VIP");
  const Answer replaced =
      post("/Leads/" + one + "/actions/add_tags", R"({"tags":[{"name":"New"}],"over_write":true})");
  EXPECT_EQ(replaced.at("data.0.details.tags.0.name"), "New");
  EXPECT_EQ(replaced.at("data.0.details.tags.1"), "");
}

TEST_F(CrmTags, SeveralRecordsAreTaggedAtOnce) {
  const std::string unknown = "123456789012345678";
  const Answer given = post("/Leads/actions/add_tags",
                            R"({"tags":[{"name":"Fair","color_code":"#FF0000"}],"ids":[")" + one +
                                R"(",")" + two + R"(",")" + unknown + R"("]})");
  EXPECT_EQ(given.status, 207) << given.body;
  EXPECT_EQ(given.at("success_count"), "2");
  EXPECT_EQ(given.at("data.2.code"), "INVALID_DATA");
  EXPECT_EQ(get("/Leads/" + two).at("data.0.Tag.0.color_code"), "#FF0000");
  const Answer older = post("/Leads/actions/remove_tags?ids=" + one + "&tag_names=Fair", "");
  EXPECT_EQ(older.status, 200) << older.body;
  EXPECT_EQ(get("/Leads/" + one).at("data.0.Tag.0"), "");
  EXPECT_EQ(post("/Leads/" + one + "/actions/add_tags", "{}").at("code"), "MANDATORY_NOT_FOUND");
  EXPECT_EQ(post("/Leads/" + one + "/actions/add_tags", R"({"tags":[{"id":"123456789012345678"}]})")
                .status,
            400);
}

TEST_F(CrmTags, ARenamedTagIsRenamedOnItsRecords) {
  const std::string id = tag("Fair");
  post("/Leads/" + one + "/actions/add_tags", R"({"tags":[{"name":"Fair"}]})");
  const Answer changed =
      put("/settings/tags/" + id + "?module=Leads", R"({"tags":[{"name":"Expo"}]})");
  ASSERT_EQ(changed.status, 200) << changed.body;
  EXPECT_EQ(changed.at("tags.0.message"), "tags updated successfully");
  EXPECT_EQ(get("/Leads/" + one).at("data.0.Tag.0.name"), "Expo");
  EXPECT_EQ(get("/settings/tags/" + id + "/actions/records_count?module=Leads").at("count"), "1");
}

TEST_F(CrmTags, TagsAreMergedAndDeleted) {
  const std::string fair = tag("Fair");
  const std::string expo = tag("Expo");
  post("/Leads/" + one + "/actions/add_tags", R"({"tags":[{"name":"Fair"}]})");
  const Answer merged = post("/settings/tags/" + fair + "/actions/merge",
                             R"({"tags":[{"conflict_id":")" + expo + R"("}]})");
  ASSERT_EQ(merged.status, 200) << merged.body;
  EXPECT_EQ(get("/Leads/" + one).at("data.0.Tag.0.name"), "Expo");
  const Answer gone = portal.call(Edition::crm, Method::del, "/settings/tags/" + expo);
  EXPECT_EQ(gone.at("tags.0.message"), "tags deleted successfully");
  EXPECT_EQ(get("/Leads/" + one).at("data.0.Tag.0"), "");
  EXPECT_EQ(get("/settings/tags?module=Leads").status, 204);
  EXPECT_EQ(portal.call(Edition::crm, Method::del, "/settings/tags/" + expo).status, 404);
}

TEST_F(CrmTags, WhoArrangesNoFieldsRenamesNoTags) {
  const std::string id = tag("Fair");
  EXPECT_EQ(
      as_ben(Method::put, "/settings/tags/" + id + "?module=Leads", R"({"tags":[{"name":"Expo"}]})")
          .at("tags.0.code"),
      "NO_PERMISSION");
  EXPECT_EQ(as_ben(Method::del, "/settings/tags/" + id).at("code"), "NO_PERMISSION");
  EXPECT_EQ(
      as_ben(Method::post, "/settings/tags?module=Leads", R"({"tags":[{"name":"Mine"}]})").status,
      201);
}

TEST_F(CrmTags, OneChangeIsMadeToManyRecords) {
  const Answer changed = post(
      "/Leads/actions/mass_update",
      R"({"data":[{"City":"Porto"}],"over_write":true,"ids":[")" + one + R"(",")" + two + R"("]})");
  ASSERT_EQ(changed.status, 200) << changed.body;
  EXPECT_EQ(changed.at("data.1.message"), "record updated");
  EXPECT_EQ(get("/Leads/" + two).at("data.0.City"), "Porto");
  EXPECT_EQ(post("/Leads/actions/mass_update", R"({"data":[{"City":"Porto"}]})").at("code"),
            "MANDATORY_NOT_FOUND");
  EXPECT_EQ(post("/Leads/actions/mass_update",
                 R"({"data":[{"Annual_Revenue":"much"}],"ids":[")" + one + R"("]})")
                .at("data.0.code"),
            "INVALID_DATA");
}

TEST_F(CrmTags, ACopyIsARecordOfItsOwn) {
  put("/Leads/" + one, R"({"data":[{"City":"Porto","Tag":[{"name":"Fair"}]}]})");
  const Answer made = post("/Leads/" + one + "/actions/clone", "");
  ASSERT_EQ(made.status, 201) << made.body;
  const std::string copy = made.at("data.0.details.id");
  EXPECT_NE(copy, one);
  EXPECT_EQ(get("/Leads/" + copy).at("data.0.Last_Name"), "One");
  EXPECT_EQ(get("/Leads/" + copy).at("data.0.City"), "Porto");
  EXPECT_EQ(get("/Leads/" + copy).at("data.0.Tag.0.name"), "Fair");
  EXPECT_EQ(post("/Leads/123456789012345678/actions/clone", "").status, 404);
}

TEST_F(CrmTags, RecordsAreGivenToAnotherOwnerWithWhatBelongsToThem) {
  const std::string ben = to_string(portal.firm(Edition::crm).ben.agent);
  const std::string task = portal.made(
      Edition::crm, "Tasks",
      R"({"Subject":"Call","Due_Date":"2026-03-05","$se_module":"Leads","What_Id":{"id":")" + one +
          R"("}})");
  const Answer given =
      post("/Leads/" + one + "/actions/change_owner",
           R"({"owner":{"id":")" + ben +
               R"("},"notify":true,"related_modules":[{"id":"1","api_name":"Tasks"}]})");
  ASSERT_EQ(given.status, 200) << given.body;
  EXPECT_EQ(given.at("data.0.message"), "owner is successfully updated");
  EXPECT_EQ(get("/Leads/" + one).at("data.0.Owner.id"), ben);
  EXPECT_EQ(get("/Tasks/" + task).at("data.0.Owner.id"), ben);
  const Answer many = post("/Leads/actions/change_owner",
                           R"({"owner":{"id":")" + ben + R"("},"ids":[")" + two + R"("]})");
  EXPECT_EQ(many.status, 200) << many.body;
  EXPECT_EQ(get("/Leads/" + two).at("data.0.Owner.name"), "ben");
}

TEST_F(CrmTags, OnlyWhatGoesByALookupIsGivenAlong) {
  const std::string ben = to_string(portal.firm(Edition::crm).ben.agent);
  const std::string account = portal.made(Edition::crm, "Accounts", R"({"Account_Name":"Kunde"})");
  const std::string contact = portal.made(
      Edition::crm, "Contacts", R"({"Last_Name":"Silva","Account_Name":")" + account + R"("})");
  const std::string deal = portal.made(
      Edition::crm, "Deals",
      R"({"Deal_Name":"Lamps","Closing_Date":"2026-04-01","Contact_Name":")" + contact + R"("})");
  const std::string joined =
      portal.made(Edition::crm, "Deals", R"({"Deal_Name":"Shades","Closing_Date":"2026-04-01"})");
  ASSERT_EQ(portal
                .call(Edition::crm, Method::put, "/Deals/" + joined + "/Contact_Roles/" + contact,
                      R"({"data":[{"Contact_Role":"Influencer"}]})")
                .status,
            200);
  const Answer given =
      post("/Contacts/" + contact + "/actions/change_owner",
           R"({"owner":{"id":")" + ben +
               R"("},"related_modules":[{"api_name":"Deals"},{"api_name":"deals"}]})");
  ASSERT_EQ(given.status, 200) << given.body;
  EXPECT_EQ(get("/Deals/" + deal).at("data.0.Owner.id"), ben);
  EXPECT_EQ(get("/Deals/" + joined).at("data.0.Owner.name"), "ada");
}

TEST_F(CrmTags, WhatBelongsToRecordsIsGivenAlongByWhoMayChangeManyAndNotBeyondAThousand) {
  test::SalesPortal::Firm& firm = portal.firm(Edition::crm);
  const std::string body = R"({"owner":{"id":")" + to_string(firm.ben.agent) +
                           R"("},"related_modules":[{"api_name":"Tasks"}]})";
  const std::string address = "/Leads/" + one + "/actions/change_owner";
  const Answer role = portal.native(
      firm.ada, Method::post, test::SalesPortal::face(Edition::crm, firm, "/roles"),
      R"({"name":"One by one","rights":{"leads":["read","update"],"tasks":["read","update"]}})");
  ASSERT_EQ(role.status, 201) << role.body;
  ASSERT_EQ(portal
                .native(firm.ada, Method::patch,
                        test::SalesPortal::face(Edition::crm, firm,
                                                "/people/" + to_string(firm.ben.agent)),
                        R"({"role_id":")" + role.at("id") + R"("})")
                .status,
            200);
  EXPECT_EQ(as_ben(Method::post, address, body).at("code"), "NO_PERMISSION");
  std::string tasks;
  for (int count = 0; count < 100; ++count)
    tasks += std::string(count > 0 ? "," : "") +
             R"({"Subject":"Call","$se_module":"Leads","What_Id":")" + one + "\"}";
  for (int times = 0; times < 11; ++times)
    ASSERT_EQ(post("/Tasks", R"({"data":[)" + tasks + "]}").status, 201);
  const Answer refused = post(address, body);
  EXPECT_EQ(refused.at("code"), "LIMIT_EXCEEDED") << refused.body;
  EXPECT_EQ(get("/Leads/" + one).at("data.0.Owner.name"), "ada");
}

TEST_F(CrmTags, AnOwnerIsAColleague) {
  const std::string address = "/Leads/" + one + "/actions/change_owner";
  EXPECT_EQ(post(address, R"({"owner":{"id":"123456789012345678"}})").at("data.0.code"),
            "INVALID_DATA");
  EXPECT_EQ(post(address, "{}").at("code"), "MANDATORY_NOT_FOUND");
  const std::string ada = to_string(portal.firm(Edition::bigin).ada.agent);
  EXPECT_EQ(post(address, R"({"owner":{"id":")" + ada + R"("}})").at("data.0.code"), "INVALID_DATA")
      << "of another organisation";
}

TEST_F(CrmTags, AViewIsChangedAsAWholeWhenItIsSmall) {
  const std::string views = get("/settings/custom_views?module=Leads").body;
  std::string all;
  for (int at = 0; all.empty() && at < 4; ++at) {
    const Answer listed = get("/settings/custom_views?module=Leads");
    const std::string view = "custom_views." + std::to_string(at) + ".";
    if (listed.at(view + "system_name") == "ALLVIEWS") all = listed.at(view + "id");
  }
  ASSERT_FALSE(all.empty()) << views;
  const Answer changed =
      post("/Leads/actions/mass_update", R"({"data":[{"City":"Porto"}],"cvid":")" + all + R"("})");
  EXPECT_EQ(changed.status, 200) << changed.body;
  EXPECT_EQ(changed.at("data.1.code"), "SUCCESS");
  EXPECT_EQ(get("/Leads/" + one).at("data.0.City"), "Porto");
  const std::string ben = to_string(portal.firm(Edition::crm).ben.agent);
  const Answer given = post("/Leads/actions/change_owner",
                            R"({"owner":{"id":")" + ben + R"("},"cvid":)" + all + "}");
  EXPECT_EQ(given.status, 200) << given.body << ": newer clients send numbers";
  EXPECT_EQ(get("/Leads/" + two).at("data.0.Owner.id"), ben);
  EXPECT_EQ(post("/Leads/actions/mass_update", R"({"data":[{"City":"x"}],"cvid":"5"})").at("code"),
            "INVALID_DATA");
  EXPECT_EQ(
      post("/Accounts/actions/mass_update", R"({"data":[{"Phone":"1"}],"cvid":")" + all + R"("})")
          .at("code"),
      "INVALID_DATA")
      << "the view of another module";
}

TEST_F(CrmTags, AViewOfManyRecordsIsRefusedAndNothingIsChanged) {
  std::string items;
  for (int count = 0; count < 100; ++count)
    items += std::string(count > 0 ? "," : "") + R"({"Last_Name":"More","Company":"c"})";
  ASSERT_EQ(post("/Leads", R"({"data":[)" + items + "]}").status, 201);
  const Answer listed = get("/settings/custom_views?module=Leads");
  const Answer given = post("/Leads/actions/change_owner",
                            R"({"owner":{"id":")" + to_string(portal.firm(Edition::crm).ben.agent) +
                                R"("},"cvid":")" + listed.at("custom_views.0.id") + R"("})");
  EXPECT_EQ(given.status, 400);
  EXPECT_EQ(given.at("code"), "LIMIT_EXCEEDED") << given.body;
  EXPECT_EQ(get("/Leads/" + one).at("data.0.Owner.name"), "ada");
}

}  // namespace

}  // namespace tandem
