#include "desk/conversation/held_replies.h"

#include <gmock/gmock.h>

#include "access/people.h"
#include "desk/conversation/attachments.h"
#include "desk/tickets/ticket_merging.h"
#include "tests/support/office.h"

namespace tandem::test {
namespace {

using desk::HeldReply;

constexpr int64_t wait_ms = 10 * second_ms;

class HeldReplies : public testing::Test {
 protected:
  Result<HeldReply> hold(desk::ReplyRequest request, desk::DraftText text = {}) {
    if (text.html.empty()) text.html = request.html;
    return office_.database->write([&](db::Transaction& tx) {
      return desk::hold_reply(tx, *office_.desk, ana_, ticket_,
                              {std::move(request), std::move(text), wait_ms});
    });
  }
  Result<desk::TakenBack> take_back(const access::Actor& actor, RecordId held) {
    return office_.database->write(
        [&](db::Transaction& tx) { return desk::take_back_reply(tx, actor, held); });
  }
  std::optional<desk::Draft> draft() {
    return *office_.database->write(
        [&](db::Transaction& tx) { return desk::find_draft(tx, ana_, ticket_); });
  }
  std::vector<HeldReply> waiting() {
    return office_.database->read(
        [&](db::Transaction& tx) { return desk::held_replies_of(tx, ana_); });
  }
  void time_passes() { office_.clock.advance_ms(wait_ms); }
  std::string field(const char* name) { return office_.read("tickets", ticket_).get(name).text(); }

