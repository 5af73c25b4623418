#include <fmt/format.h>
#include <gmock/gmock.h>

#include "base/text.h"
#include "desk/conversation/attachments.h"
#include "desk/conversation/conversation.h"
#include "tests/support/office.h"

// Manual, Replies and comments: what is too much for a reply, and what is not.

namespace tandem::test {
namespace {

class LimitsOfReplies : public testing::Test {
 protected:
  std::vector<int64_t> uploads(size_t count, const std::string& bytes = "abc") {
    std::vector<int64_t> ids;
    while (ids.size() < count) {
      const auto upload =
          desk::add_upload(*office_.desk, ana_, {"plan.pdf", "application/pdf", bytes});
      EXPECT_TRUE(upload);
      ids.push_back(upload->id.value);
    }
    return ids;
  }
  int64_t attachments() {
    return office_.read("tickets", ticket_).get("attachment_count").number();
  }

  Office office_;
  access::Actor ana_ = office_.agent("ana", {"Support"});
  RecordId ticket_ = office_.mail_in({}).ticket;
};

TEST_F(LimitsOfReplies, AMailWithAsManyReferencesAsAreKeptIsAnswered) {  // S016
  std::string references;
  for (int number = 0; references.size() < desk::reference_ids_bytes_max - 60; ++number) {
    if (!references.empty()) references += ' ';
    references += fmt::format("<{:040}@kunde.example>", number);
  }
  const auto report = office_.mail_in(
      {.message_id = "newest@kunde.example", .headers = {"References: " + references}});
  const auto reply = office_.reply(ana_, report.ticket, {.html = "We look"});
  ASSERT_TRUE(reply) << reply.error().message;
  const std::string kept = office_.read("threads", reply->id).get("reference_ids").text();
  EXPECT_LE(kept.size(), desk::reference_ids_bytes_max);
  EXPECT_TRUE(kept.ends_with(" newest@kunde.example"));
}

TEST(KeptReferences, TheOldestGoWhereTheyDoNotFit) {
  const std::string id = "0123456789@kunde.example";
  std::string many = "oldest@kunde.example";
  while (many.size() < desk::reference_ids_bytes_max) many += " " + id;
  const std::string kept = desk::kept_references(many);
  EXPECT_LE(kept.size(), desk::reference_ids_bytes_max);
  EXPECT_TRUE(kept.starts_with(id + " "));
  EXPECT_TRUE(kept.ends_with(" " + id));
  EXPECT_EQ(desk::kept_references(std::string(desk::reference_ids_bytes_max + 1, 'x')), "");
  EXPECT_EQ(desk::kept_references("a@b c@d"), "a@b c@d");
}

TEST_F(LimitsOfReplies, AFileThatIsNamedTwiceIsSentAndCountedOnce) {  // S015
  const int64_t id = uploads(1).front();
  ASSERT_TRUE(office_.reply(ana_, ticket_, {.html = "The plan", .attachment_ids = {id, id}}));
  EXPECT_EQ(office_.outbox().back().attachments.size(), 1U);
  EXPECT_EQ(attachments(), 1);
}

TEST_F(LimitsOfReplies, AForwardTakesAtMost50FilesThoseOfTheTicketIncluded) {  // S015, S018
  ASSERT_TRUE(office_.reply(ana_, ticket_, {.html = "The plan", .attachment_ids = uploads(1)}));
  desk::ReplyRequest forward{.kind = desk::ReplyKind::forward,
                             .to = {{"", "lab@other.example"}},
                             .attachment_ids = uploads(desk::reply_attachments_max),
                             .include_attachments = desk::IncludeAttachments::yes};
  const auto refused = office_.reply(ana_, ticket_, forward);
  EXPECT_EQ(code_of(refused), "too_many");
  EXPECT_EQ(refused.error().field, "attachment_ids");
  forward.attachment_ids.pop_back();
  const auto sent = office_.reply(ana_, ticket_, forward);
  ASSERT_TRUE(sent) << sent.error().message;
  EXPECT_EQ(attachments(), 51);
}

TEST_F(LimitsOfReplies, FilesOfMoreThan20MiBTogetherAreRefused) {  // S015
  const std::string eleven(11 * 1024 * 1024, 'x');
  const auto refused =
      office_.reply(ana_, ticket_, {.html = "Plans", .attachment_ids = uploads(2, eleven)});
  EXPECT_EQ(code_of(refused), "attachments_too_large");
  EXPECT_EQ(attachments(), 0);
}

TEST_F(LimitsOfReplies, AMailWhoseFileIsGoneIsNotSentAndSaysSo) {  // S016
  const auto reply =
      office_.reply(ana_, ticket_, {.html = "The plan", .attachment_ids = uploads(1)});
  ASSERT_TRUE(reply);
  const auto files =
      office_.sees(office_.program(), "attachments", records::field("part").is(reply->id));
  office_.files->forget(office_.org,
                        office_.read("attachments", RecordId{files.front()}).get("file").number());
  EXPECT_TRUE(office_.outbox().empty());
  const records::Record mail = office_.read("threads", reply->id);
  EXPECT_EQ(mail.get("delivery_state").text(), "failed");
  EXPECT_THAT(mail.get("delivery_message").text(), testing::HasSubstr("plan.pdf is gone"));
}

TEST_F(LimitsOfReplies, WithoutAnyMailboxNothingCanBeSent) {  // S016
  const RecordId billing = office_.department("Billing");
  const access::Actor ben = office_.agent("ben", {"Billing"});
  const RecordId invoice = office_.ticket("Invoice", {{"department", billing}});
  office_.desk->default_sender = {};
  const auto refused =
      office_.reply(ben, invoice, {.to = {{"", "maria@kunde.example"}}, .html = "Hello"});
  EXPECT_EQ(code_of(refused), "no_mailbox");
}

}  // namespace
}  // namespace tandem::test
