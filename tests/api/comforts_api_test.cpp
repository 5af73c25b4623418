#include <gtest/gtest.h>

#include "tests/api/portal.h"

// Tags, merging and splitting by the native API and the Desk dialect.

namespace tandem::test {
namespace {

using http::Method;

class Comforts : public testing::Test {
 protected:
  Portal portal_;
  Company& ours_ = portal_.ours();
  const Member& ada_ = ours_.members["administrator"];
  const std::string path_ = "/tickets/" + to_string(ours_.ticket);

  Answer native(Method method, const std::string& rest, const std::string& body = "") {
    return portal_.native(ada_, method, Portal::desk(ours_, rest), body);
  }
  Answer dialect(Method method, const std::string& rest, const std::string& body = "") {
    return portal_.dialect(ada_, method, rest, body);
  }
  /// A ticket with one message.
  std::string another_ticket(const std::string& subject) {
    const Answer made = native(
        Method::post, "/tickets",
        R"({"subject":")" + subject +
            R"(","description":"<p>Again</p>","channel":"email","priority":"high","contact":")" +
            to_string(ours_.contact) + R"(","department":")" + to_string(ours_.support) + "\"}");
    EXPECT_EQ(made.status, 201) << made.body;
    return made.at("id");
  }
};

TEST_F(Comforts, TheDialectGivesTakesAndFindsTags) {
  EXPECT_EQ(dialect(Method::post, path_ + "/associateTag", R"({"tags":["late","vip"]})").status,
            204);
  EXPECT_EQ(dialect(Method::get, path_ + "/tags").at("data.1.name"), "vip");
  EXPECT_EQ(dialect(Method::get, path_).at("tagCount"), "2");
  EXPECT_EQ(dialect(Method::get, "/tickets/search?tag=vip").at("data.0.id"),
            to_string(ours_.ticket));
  EXPECT_EQ(dialect(Method::get, "/tickets/search?tag=other").status, 204);
  EXPECT_EQ(dialect(Method::get, "/ticketTags").at("data.0.name"), "late");
  EXPECT_EQ(dialect(Method::get, "/tags/search?searchVal=v").at("data.0.name"), "vip");
  EXPECT_EQ(native(Method::get, "/ticket_tags?q=la").at("tags.0"), "late");
  EXPECT_EQ(dialect(Method::post, path_ + "/dissociateTag", R"({"tags":["late"]})").status, 204);
  EXPECT_EQ(dialect(Method::get, path_).at("tagCount"), "1");
  EXPECT_EQ(dialect(Method::post, path_ + "/associateTag", R"({"tags":[]})").status, 422);
}

TEST_F(Comforts, ATicketIsFollowedInBothFaces) {
  const std::string agent = to_string(ours_.members["agent"].agent);
  EXPECT_EQ(native(Method::post, path_ + "/follow").at("is_following"), "true");
  const Answer added =
      native(Method::post, path_ + "/followers", R"({"agents":[")" + agent + R"("]})");
  ASSERT_EQ(added.status, 200) << added.body;
  EXPECT_EQ(dialect(Method::get, path_ + "/history").at("data.0.eventName"), "FollowersAdded");
  EXPECT_EQ(native(Method::get, "/tickets?view=following&count=1").at("count"), "1");
  EXPECT_EQ(native(Method::del, path_ + "/follow").at("is_following"), "false");
  EXPECT_EQ(dialect(Method::get, path_ + "/followers").at("data.0.id"), agent);
  const std::string ids = R"({"followerIds":[")" + agent + R"("]})";
  EXPECT_EQ(dialect(Method::post, path_ + "/removeFollowers", ids).status, 204);
  EXPECT_EQ(dialect(Method::get, path_ + "/followers").status, 204);
  EXPECT_EQ(dialect(Method::post, path_ + "/addFollowers", ids).status, 204);
  EXPECT_EQ(native(Method::get, path_ + "/followers").at("followers.0.id"), agent);
  EXPECT_EQ(native(Method::del, path_ + "/followers/" + agent).at("followers.0.id"), "");
  EXPECT_EQ(dialect(Method::post, path_ + "/addFollowers", R"({"followerIds":["1"]})")
                .at("errors.0.fieldName"),
            "/followerIds");
  const Answer commented =
      native(Method::post, path_ + "/comments",
             R"({"html":"<p>Look</p>","mentions":[")" + agent + R"("],"mentioned_follow":true})");
  ASSERT_EQ(commented.status, 201) << commented.body;
  EXPECT_EQ(native(Method::get, path_ + "/followers").at("followers.0.id"), agent);
}

TEST_F(Comforts, TimeIsLoggedInBothFaces) {
  const Answer made = dialect(
      Method::post, path_ + "/timeEntry",
      R"({"hoursSpent":"1","minutesSpent":30,"requestChargeType":"Billable","description":"Logs"})");
  ASSERT_EQ(made.status, 200) << made.body;
  EXPECT_EQ(made.at("hoursSpent"), "1");
  EXPECT_EQ(made.at("parent.id"), to_string(ours_.ticket));
  const std::string entry = path_ + "/timeEntry/" + made.at("id");
  EXPECT_EQ(dialect(Method::patch, entry, R"({"minutesSpent":"45"})").at("minutesSpent"), "45");
  EXPECT_EQ(dialect(Method::get, path_ + "/history").at("data.0.eventName"), "TimeEntryUpdated");
  EXPECT_EQ(dialect(Method::get, path_ + "/timeEntrySummation").at("data.minutesSpent"), "45");
  const Answer time = native(Method::get, path_ + "/time");
  EXPECT_EQ(time.at("totals.seconds"), "6300");
  EXPECT_EQ(time.at("entries.0.note"), "Logs");
  EXPECT_EQ(dialect(Method::post, path_ + "/timeEntry", "{\"x\":1}").at("errors.0.fieldName"),
            "/secondsSpent");
  EXPECT_EQ(native(Method::post, path_ + "/timer/start").at("timer.is_running"), "true");
  portal_.clock().advance_ms(90'000);
  EXPECT_EQ(native(Method::get, "/timers").at("timers.0.timer.seconds"), "90");
  EXPECT_EQ(native(Method::post, path_ + "/timer/pause").at("timer.is_running"), "false");
  const Answer stopped =
      native(Method::post, path_ + "/timer/stop", R"({"note":"Called","is_billable":false})");
  ASSERT_EQ(stopped.status, 200) << stopped.body;
  EXPECT_EQ(stopped.at("totals.seconds"), "6390");
  EXPECT_EQ(stopped.at("totals.billable_seconds"), "6300");
  EXPECT_EQ(dialect(Method::del, entry).status, 204);
  EXPECT_EQ(dialect(Method::get, entry).status, 404);
  EXPECT_EQ(dialect(Method::get, path_ + "/timeEntry").at("data.0.mode"), "AUTO");
  const Answer report =
      native(Method::get, "/time_report?from=2000-01-01T00:00:00Z&to=2000-06-01T00:00:00Z");
  EXPECT_EQ(report.status, 200) << report.body;
  const std::string period = "/time_report?from_day=2000-01-01&until_day=2000-12-31";
  for (const char* by : {"agent", "ticket", "day", "entry"}) {
    EXPECT_EQ(native(Method::get, period + "&by=" + by).status, 200) << by;
  }
  EXPECT_EQ(native(Method::get, period + "&by=entry&billable=no").status, 200);
  EXPECT_EQ(native(Method::get, period + "&by=week").at("error.field"), "by");
  EXPECT_EQ(native(Method::get, period + "&billable=maybe").at("error.field"), "billable");
  EXPECT_EQ(native(Method::get, period + "&agent=x").at("error.field"), "agent");
  EXPECT_EQ(native(Method::get, "/time_report?from_day=x").at("error.field"), "from_day");
}

TEST_F(Comforts, ActivitiesArePlannedInBothFaces) {
  const std::string ticket = to_string(ours_.ticket);
  const Answer task = dialect(Method::post, "/tasks",
                              R"({"subject":"Call back","ticketId":")" + ticket +
                                  R"(","priority":"High","dueDate":"2030-01-02T09:00:00.000Z"})");
  ASSERT_EQ(task.status, 200) << task.body;
  EXPECT_EQ(task.at("status"), "Not Started");
  EXPECT_EQ(task.at("departmentId"), to_string(ours_.support));
  const std::string one = "/tasks/" + task.at("id");
  EXPECT_EQ(dialect(Method::patch, one, R"({"status":"Completed"})").at("status"), "Completed");
  EXPECT_EQ(dialect(Method::get, one + "/history").at("data.0.eventName"), "TaskUpdated");
  EXPECT_EQ(native(Method::get, one).at("ticket.id"), ticket);
  const Answer event = dialect(Method::post, "/events",
                               R"({"subject":"Visit","startTime":"2030-01-02T09:00:00.000Z",)"
                               R"("endTime":"2030-01-02T10:00:00.000Z","ticketId":")" +
                                   ticket + R"("})");
  ASSERT_EQ(event.status, 200) << event.body;
  const Answer called =
      dialect(Method::post, "/calls",
              R"({"ticketId":")" + ticket +
                  R"(","direction":"outbound","duration":"90","description":"Hi"})");
  ASSERT_EQ(called.status, 200) << called.body;
  EXPECT_EQ(dialect(Method::get, "/calls/" + called.at("id")).at("duration"), "90");
  EXPECT_EQ(dialect(Method::get, "/calls/" + to_string(ours_.thread)).status, 404) << "a mail";
  const Answer all = dialect(Method::get, path_ + "/activities");
  EXPECT_EQ(all.at("data.0.activityType"), "Tasks");
  EXPECT_EQ(all.at("data.1.activityType"), "Events");
  EXPECT_EQ(all.at("data.2.activityType"), "Calls");
  EXPECT_EQ(dialect(Method::get, path_ + "/tasks").at("data.0.subject"), "Call back");
  EXPECT_EQ(dialect(Method::get, "/tasks/search?subject=Call*").at("data.0.subject"), "Call back");
  EXPECT_EQ(dialect(Method::post, "/events", R"({"subject":"Visit"})").status, 422);
  EXPECT_EQ(
      dialect(Method::post, "/events/moveToTrash", R"({"eventIds":[")" + event.at("id") + R"("]})")
          .status,
      204);
  EXPECT_EQ(dialect(Method::get, path_ + "/events").status, 204);
}