  Office office_;
  access::Actor ana_ = office_.agent("ana", {"Support"});
  desk::IntakeReport first_ = office_.mail_in({});
  RecordId ticket_ = first_.ticket;
};

TEST_F(HeldReplies, AReplyLeavesWhenItsTimeIsOverAndNotBefore) {  // S016
  ASSERT_TRUE(hold({.html = "We look into it"}));
  EXPECT_TRUE(office_.outbox().empty());
  time_passes();
  ASSERT_EQ(office_.outbox().size(), 1U);
  EXPECT_THAT(office_.outbox()[0].text, testing::HasSubstr("We look into it"));
  EXPECT_TRUE(waiting().empty());
}

TEST_F(HeldReplies, WhileItWaitsTheTicketKnowsNothingOfIt) {  // S016
  ASSERT_TRUE(hold({.html = "Done", .status = "closed"}));
  EXPECT_EQ(field("status"), "open");
  EXPECT_EQ(office_.read("tickets", ticket_).get("thread_count").number(), 1);
  EXPECT_TRUE(office_.read("tickets", ticket_).get("responded_at").is_null());
  time_passes();
  office_.worker->run_due();
  EXPECT_EQ(field("status"), "closed");
  EXPECT_EQ(office_.read("tickets", ticket_).get("thread_count").number(), 2);
}

TEST_F(HeldReplies, TakenBackItIsTheDraftThatItWasWithItsFiles) {  // S016
  const auto upload = desk::add_upload(*office_.desk, ana_, {"plan.pdf", "application/pdf", "abc"});
  ASSERT_TRUE(upload);
  const auto held = hold({.html = "See the plan", .attachment_ids = {upload->id.value}},
                         {.kind = "reply_all",
                          .to = {"maria@kunde.example"},
                          .cc = {"boss@kunde.example"},
                          .html = "See the plan",
                          .attachment_ids = {upload->id.value}});
  ASSERT_TRUE(held) << held.error().message;
  EXPECT_FALSE(draft());
  ASSERT_TRUE(take_back(ana_, held->id));
  const std::optional<desk::Draft> back = draft();
  ASSERT_TRUE(back);
  EXPECT_EQ(back->text.kind, "reply_all");
  EXPECT_EQ(back->text.cc, std::vector<std::string>{"boss@kunde.example"});
  EXPECT_EQ(back->text.html, "See the plan");
  EXPECT_EQ(
      office_.database
          ->read([&](db::Transaction& tx) { return desk::files_of_draft(tx, ana_, back->text); })
          .size(),
      1U);
  time_passes();
  EXPECT_TRUE(office_.outbox().empty());
}

TEST_F(HeldReplies, WhatWasWrittenSinceStandsBehindWhatIsTakenBack) {  // S016
  const auto held = hold({.html = "<p>One</p>"});
  ASSERT_TRUE(office_.database->write([&](db::Transaction& tx) {
    return desk::save_draft(tx, ana_, ticket_,
                            {.text = {.kind = "comment", .html = "for us"},
                             .set_aside = {{.kind = "reply", .html = "<p>Two</p>"}}});
  }));
  ASSERT_TRUE(take_back(ana_, held->id));
  EXPECT_EQ(draft()->text.html, "<p>One</p><p>Two</p>");
  ASSERT_EQ(draft()->set_aside.size(), 1U);
  EXPECT_EQ(draft()->set_aside[0].html, "for us");
}

TEST_F(HeldReplies, NobodyElseTakesAReplyBackAndNobodyOneThatLeft) {  // S016
  const access::Actor ben = office_.agent("ben", {"Support"});
  const auto held = hold({.html = "We look into it"});
  EXPECT_EQ(code_of(take_back(ben, held->id)), "not_found");
  time_passes();
  office_.worker->run_due();
  EXPECT_EQ(code_of(take_back(ana_, held->id)), "not_found");
  EXPECT_EQ(office_.outbox().size(), 1U);
}

TEST_F(HeldReplies, WhatCanNotBeSentIsRefusedAtOnce) {  // S016
  EXPECT_EQ(code_of(hold({.html = " "})), "required");
  EXPECT_EQ(code_of(hold({.to = {{"", "nobody"}}, .html = "x"})), "not_an_email");
  EXPECT_EQ(code_of(hold({.html = "x", .attachment_ids = {4711}})), "no_such_upload");
  EXPECT_EQ(code_of(hold({.html = "x", .status = "on fire"})), "not_a_choice");
  EXPECT_TRUE(waiting().empty());
  EXPECT_EQ(office_.read("tickets", ticket_).get("thread_count").number(), 1);
}

TEST_F(HeldReplies, WhoMayNotAnswerAnyMoreSendsNothingAndKeepsTheText) {  // S016
  ASSERT_TRUE(hold({.html = "We look into it"}));
  const RecordId billing = office_.department("Billing");
  ASSERT_TRUE(office_.change(office_.program(), "tickets", ticket_, {{"department", billing}}));
  time_passes();
  EXPECT_TRUE(office_.outbox().empty());
  ASSERT_EQ(waiting().size(), 1U);
  ASSERT_TRUE(waiting()[0].refusal);
  EXPECT_EQ(waiting()[0].refusal->code, "not_found");
  ASSERT_TRUE(take_back(ana_, waiting()[0].id));
  EXPECT_TRUE(waiting().empty());
  EXPECT_EQ(code_of(office_.open(ana_, "tickets", ticket_)), "not_found");
}

TEST_F(HeldReplies, ARefusedReplySaysWhenNothingStandsAgainstItAnyMore) {
  // Manual, Replies and comments 1.8.
  const access::Actor ada = office_.administrator();
  const auto move_to = [&](const char* department) {
    ASSERT_TRUE(
        office_.change(ada, "tickets", ticket_, {{"department", office_.department(department)}}));
  };
  const auto reason = [&] {
    EXPECT_TRUE(office_.database->write([&](db::Transaction& tx) -> Result<void> {
      desk::judge_refused_replies(tx, *office_.desk, ana_);
      return {};
    }));
    return waiting().at(0).refusal ? waiting().at(0).refusal->code : "";
  };
  ASSERT_TRUE(hold({.html = "We look into it"}));
  move_to("Billing");
  time_passes();
  EXPECT_TRUE(office_.outbox().empty());
  EXPECT_EQ(reason(), "not_found");
  move_to("Support");
  EXPECT_EQ(reason(), "could_leave_now");
  office_.clock.advance_ms(minute_ms);
  EXPECT_TRUE(office_.outbox().empty()) << "it leaves only when the person sends it";
  EXPECT_EQ(office_.read("tickets", ticket_).get("thread_count").number(), 1);
  move_to("Billing");
  EXPECT_EQ(reason(), "not_found");
}

TEST_F(HeldReplies, ARefusedReplyNamesItsTicket) {  // manual, Replies and comments 1.8
  ASSERT_TRUE(hold({.html = "We look into it"}));
  ASSERT_TRUE(office_.change(ana_, "tickets", ticket_, {{"subject", "Router is on fire"}}));
  const int64_t number = office_.read("tickets", ticket_).get("number").number();
  EXPECT_EQ(waiting()[0].ticket_subject, "Router is on fire");
  EXPECT_EQ(waiting()[0].ticket_number, number);
  EXPECT_TRUE(waiting()[0].is_ticket_seen);
  const RecordId billing = office_.department("Billing");
  ASSERT_TRUE(office_.change(office_.program(), "tickets", ticket_,
                             {{"department", billing}, {"subject", "Not for Ana"}}));
  time_passes();
  EXPECT_TRUE(office_.outbox().empty());
  ASSERT_TRUE(waiting().at(0).refusal);
  EXPECT_FALSE(waiting()[0].is_ticket_seen);
  EXPECT_EQ(waiting()[0].ticket_number, number);
  EXPECT_EQ(waiting()[0].ticket_subject, "Router is broken") << "as it was when Ana wrote";
}

TEST_F(HeldReplies, AMailThatComesInMeanwhileIsNotAnswered) {  // S016
  ASSERT_TRUE(hold({.html = "We look into it"}));
  const std::string first = office_.read("threads", first_.thread).get("message_id").text();
  const desk::IntakeReport second = office_.mail_in({.subject = "Re: Router is broken",
                                                     .text = "It burns now",
                                                     .headers = {"In-Reply-To: <" + first + ">"}});
  ASSERT_EQ(second.ticket, ticket_);
  time_passes();
  const auto mails = office_.outbox();
  ASSERT_EQ(mails.size(), 1U);
  EXPECT_THAT(mails[0].text, testing::HasSubstr("It does not blink any more"));
  EXPECT_THAT(mails[0].text, testing::Not(testing::HasSubstr("It burns now")));
}

TEST_F(HeldReplies, AReplyThatWaitsFollowsItsTicketIntoAMerge) {  // S016
  const RecordId target = office_.mail_in({.subject = "Router, again"}).ticket;
  const auto merge = [&] {
    return office_.database->write([&](db::Transaction& tx) {
      return desk::merge_tickets(tx, ana_, {.id = target}, {{.id = ticket_}});
    });
  };
  ASSERT_TRUE(hold({.html = "We look into it"}));
  ASSERT_TRUE(merge());
  ASSERT_EQ(waiting().size(), 1U);
  EXPECT_EQ(waiting()[0].ticket, target);
  time_passes();
  ASSERT_EQ(office_.outbox().size(), 1U);
  EXPECT_TRUE(waiting().empty());
  EXPECT_EQ(office_.read("tickets", target).get("thread_count").number(), 3);
}

TEST_F(HeldReplies, AReplyThatWaitsComesBackWhenTheMergeIsUndone) {  // S016
  const RecordId target = office_.mail_in({.subject = "Router, again"}).ticket;
  ASSERT_TRUE(hold({.html = "We look into it"}));
  ASSERT_TRUE(office_.database->write([&](db::Transaction& tx) -> Result<void> {
    TRY(desk::merge_tickets(tx, ana_, {.id = target}, {{.id = ticket_}}));
    const auto merges = TRY(desk::merges_into(tx, ana_, target));
    TRY(desk::undo_merge(tx, ana_, target, merges.front().id));
    return {};
  }));
  ASSERT_EQ(waiting().size(), 1U);
  EXPECT_EQ(waiting()[0].ticket, ticket_);
  time_passes();
  office_.worker->run_due();
  EXPECT_TRUE(waiting().empty());
  EXPECT_EQ(office_.read("tickets", ticket_).get("thread_count").number(), 2);
}

TEST_F(HeldReplies, TwentyRepliesOfOnePersonMayWait) {  // S016
  for (size_t count = 0; count < desk::held_replies_max; ++count) {
    ASSERT_TRUE(hold({.html = "x"}));
  }
  EXPECT_EQ(code_of(hold({.html = "x"})), "busy");
}

TEST_F(HeldReplies, HoweverManyWereRefusedWhatWaitsIsShownAndTakenBack) {  // S016
  const auto move_to = [&](const char* department) {
    ASSERT_TRUE(office_.change(office_.program(), "tickets", ticket_,
                               {{"department", office_.department(department)}}));
  };
  for (size_t count = 0; count < desk::held_replies_max; ++count) ASSERT_TRUE(hold({.html = "x"}));
  move_to("Billing");
  time_passes();
  office_.worker->run_due();
  move_to("Support");
  const auto held = hold({.html = "One more"});
  ASSERT_TRUE(held) << held.error().message;
  ASSERT_EQ(waiting().size(), desk::held_replies_max + 1);
  EXPECT_EQ(waiting().back().id, held->id);
  EXPECT_FALSE(waiting().back().refusal);
}

TEST_F(HeldReplies, TakenBackNothingIsSentHoweverMuchWasWrittenSince) {  // S016
  const std::string much(desk::reply_html_bytes_max - 100, 'x');
  const auto held = hold({.html = much});
  ASSERT_TRUE(held) << held.error().message;
  ASSERT_TRUE(office_.database->write([&](db::Transaction& tx) {
    return desk::save_draft(tx, ana_, ticket_, {.text = {.html = much}, .saved_at = {}});
  }));
  const auto back = take_back(ana_, held->id);
  ASSERT_TRUE(back) << back.error().message;
  const desk::Draft both = *draft();
  EXPECT_EQ(both.text.html, much + much);
  time_passes();
  EXPECT_TRUE(office_.outbox().empty());
  EXPECT_EQ(code_of(office_.database->write(
                [&](db::Transaction& tx) { return desk::save_draft(tx, ana_, ticket_, both); })),
            "text_too_long");
}

TEST_F(HeldReplies, TwoNodesSendAReplyOnce) {  // S016
  jobs::Worker other(*office_.database, 1);
  desk::add_held_reply_jobs(other, *office_.desk);
  ASSERT_TRUE(hold({.html = "We look into it"}));
  time_passes();
  other.run_due();
  office_.worker->run_due();
  EXPECT_EQ(office_.outbox().size(), 1U);
}

TEST_F(HeldReplies, EachPersonChoosesForHowLong) {  // S016
  const auto choose = [&](int64_t seconds) {
    return office_.database->write([&](db::Transaction& tx) {
      return access::change_profile(tx, office_.catalogue, ana_.person,
                                    {.undo_send_seconds = seconds});
    });
  };
  const auto person = office_.database->read(
      [&](db::Transaction& tx) { return access::find_person(tx, ana_.person); });
  EXPECT_EQ(person->undo_send_seconds, 10);
  EXPECT_EQ(choose(0)->undo_send_seconds, 0);
  EXPECT_EQ(choose(60)->undo_send_seconds, 60);
  EXPECT_EQ(code_of(choose(7)), "not_a_choice");
}

}  // namespace
}  // namespace tandem::test
