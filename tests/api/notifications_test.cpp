#include <gtest/gtest.h>

#include "tests/api/portal.h"

// The bell of the native API: each person's own.

namespace tandem::test {
namespace {

using http::Method;

class Bell : public testing::Test {
 protected:
  void SetUp() override {
    const std::string ticket = "/tickets/" + to_string(ours_.ticket);
    ASSERT_EQ(change(Method::patch, ticket, R"({"owner":")" + to_string(agent_.agent) + "\"}"),
              200);
    ASSERT_EQ(change(Method::patch, ticket, R"({"is_escalated":true})"), 200);
  }
  int change(Method method, const std::string& rest, const std::string& body) {
    return portal_.native(ours_.members["administrator"], method, Portal::desk(ours_, rest), body)
        .status;
  }
  Answer told(const Member& member, const std::string& query = "") {
    return portal_.native(member, Method::get, Portal::desk(ours_, "/notifications" + query));
  }
  Answer post(const Member& member, const std::string& rest, const std::string& body = "{}") {
    return portal_.native(member, Method::post, Portal::desk(ours_, rest), body);
  }

  Portal portal_;
  Company& ours_ = portal_.ours();
  Member& agent_ = ours_.members["agent"];
  Member& light_agent_ = ours_.members["light_agent"];
};

TEST_F(Bell, TheOwnerReadsWhoEscalatedWhichTicketAndWhen) {  // S014
  const Answer answer = told(agent_);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.at("unread_count"), "1");
  EXPECT_EQ(answer.at("notifications.0.kind"), "escalated");
  EXPECT_EQ(answer.at("notifications.0.ticket.id"), to_string(ours_.ticket));
  EXPECT_EQ(answer.at("notifications.0.by.id"), to_string(ours_.members["administrator"].agent));
  EXPECT_EQ(answer.at("notifications.0.at"), "2026-03-02T09:00:00.000Z");
  EXPECT_EQ(told(light_agent_).at("unread_count"), "0");
}

TEST_F(Bell, ReadIsReadAndNobodyMarksTheNotificationOfAnother) {
  const std::string id = told(agent_).at("notifications.0.id");
  EXPECT_EQ(post(light_agent_, "/notifications/" + id + "/read").status, 404);
  EXPECT_EQ(post(agent_, "/notifications/" + id + "/read").status, 204);
  EXPECT_EQ(told(agent_).at("unread_count"), "0");
  EXPECT_EQ(told(agent_).at("notifications.0.read_at"), "2026-03-02T09:00:00.000Z");
}

TEST_F(Bell, AllAreMarkedAsReadUpToTheNewestThatWasSeen) {
  const std::string id = told(agent_).at("notifications.0.id");
  EXPECT_EQ(post(agent_, "/notifications/read").at("error.field"), "up_to");
  EXPECT_EQ(post(agent_, "/notifications/read", R"({"all":true})").at("error.code"),
            "unknown_field");
  EXPECT_EQ(post(agent_, "/notifications/read", R"({"up_to":")" + id + "\"}").status, 204);
  EXPECT_EQ(told(agent_).at("unread_count"), "0");
}

TEST_F(Bell, AListHasOneToFiveHundredEntries) {
  EXPECT_EQ(told(agent_, "?limit=1").status, 200);
  for (const char* limit : {"?limit=0", "?limit=501", "?limit=many"}) {
    EXPECT_EQ(told(agent_, limit).at("error.field"), "limit");
  }
}

}  // namespace
}  // namespace tandem::test