TEST_F(Comforts, AMergeIsPreviewedDoneAndUndone) {
  const std::string other = another_ticket("Twice");
  const std::string body = R"({"tickets":[{"id":")" + other + R"("}]})";
  const Answer preview = native(Method::post, path_ + "/merge/preview", body);
  ASSERT_EQ(preview.status, 200) << preview.body;
  EXPECT_EQ(preview.at("tickets.0.title"), "Twice");
  EXPECT_EQ(preview.at("tickets.0.threads"), "1");
  const Answer merged = native(Method::post, path_ + "/merge", body);
  ASSERT_EQ(merged.status, 200) << merged.body;
  EXPECT_EQ(native(Method::get, "/tickets/" + other).at("merged_into"), to_string(ours_.ticket));
  EXPECT_EQ(native(Method::get, "/tickets").body.find("Twice"), std::string::npos);
  EXPECT_NE(native(Method::get, "/search?q=Twice").body.find(other), std::string::npos);
  const Answer merges = native(Method::get, path_ + "/merges");
  EXPECT_EQ(merges.at("merges.0.tickets.0.id"), other);
  const std::string undo = path_ + "/merges/" + merges.at("merges.0.id") + "/undo";
  EXPECT_EQ(native(Method::post, undo).status, 200);
  EXPECT_EQ(native(Method::post, undo).status, 409);
  EXPECT_EQ(native(Method::get, "/tickets/" + other).at("status"), "open");
}

