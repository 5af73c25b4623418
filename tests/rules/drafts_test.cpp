#include "desk/conversation/drafts.h"

#include <gmock/gmock.h>

#include "desk/conversation/attachments.h"
#include "tests/support/office.h"

namespace tandem::test {
namespace {

using desk::Draft;
using desk::DraftText;

class Drafts : public testing::Test {
 protected:
  Result<Draft> save(Draft draft, std::optional<int64_t> seen = std::nullopt) {
    return office_.database->write([&](db::Transaction& tx) {
      return desk::save_draft(tx, ana_, ticket_, std::move(draft), seen);
    });
  }
  std::optional<Draft> found(const access::Actor& actor) {
    return *office_.database->write(
        [&](db::Transaction& tx) { return desk::find_draft(tx, actor, ticket_); });
  }

  Office office_;
  access::Actor ana_ = office_.agent("ana", {"Support"});
  RecordId ticket_ = office_.mail_in({}).ticket;
};

TEST_F(Drafts, AnUnsentTextIsKeptPerPersonUntilItIsSent) {  // S016
  const access::Actor ben = office_.agent("ben", {"Support"});
  ASSERT_TRUE(save({.text = {.html = "Half a w"}}));
  EXPECT_EQ(found(ana_)->text.html, "Half a w");
  EXPECT_FALSE(found(ben));
  ASSERT_TRUE(office_.reply(ana_, ticket_, {.html = "Half a word"}));
  EXPECT_FALSE(found(ana_));
}

TEST_F(Drafts, AFileWaitsAsLongAsItsDraftAndNoLonger) {  // S016
  std::vector<int64_t> uploads;
  for (const char* name : {"shown.txt", "aside.txt", "nobodys.txt"}) {
    const auto upload = desk::add_upload(*office_.desk, ana_, {name, "text/plain", name});
    ASSERT_TRUE(upload);
    uploads.push_back(upload->id.value);
  }
  ASSERT_TRUE(save({.text = {.kind = "reply", .attachment_ids = {uploads[0]}},
                    .set_aside = {{.kind = "comment", .attachment_ids = {uploads[1]}}}}));
  office_.clock.advance_ms(30 * day_ms);
  EXPECT_EQ(desk::sweep_uploads(*office_.desk), 1);
  const auto is_there = [&](int64_t id) {
    return desk::read_attachment(*office_.desk, ana_, RecordId{id}).has_value();
  };
  EXPECT_TRUE(is_there(uploads[0]));
  EXPECT_TRUE(is_there(uploads[1]));
  EXPECT_FALSE(is_there(uploads[2]));
  ASSERT_TRUE(office_.database->write(
      [&](db::Transaction& tx) { return desk::drop_draft(tx, ana_, ticket_); }));
  EXPECT_EQ(desk::sweep_uploads(*office_.desk), 2);
}

TEST_F(Drafts, AnAnswerAForwardAndACommentEachKeepTheirOwnText) {  // S016, S019
  ASSERT_TRUE(save({.text = {.kind = "comment", .html = "She is about to leave us"},
                    .set_aside = {{.kind = "reply_all", .to = {"a@x.example"}, .html = "Dear Ana"},
                                  {.kind = "forward", .subject = "Fwd: x", .html = "Any idea?"}}}));
  ASSERT_TRUE(office_.reply(ana_, ticket_, {.html = "Dear Ana, hello"}));
  const std::optional<Draft> left = found(ana_);
  ASSERT_TRUE(left);
  EXPECT_EQ(left->text.kind, "comment");
  EXPECT_EQ(left->text.html, "She is about to leave us");
  ASSERT_EQ(left->set_aside.size(), 1U);
  EXPECT_EQ(left->set_aside[0].subject, "Fwd: x");
}

TEST_F(Drafts, TwoTextsForTheSameReadersAreRefused) {  // S016
  EXPECT_EQ(code_of(save({.text = {.kind = "reply"}, .set_aside = {{.kind = "reply_all"}}})),
            "duplicate");
  EXPECT_EQ(code_of(save({.text = {.kind = "reply"},
                          .set_aside = {{.kind = "comment"}, {.kind = "comment"}}})),
            "duplicate");
  EXPECT_EQ(code_of(save({.text = {.kind = "postcard"}})), "not_a_choice");
}

TEST_F(Drafts, ASaveThatHasNotSeenTheNewestDraftIsRefused) {  // S016
  const Result<Draft> first = save({.text = {.html = "one"}}, 0);
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_EQ(code_of(save({.text = {.html = "other window"}}, 0)), "draft_changed");
  const Result<Draft> second = save({.text = {.html = "two"}}, first->revision);
  ASSERT_TRUE(second);
  EXPECT_NE(second->revision, first->revision);
  EXPECT_EQ(code_of(save({.text = {.html = "late"}}, first->revision)), "draft_changed");
  EXPECT_EQ(found(ana_)->text.html, "two");
}

TEST_F(Drafts, TheSameDraftIsSentOnce) {  // S016
  const Result<Draft> draft = save({.text = {.html = "Your refund is on its way"}});
  ASSERT_TRUE(draft);
  const desk::ReplyRequest letter{.html = draft->text.html, .draft_revision = draft->revision};
  ASSERT_TRUE(office_.reply(ana_, ticket_, letter));
  EXPECT_EQ(code_of(office_.reply(ana_, ticket_, letter)), "draft_gone");
  EXPECT_EQ(office_.outbox().size(), 1U);
}

TEST_F(Drafts, ADraftSaysTheNamesAndSizesOfItsFiles) {  // S015, S016
  const auto upload = desk::add_upload(*office_.desk, ana_, {"plan.pdf", "application/pdf", "abc"});
  ASSERT_TRUE(upload);
  const DraftText text{.html = "See the plan", .attachment_ids = {upload->id.value, 12345}};
  const std::vector<records::Record> files = office_.database->read(
      [&](db::Transaction& tx) { return desk::files_of_draft(tx, ana_, text); });
  ASSERT_EQ(files.size(), 1U);
  EXPECT_EQ(files[0].get("name").text(), "plan.pdf");
  EXPECT_EQ(files[0].get("size_bytes").number(), 3);
}

}  // namespace
}  // namespace tandem::test
