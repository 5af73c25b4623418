#include <gtest/gtest.h>

#include "tests/api/portal.h"

// Custom views as the browser and the Desk dialect use them.

namespace tandem::test {
namespace {

using http::Method;

class ViewsApi : public testing::Test {
 protected:
  Answer call(const Member& member, Method method, const std::string& rest,
              const std::string& body = "") {
    return portal_.native(member, method, Portal::desk(ours_, rest), body);
  }
  std::string made(const Member& member, const std::string& body) {
    const Answer answer = call(member, Method::post, "/views", body);
    EXPECT_EQ(answer.status, 201) << answer.body;
    return answer.at("id");
  }

  Portal portal_;
  Company& ours_ = portal_.ours();
  Member& administrator_ = ours_.members["administrator"];
  Member& agent_ = ours_.members["agent"];
  Member& light_agent_ = ours_.members["light_agent"];
};

TEST_F(ViewsApi, AViewIsMadeListedCountedChangedDeletedAndRestored) {  // S029
  const Answer view = call(agent_, Method::post, "/views",
                           R"({"name":"Parcels","filter":{"field":"subject","contains":"PARCEL"},)"
                           R"("sort":"number","columns":["subject","owner"]})");
  ASSERT_EQ(view.status, 201) << view.body;
  EXPECT_EQ(view.at("kind"), "custom");
  EXPECT_EQ(view.at("filter.contains"), "PARCEL");
  EXPECT_EQ(view.at("owner.id"), to_string(agent_.agent));
  EXPECT_EQ(view.at("audience.kind"), "owner");
  const std::string id = view.at("id");

  const Answer views = call(agent_, Method::get, "/views");
  EXPECT_EQ(views.at("views.0.kind"), "ready");
  EXPECT_EQ(views.at("may_share"), "false");
  EXPECT_NE(views.body.find(R"("name":"Parcels","kind":"custom")"), std::string::npos)
      << views.body;
  EXPECT_EQ(call(light_agent_, Method::get, "/views").body.find("Parcels"), std::string::npos);

  const Answer counts = call(agent_, Method::get, "/views/counts?ids=" + id);
  EXPECT_EQ(counts.at("counts.0.count"), "1") << counts.body;
  const Answer list = call(agent_, Method::get, "/tickets?count=1&view=" + id);
  EXPECT_EQ(list.at("records.0.id"), to_string(ours_.ticket)) << list.body;
  EXPECT_EQ(list.at("count"), "1");
  EXPECT_EQ(call(light_agent_, Method::get, "/tickets?view=" + id).status, 404);
  EXPECT_EQ(call(agent_, Method::get, "/contacts?view=" + id).status, 422);

  const std::string path = "/views/" + id;
  const Answer changed = call(agent_, Method::patch, path, R"({"name":"Post","revision":1})");
  EXPECT_EQ(changed.at("name"), "Post") << changed.body;
  EXPECT_EQ(changed.at("columns.1"), "owner") << "what is not said stays";
  EXPECT_EQ(call(agent_, Method::patch, path, R"({"name":"Late","revision":1})").at("error.code"),
            "stale");
  EXPECT_EQ(call(agent_, Method::del, path).status, 204);
  EXPECT_EQ(call(agent_, Method::get, "/tickets?view=" + id).status, 404);
  EXPECT_EQ(call(agent_, Method::post, path + "/restore", "{}").at("name"), "Post");
  EXPECT_EQ(call(agent_, Method::put, "/views/order", R"({"ids":[")" + id + R"("]})").status, 204);
}

TEST_F(ViewsApi, ConditionsAreCountedBeforeTheyAreKept) {  // S029
  const Answer count = call(agent_, Method::post, "/views/count",
                            R"({"filter":{"field":"subject","contains":"parcel"}})");
  EXPECT_EQ(count.body, R"({"count":1,"count_is_exact":true})");
  EXPECT_EQ(call(agent_, Method::post, "/views/count", R"({"filter":{"field":"x","is":1}})")
                .at("error.code"),
            "unknown_field");
  EXPECT_EQ(call(agent_, Method::post, "/views/count", "{}").at("error.code"), "required");
  EXPECT_EQ(call(agent_, Method::get, "/views/counts?ids=").at("error.code"), "out_of_range");
  EXPECT_EQ(call(agent_, Method::get, "/views/counts?ids=open").at("error.code"), "bad_id");
}

TEST_F(ViewsApi, WhoMayNotShareIsToldWhoMay) {  // S029
  const std::string body = R"({"name":"Ours","audience":{"kind":"everybody"}})";
  const Answer refused = call(agent_, Method::post, "/views", body);
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(refused.at("error.code"), "may_not_share_views");
  EXPECT_EQ(call(agent_, Method::post, "/views", R"({"name":"x","audience":{"kind":"moon"}})")
                .at("error.code"),
            "not_a_choice");
  made(administrator_, body);
  const Answer views = call(agent_, Method::get, "/views");
  EXPECT_NE(views.body.find(R"("name":"Ours")"), std::string::npos);
  EXPECT_NE(views.body.find(R"("may":["clone"])"), std::string::npos) << views.body;
}

TEST_F(ViewsApi, AViewWithAFieldThatIsGoneSaysSoAndKeepsTheListOfViewsWhole) {  // S029
  call(administrator_, Method::post, "/fields/tickets", R"({"label":"Plan","kind":"text"})");
  const std::string id = made(agent_, R"({"name":"Gold","filter":{"field":"plan","is":"gold"}})");
  call(administrator_, Method::del, "/fields/tickets/plan");
  const Answer list = call(agent_, Method::get, "/tickets?view=" + id);
  EXPECT_EQ(list.status, 422);
  EXPECT_EQ(list.at("error.code"), "view_broken");
  EXPECT_EQ(list.at("error.field"), "plan");
  const Answer views = call(agent_, Method::get, "/views");
  EXPECT_EQ(views.status, 200);
  EXPECT_NE(views.body.find(R"("code":"view_broken")"), std::string::npos) << views.body;
  EXPECT_EQ(call(agent_, Method::get, "/views/counts?ids=" + id).body, R"({"counts":[]})");
}

TEST_F(ViewsApi, ProgramsFindThemByTheirIds) {  // S029
  const std::string id =
      made(agent_, R"({"name":"Parcels","filter":{"field":"subject","contains":"parcel"}})");
  const Answer views = portal_.dialect(agent_, Method::get, "/views?module=tickets");
  EXPECT_EQ(views.at("data.0.name"), "All");
  EXPECT_NE(views.body.find(R"({"id":")" + id + R"(","name":"Parcels")"), std::string::npos)
      << views.body;
  const Answer tickets = portal_.dialect(agent_, Method::get, "/tickets?viewId=" + id);
  EXPECT_EQ(tickets.at("data.0.id"), to_string(ours_.ticket)) << tickets.body;
  EXPECT_EQ(portal_.dialect(light_agent_, Method::get, "/tickets?viewId=" + id).status, 422);
  EXPECT_EQ(portal_.dialect(agent_, Method::get, "/tickets?viewId=77").status, 422);
}

}  // namespace
}  // namespace tandem::test