TEST_F(Comforts, TheDialectMergesAndTakesOverTheValuesThatAreAskedFor) {
  const std::string other = another_ticket("Twice");
  const Answer merged = dialect(Method::post, path_ + "/merge",
                                R"({"ids":[")" + other + R"("],"source":{"subject":")" + other +
                                    R"(","priority":")" + other + R"("}})");
  ASSERT_EQ(merged.status, 200) << merged.body;
  EXPECT_EQ(merged.at("subject"), "Twice");
  EXPECT_EQ(merged.at("priority"), "High");
  EXPECT_EQ(dialect(Method::get, "/tickets/" + other + "/history").at("data.0.eventName"),
            "TicketMergedChild");
}

TEST_F(Comforts, AMessageIsSplitOffInBothFaces) {
  const std::string other = another_ticket("Twice");
  native(Method::post, path_ + "/merge", R"({"tickets":[{"id":")" + other + R"("}]})");
  const Answer threads = dialect(Method::get, path_ + "/threads");
  const std::string thread = threads.at("data.0.id");
  const Answer made = dialect(Method::post, path_ + "/threads/" + thread + "/split", "{}");
  ASSERT_EQ(made.status, 200) << made.body;
  EXPECT_EQ(made.at("threadCount"), "1");
  EXPECT_EQ(dialect(Method::get, path_ + "/history").at("data.0.eventName"), "TicketSplitParent");
  const std::string again = "/tickets/" + made.at("id") + "/threads/" + thread + "/split";
  EXPECT_EQ(native(Method::post, again, "{}").status, 409);
}

}  // namespace
}  // namespace tandem::test
