#include "desk/conversation/drafts.h"

#include <gmock/gmock.h>

#include "desk/conversation/attachments.h"
#include "desk/conversation/waiting_files.h"
#include "desk/sharing/ticket_sharing.h"
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

  RecordId upload(const std::string& name) {
    return desk::add_upload(*office_.desk, ana_, {name, "text/plain", name})->id;
  }
  bool is_there(RecordId upload) {
    return desk::read_attachment(*office_.desk, ana_, upload).has_value();
  }
  int sweep() { return desk::sweep_uploads(*office_.desk); }
  Result<Draft> save_as(const access::Actor& actor, Draft draft) {
    return office_.database->write([&](db::Transaction& tx) {
      return desk::save_draft(tx, actor, ticket_, std::move(draft));
    });
  }
  void share(RecordId department, desk::TicketAccess access) {
    ASSERT_TRUE(office_.database->write([&](db::Transaction& tx) {
      return desk::share_ticket(tx, ana_, ticket_, {{department, access}});
    }));
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

TEST_F(Drafts, ALightAgentDraftsCommentsAlone) {  // manual, Replies and comments 4.2
  const access::Actor lea = office_.light_agent("lea", {"Support"});
  for (const char* kind : {"reply", "reply_all", "forward"}) {
    EXPECT_EQ(save_as(lea, {.text = {.kind = kind, .html = "Hello"}}).error().kind,
              RefusalKind::forbidden)
        << kind;
  }
  EXPECT_EQ(save_as(lea, {.text = {.kind = "comment", .html = "for us"},
                          .set_aside = {{.kind = "reply", .html = "Hello"}}})
                .error()
                .kind,
            RefusalKind::forbidden);
  EXPECT_FALSE(found(lea));
  EXPECT_TRUE(save_as(lea, {.text = {.kind = "comment", .html = "for us"}}));
  // Nothing is in it, so there is nothing to refuse.
  EXPECT_TRUE(save_as(
      lea, {.text = {.kind = "reply"}, .set_aside = {{.kind = "comment", .html = "for us"}}}));
}

TEST_F(Drafts, AShareSaysWhichTextsAreKept) {  // manual, Replies and comments 4.2
  const RecordId billing = office_.department("Billing");
  const access::Actor cleo = office_.agent("cleo", {"Billing"});
  const auto keeps = [&](const char* kind) {
    return save_as(cleo, {.text = {.kind = kind, .html = std::string("A new ") + kind}})
        .has_value();
  };
  share(billing, desk::TicketAccess::read_only);
  EXPECT_FALSE(keeps("reply"));
  EXPECT_FALSE(keeps("forward"));
  EXPECT_TRUE(keeps("comment"));
  share(billing, desk::TicketAccess::restricted);
  EXPECT_FALSE(keeps("reply"));
  EXPECT_TRUE(keeps("forward"));
  share(billing, desk::TicketAccess::full);
  EXPECT_TRUE(keeps("reply_all"));
}

TEST_F(Drafts, WhatWasWrittenWhileItCouldBeSentStaysToBeRead) {  // manual, Replies and comments 4.2
  const RecordId billing = office_.department("Billing");
  const access::Actor cleo = office_.agent("cleo", {"Billing"});
  share(billing, desk::TicketAccess::full);
  ASSERT_TRUE(save_as(cleo, {.text = {.kind = "reply", .html = "Dear Maria"}}));
  share(billing, desk::TicketAccess::read_only);
  ASSERT_TRUE(save_as(cleo, {.text = {.kind = "comment", .html = "for us"},
                             .set_aside = {{.kind = "reply", .html = "Dear Maria"}}}));
  EXPECT_EQ(found(cleo)->set_aside.at(0).html, "Dear Maria");
  EXPECT_EQ(save_as(cleo, {.text = {.kind = "comment", .html = "for us"},
                           .set_aside = {{.kind = "reply", .html = "Dear Maria, hello"}}})
                .error()
                .kind,
            RefusalKind::forbidden);
}

TEST_F(Drafts, AFileWaitsAsLongAsItsDraftAndNoLonger) {  // S016, manual, Replies 3.1
  const RecordId shown = upload("shown.txt");
  const RecordId aside = upload("aside.txt");
  const RecordId nobodys = upload("nobodys.txt");
  ASSERT_TRUE(save({.text = {.kind = "reply", .attachment_ids = {shown.value}},
                    .set_aside = {{.kind = "comment", .attachment_ids = {aside.value}}}}));
  office_.clock.advance_ms(desk::draft_files_kept_ms);
  EXPECT_EQ(sweep(), 1);
  EXPECT_TRUE(is_there(shown));
  EXPECT_TRUE(is_there(aside));
  EXPECT_FALSE(is_there(nobodys));
  ASSERT_TRUE(office_.database->write(
      [&](db::Transaction& tx) { return desk::drop_draft(tx, ana_, ticket_); }));
  EXPECT_EQ(sweep(), 2);
}

TEST_F(Drafts, ADraftThatNobodyTouchedForAMonthKeepsItsTextAndNamesItsFiles) {  // Replies 3.1
  const RecordId plan = upload("plan.pdf");
  const RecordId note = upload("note.txt");
  const Draft saved = *save(
      {.text = {.kind = "reply", .html = "Dear Maria", .attachment_ids = {plan.value}},
       .set_aside = {{.kind = "comment", .html = "See file", .attachment_ids = {note.value}}}});
  office_.clock.advance_ms(desk::draft_files_kept_ms + 1);
  EXPECT_EQ(sweep(), 2);
  EXPECT_FALSE(is_there(plan));
  const std::optional<Draft> draft = found(ana_);
  ASSERT_TRUE(draft);
  EXPECT_EQ(draft->text.html, "Dear Maria");
  EXPECT_THAT(draft->text.gone_files, testing::ElementsAre("plan.pdf"));
  EXPECT_THAT(draft->set_aside.front().gone_files, testing::ElementsAre("note.txt"));
  // An open window goes on from it: nobody wrote it anew.
  EXPECT_EQ(draft->revision, saved.revision);
  EXPECT_EQ(draft->saved_at.ms, saved.saved_at.ms);
  EXPECT_EQ(sweep(), 0);
}

TEST_F(Drafts, ADraftThatIsTouchedAgainKeepsItsFilesForAsLongAgain) {  // Replies 3.1
  const RecordId plan = upload("plan.pdf");
  const Draft draft{.text = {.html = "Dear Maria", .attachment_ids = {plan.value}}};
  ASSERT_TRUE(save(draft));
  office_.clock.advance_ms(desk::draft_files_kept_ms);
  ASSERT_TRUE(save(draft));
  office_.clock.advance_ms(desk::draft_files_kept_ms);
  EXPECT_EQ(sweep(), 0);
  EXPECT_TRUE(is_there(plan));
  office_.clock.advance_ms(1);
  EXPECT_EQ(sweep(), 1);
  EXPECT_THAT(found(ana_)->text.gone_files, testing::ElementsAre("plan.pdf"));
}

TEST_F(Drafts, OneAgentsDraftKeepsNobodyElsesFile) {
  const access::Actor ben = office_.agent("ben", {"Support"});
  const auto bens = desk::add_upload(*office_.desk, ben, {"ben.txt", "text/plain", "x"});
  ASSERT_TRUE(save({.text = {.attachment_ids = {bens->id.value}}}));
  office_.clock.advance_ms(2 * day_ms);
  EXPECT_EQ(sweep(), 1);
}

TEST_F(Drafts, TheSweepEndsWhenItIsToldToAndGoesOnLater) {
  constexpr int drafts = 30;
  for (int number = 0; number < drafts; ++number) {
    ticket_ = office_.ticket("Ticket");
    const RecordId file = upload("file.txt");
    ASSERT_TRUE(save({.text = {.html = "x", .attachment_ids = {file.value}}}));
  }
  for (int number = 0; number < desk::waiting_files_at_once_max + 20; ++number) upload("old.txt");
  office_.clock.advance_ms(desk::draft_files_kept_ms + 1);
  const std::atomic<bool> is_up{true};
  EXPECT_EQ(desk::sweep_uploads(*office_.desk, StopSign(is_up)), 0);
  EXPECT_EQ(sweep(), drafts + desk::waiting_files_at_once_max + 20);
  EXPECT_THAT(found(ana_)->text.gone_files, testing::ElementsAre("file.txt"));
  EXPECT_EQ(sweep(), 0);
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
