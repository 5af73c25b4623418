#include <gmock/gmock.h>

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

}  // namespace
}  // namespace tandem::test
