#include <gtest/gtest.h>

#include "tests/api/portal.h"

// Spam, as browsers and programs meet it. Manual, Spam.

namespace tandem::test {
namespace {

using http::Method;

class SpamApi : public testing::Test {
 protected:
  Portal portal_;
  Company& ours_ = portal_.ours();
  Company& theirs_ = portal_.theirs();
  Member& agent_ = ours_.members["agent"];
  Member& administrator_ = ours_.members["administrator"];
  const std::string id_ = to_string(ours_.ticket);

  Answer native(const Member& member, Method method, const std::string& rest,
                const std::string& body = "") {
    return portal_.native(member, method, Portal::desk(ours_, rest), body);
  }
  std::string marking(const std::string& more = "") {
    return R"({"ids":[")" + id_ + "\"]" + more + "}";
  }
};

TEST_F(SpamApi, TicketsAreMarkedAndComeBack) {
  const Answer marked = native(agent_, Method::post, "/tickets/spam", marking());
  ASSERT_EQ(marked.status, 200) << marked.body;
  EXPECT_EQ(marked.at("results.0.ok"), "true");
  EXPECT_EQ(native(agent_, Method::get, "/tickets?view=spam").at("records.0.id"), id_);
  EXPECT_NE(native(agent_, Method::get, "/tickets?view=all").at("records.0.id"), id_);
  EXPECT_EQ(
      native(agent_, Method::patch, "/tickets/" + id_, R"({"priority":"high"})").at("error.code"),
      "is_spam");
  EXPECT_EQ(native(agent_, Method::post, "/tickets/spam", marking(R"(,"is_spam":false)"))
                .at("results.0.ok"),
            "true");
  EXPECT_EQ(native(agent_, Method::get, "/tickets?view=spam").at("records.0.id"), "");
}

TEST_F(SpamApi, NotSpamTellsWhomItUnblockedSoThatTheyAreBlockedAgain) {
  const std::string block_list = "/spam";
  const auto first = [&] {
    return native(administrator_, Method::get, block_list).at("blocked.0.sender");
  };
  native(agent_, Method::post, "/tickets/spam", marking(R"(,"block_sender":true)"));
  const std::string sender = first();
  ASSERT_FALSE(sender.empty());
  const Answer unmarked =
      native(agent_, Method::post, "/tickets/spam", marking(R"(,"is_spam":false)"));
  EXPECT_EQ(unmarked.at("results.0.unblocked"), "true");
  EXPECT_EQ(first(), "");
  native(agent_, Method::post, "/tickets/spam", marking(R"(,"block_senders_of":[")" + id_ + "\"]"));
  EXPECT_EQ(first(), sender);
}

TEST_F(SpamApi, AContactIsSpamInTheDialectWhileItsAddressesAreBlocked) {
  const std::string contact = to_string(ours_.contact);
  const auto dialect = [&](const std::string& path) {
    return portal_.dialect(administrator_, Method::get, path);
  };
  EXPECT_EQ(dialect("/contacts/" + contact).at("isSpam"), "false");
  native(administrator_, Method::post, "/spam/blocked",
         R"({"sender":")" + dialect("/contacts/" + contact).at("email") + "\"}");
  EXPECT_EQ(dialect("/contacts/" + contact).at("isSpam"), "true");
  EXPECT_EQ(dialect("/tickets/" + id_ + "?include=contacts").at("contact.isSpam"), "true");
}

TEST_F(SpamApi, TicketsOfOtherOrganisationsAreNotThere) {
  const Answer foreign = native(administrator_, Method::post, "/tickets/spam",
                                R"({"ids":[")" + to_string(theirs_.ticket) + "\"]}");
  EXPECT_EQ(foreign.at("results.0.ok"), "false");
  EXPECT_EQ(foreign.at("results.0.error.code"), "not_found");
}

TEST_F(SpamApi, TheBlockListIsForWhoLooksAfterChannels) {
  EXPECT_EQ(native(agent_, Method::get, "/spam").status, 403);
  const Answer blocked =
      native(administrator_, Method::post, "/spam/blocked", R"({"sender":"Ads.example"})");
  ASSERT_EQ(blocked.status, 200) << blocked.body;
  EXPECT_EQ(blocked.at("blocked.0.sender"), "@ads.example");
  EXPECT_EQ(native(administrator_, Method::post, "/spam/blocked", R"({"sender":"?"})").status, 422);
  EXPECT_EQ(native(administrator_, Method::put, "/spam", R"({"days_kept":7})").at("days_kept"),
            "7");
  const Answer empty =
      native(administrator_, Method::del, "/spam/blocked/" + blocked.at("blocked.0.id"));
  EXPECT_EQ(empty.at("blocked.0.id"), "");
}

TEST_F(SpamApi, OnlyAnAdministratorEmptiesIt) {
  EXPECT_EQ(native(agent_, Method::post, "/tickets/spam/empty", "{}").status, 403);
  EXPECT_EQ(native(administrator_, Method::post, "/tickets/spam/empty", "{}").status, 202);
}

TEST_F(SpamApi, TheDeskDialectMarksFiltersAndDeletesSpam) {
  const auto dialect = [&](Method method, const std::string& path, const std::string& body = "") {
    return portal_.dialect(administrator_, method, path, body);
  };
  EXPECT_EQ(dialect(Method::get, "/tickets/" + id_).at("isSpam"), "false");
  EXPECT_EQ(dialect(Method::post, "/tickets/deleteSpam", marking()).status, 422);
  const Answer marked = dialect(Method::post, "/tickets/markSpam", marking(R"(,"isSpam":true)"));
  EXPECT_EQ(marked.status, 204) << marked.body;
  EXPECT_EQ(dialect(Method::get, "/tickets/" + id_).at("isSpam"), "true");
  EXPECT_EQ(dialect(Method::get, "/tickets?isSpam=true").at("data.0.id"), id_);
  EXPECT_NE(dialect(Method::get, "/tickets").at("data.0.id"), id_);
  EXPECT_EQ(dialect(Method::post, "/tickets/markSpam", marking(R"(,"isSpam":false)")).status, 204);
  EXPECT_EQ(dialect(Method::post, "/tickets/markSpam", marking()).status, 204);
  EXPECT_EQ(dialect(Method::post, "/tickets/emptySpam", R"({"department":"1"})").status, 422);
  const std::string support = R"({"departmentId":")" + to_string(ours_.support) + "\"}";
  EXPECT_EQ(dialect(Method::post, "/tickets/emptySpam", support).status, 202);
  EXPECT_EQ(dialect(Method::post, "/tickets/deleteSpam", marking()).status, 204);
  EXPECT_EQ(dialect(Method::post, "/tickets/markSpam", R"({"ids":["1"]})").status, 404);
}

}  // namespace
}  // namespace tandem::test
