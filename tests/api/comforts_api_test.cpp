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
