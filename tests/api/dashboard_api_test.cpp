#include <gmock/gmock.h>

#include <set>

#include "desk/dashboards/figures_keeping.h"
#include "tests/api/portal.h"

// Dashboards through the native API.

namespace tandem::test {
namespace {

using http::Method;
using testing::HasSubstr;
using testing::Not;

class DashboardApi : public testing::Test {
 protected:
  void SetUp() override { desk::finish_figures(portal_.program().database()); }

  Answer get(const char* member, const std::string& rest) {
    return portal_.native(ours_.members[member], Method::get, Portal::desk(ours_, rest));
  }

  Portal portal_;
  Company& ours_ = portal_.ours();
};

TEST_F(DashboardApi, ADashboardHasFiguresAndTheListsBehindThem) {  // manual, Dashboards 2.1 and 3.1
  for (const char* member : {"administrator", "agent", "light_agent"}) {
    const Answer shown = get(member, "/dashboard?days=7");
    EXPECT_EQ(shown.status, 200);
    EXPECT_EQ(shown.at("is_ready"), "true");
    EXPECT_EQ(shown.at("time_zone"), "UTC");
    EXPECT_EQ(shown.json.as_object().at("days").as_array().size(), 7U);
    const Answer list = get(member, "/dashboard/tickets?figure=created&days=7");
    EXPECT_EQ(list.at("count"), shown.at("total.created")) << list.body;
    EXPECT_EQ(std::to_string(list.json.as_object().at("records").as_array().size()),
              shown.at("total.created"));
  }
  EXPECT_EQ(get("administrator", "/dashboard").at("total.created"), "2");
  EXPECT_EQ(get("agent", "/dashboard").at("total.created"), "1");
}

TEST_F(DashboardApi, NobodySeesFiguresOfAnother) {  // manual, Dashboards 1.1
  const std::string shipping = "department=" + to_string(ours_.shipping);
  EXPECT_EQ(get("agent", "/dashboard?" + shipping).status, 422);
  EXPECT_EQ(get("agent", "/dashboard/tickets?figure=created&" + shipping).status, 422);
  const Company& theirs = portal_.theirs();
  EXPECT_EQ(get("administrator", "/dashboard?department=" + to_string(theirs.support)).status, 422);
  EXPECT_THAT(get("administrator", "/dashboard").body, Not(HasSubstr(theirs.secret_word)));
}

TEST_F(DashboardApi, WhatCannotBeAskedIsRefused) {  // manual, Dashboards 1.3
  for (const char* query : {"days=0", "days=367", "from=2026-01-01", "from=x&until=2026-01-02",
                            "from=2026-01-02&until=2026-01-01", "department=x"}) {
    EXPECT_EQ(get("agent", std::string("/dashboard?") + query).status, 422) << query;
  }
  for (const char* query : {"", "figure=happy", "figure=created&owner=x", "figure=created&hour=-1",
                            "figure=created&limit=101", "figure=created&cursor=x"}) {
    EXPECT_EQ(get("agent", std::string("/dashboard/tickets?") + query).status, 422) << query;
  }
}

TEST_F(DashboardApi, NoFiguresAreShownWhileTheyAreCounted) {  // manual, Dashboards 4.2
  const auto begun = portal_.program().database().write([&](db::Transaction& tx) -> Result<void> {
    desk::count_anew(tx, ours_.org);
    return {};
  });
  ASSERT_TRUE(begun);
  const Answer shown = get("agent", "/dashboard");
  EXPECT_EQ(shown.at("is_ready"), "false");
  EXPECT_EQ(shown.at("counted_percent"), "0");
  EXPECT_THAT(shown.body, Not(HasSubstr("total")));
  EXPECT_EQ(get("agent", "/dashboard/tickets?figure=created").status, 409);
}

TEST_F(DashboardApi, WhoIsHereAndWhatTheyHaveToDo) {  // manual, Dashboards 2.7
  const Answer board = get("agent", "/dashboard/agents");
  EXPECT_EQ(board.status, 200);
  std::set<std::string> names;
  for (const Json& agent : board.json.as_object().at("agents").as_array()) {
    names.insert(std::string(agent.as_object().at("id").as_string()));
    EXPECT_TRUE(agent.as_object().at("is_here").is_bool());
  }
  EXPECT_TRUE(names.contains(to_string(ours_.members["light_agent"].agent)));
  EXPECT_FALSE(names.contains(to_string(portal_.theirs().members["agent"].agent)));
  EXPECT_EQ(get("agent", "/dashboard/agents?department=" + to_string(ours_.shipping)).status, 422);
}

TEST_F(DashboardApi, TheDialectTellsHowATicketWent) {
  const Member& ada = ours_.members["administrator"];
  const std::string ticket = "/tickets/" + to_string(ours_.ticket);
  const auto set = [&](const std::string& body) {
    const Answer answer = portal_.native(ada, Method::patch, Portal::desk(ours_, ticket), body);
    ASSERT_EQ(answer.status, 200) << answer.body;
  };
  const std::string agent = to_string(ours_.members["agent"].agent);
  set(R"({"owner":")" + agent + "\"}");
  portal_.clock().advance_ms(20 * minute_ms);
  set(R"({"owner":")" + to_string(ada.agent) + "\"}");
  portal_.clock().advance_ms(10 * minute_ms);
  set(R"({"status":"closed"})");
  portal_.clock().advance_ms(15 * minute_ms);
  set(R"({"status":"open"})");
  set(R"({"status":"closed"})");
  const Answer metrics = portal_.dialect(ours_.members["agent"], Method::get, ticket + "/metrics");
  ASSERT_EQ(metrics.status, 200) << metrics.body;
  EXPECT_EQ(metrics.at("reassignCount"), "1") << metrics.body;
  EXPECT_EQ(metrics.at("reopenCount"), "1");
  EXPECT_EQ(metrics.at("agentsHandled.0.agentId"), agent);
  EXPECT_EQ(metrics.at("agentsHandled.0.handlingTime"), "00:20 hrs");
  EXPECT_EQ(metrics.at("agentsHandled.1.handlingTime"), "00:10 hrs");
  EXPECT_EQ(metrics.at("stagingData.0.status"), "Open");
  EXPECT_EQ(metrics.at("stagingData.0.handledTime"), "00:30 hrs");
  EXPECT_EQ(metrics.at("resolutionTime"), "00:45 hrs");
  const std::string hidden = "/tickets/" + to_string(ours_.shipping_ticket) + "/metrics";
  EXPECT_EQ(portal_.dialect(ours_.members["agent"], Method::get, hidden).status, 404);
}

TEST_F(DashboardApi, TheDialectCountsTheTicketsOfAgents) {
  const Member& ada = ours_.members["administrator"];
  const std::string agent = to_string(ours_.members["agent"].agent);
  const Answer given =
      portal_.native(ada, Method::patch, Portal::desk(ours_, "/tickets/" + to_string(ours_.ticket)),
                     R"({"due_at":")" + to_iso(portal_.clock().now() + 30 * minute_ms) +
                         R"(","owner":")" + agent + "\"}");
  ASSERT_EQ(given.status, 200) << given.body;
  const auto counts = [&](const char* member, const std::string& query) {
    return portal_.dialect(ours_.members[member], Method::get,
                           "/tickets/agentsTicketsCount" + query);
  };
  const Answer shown = counts("agent", "?agentIds=" + agent);
  EXPECT_EQ(shown.at("data.0.agentId"), agent) << shown.body;
  EXPECT_EQ(shown.at("data.0.openCount"), "1");
  EXPECT_EQ(shown.at("data.0.onholdCount"), "0");
  EXPECT_EQ(shown.at("data.0.overDueCount"), "0");
  EXPECT_EQ(shown.at("data.0.dueIn1HrCount"), "1");
  const std::string shipping = "&departmentId=" + to_string(ours_.shipping);
  EXPECT_EQ(counts("agent", "?agentIds=" + agent + shipping).at("data.0.openCount"), "0");
  const std::string foreign = to_string(portal_.theirs().members["agent"].agent);
  EXPECT_EQ(counts("agent", "?agentIds=" + foreign).status, 204);
  EXPECT_EQ(counts("agent", "").status, 422);
}

}  // namespace
}  // namespace tandem::test
