#include <gmock/gmock.h>

#include "base/text.h"
#include "desk/conversation/attachments.h"
#include "desk/conversation/waiting_files.h"
#include "desk/mail/mail_threading.h"
#include "desk/tickets/timeline.h"
#include "tests/support/office.h"

namespace tandem::test {
namespace {

using desk::ReplyKind;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::vector<std::string> addresses(const std::vector<mail::Address>& list) {
  std::vector<std::string> found;
  for (const mail::Address& one : list) found.push_back(one.address);
  return found;
}

struct WithMail {
  Office office;
  access::Actor ana = office.agent("ana", {"Support"});
  RecordId ticket = office
                        .mail_in({.to = "support@firma.example, joao@kunde.example",
                                  .message_id = "first@kunde.example",
                                  .headers = {"Cc: chef@kunde.example"}})
                        .ticket;
  records::Record now() { return office.read("tickets", ticket); }
};

TEST(Replies, AReplyGoesToTheSenderOnly) {  // S016
  WithMail desk;
  const auto sent = desk.office.reply(desk.ana, desk.ticket, {.html = "<p>Try again</p>"});
  ASSERT_TRUE(sent) << sent.error().message;
  const auto mails = desk.office.outbox();
  ASSERT_EQ(mails.size(), 1U);
  EXPECT_THAT(addresses(mails[0].to), ElementsAre("maria@kunde.example"));
  EXPECT_TRUE(mails[0].cc.empty());
  EXPECT_EQ(mails[0].from.address, "support@firma.example");
  EXPECT_EQ(mails[0].subject, "Re: Router is broken");
  EXPECT_EQ(mails[0].in_reply_to, "first@kunde.example");
  EXPECT_THAT(mails[0].text, HasSubstr("Try again"));
  EXPECT_THAT(mails[0].text, HasSubstr("> It does not blink any more."));
  EXPECT_EQ(desk.office.read("threads", sent->id).get("delivery_state").text(), "sent");
}

TEST(Replies, AReplyToAllReachesEveryoneOnTheTicketButNotOurselves) {  // S017
  WithMail desk;
  ASSERT_TRUE(desk.office.reply(desk.ana, desk.ticket,
                                {.kind = ReplyKind::reply_all, .html = "Try again"}));
  const auto mails = desk.office.outbox();
  ASSERT_EQ(mails.size(), 1U);
  EXPECT_THAT(addresses(mails[0].to), ElementsAre("maria@kunde.example"));
  EXPECT_THAT(addresses(mails[0].cc), ElementsAre("joao@kunde.example", "chef@kunde.example"));
}

TEST(Replies, AReplyToAllLeavesOutWhoWritesItAndOurMailboxesInAnySpelling) {  // S017
  Office office;
  const access::Actor ana = office.agent("ana", {"Support"});
  const access::Actor ben = office.agent("ben", {"Support"});
  const auto asked = office.mail_in(
      {.to = "support@firma.example, Ana@firma.example",
       .headers = {"Cc: Support+t12.abc@Firma.example, ben@firma.example, chef@kunde.example"}});
  ASSERT_TRUE(office.change(office.program(), "tickets", asked.ticket,
                            {{"cc", "ANA@firma.example, support@firma.example"}}));
  const auto draft_of = [&](const access::Actor& actor) {
    return office.database->read([&](db::Transaction& tx) {
      return desk::reply_draft(tx, actor, asked.ticket, ReplyKind::reply_all).value();
    });
  };
  EXPECT_THAT(addresses(draft_of(ana).to), ElementsAre("maria@kunde.example"));
  EXPECT_THAT(addresses(draft_of(ana).cc), ElementsAre("ben@firma.example", "chef@kunde.example"));
  EXPECT_THAT(addresses(draft_of(ben).cc), ElementsAre("Ana@firma.example", "chef@kunde.example"));
  ASSERT_TRUE(office.reply(ana, asked.ticket, {.kind = ReplyKind::reply_all, .html = "Hello"}));
  EXPECT_THAT(addresses(office.outbox().at(0).cc),
              ElementsAre("ben@firma.example", "chef@kunde.example"));
}

TEST(Replies, AColleagueWhoAskedIsAnsweredAlsoByThemselves) {  // S017
  Office office;
  const access::Actor ana = office.agent("ana", {"Support"});
  const auto asked = office.mail_in({.from = "ana@firma.example"});
  for (const ReplyKind kind : {ReplyKind::reply, ReplyKind::reply_all}) {
    const auto draft = office.database->read(
        [&](db::Transaction& tx) { return desk::reply_draft(tx, ana, asked.ticket, kind); });
    EXPECT_THAT(addresses(draft->to), ElementsAre("ana@firma.example"));
    EXPECT_TRUE(draft->cc.empty());
  }
}

TEST(Replies, AForwardCarriesThePublicConversationToAnotherAddress) {  // S018, S124
  WithMail desk;
  ASSERT_TRUE(desk.office.reply(desk.ana, desk.ticket, {.html = "Try again"}));
  const auto sent = desk.office.reply(desk.ana, desk.ticket,
                                      {.kind = ReplyKind::forward,
                                       .to = {{"", "factory@example.net"}},
                                       .html = "Do you know this?"});
  ASSERT_TRUE(sent) << sent.error().message;
  EXPECT_TRUE(sent->get("is_private").truth());
  const auto mails = desk.office.outbox();
  ASSERT_EQ(mails.size(), 2U);
  EXPECT_THAT(addresses(mails[1].to), ElementsAre("factory@example.net"));
  EXPECT_THAT(mails[1].text, HasSubstr("It does not blink any more."));
  EXPECT_THAT(mails[1].text, HasSubstr("Try again"));
  EXPECT_EQ(code_of(desk.office.reply(desk.ana, desk.ticket, {.kind = ReplyKind::forward})),
            "required");
}

TEST(Replies, NothingPrivateIsInAnyOutgoingMail) {  // S019
  WithMail desk;
  ASSERT_TRUE(desk.office.comment(desk.ana, desk.ticket, "SECRET-COMMENT"));
  const auto forward = desk.office.reply(
      desk.ana, desk.ticket,
      {.kind = ReplyKind::forward, .to = {{"", "factory@example.net"}}, .html = "SECRET-FORWARD"});
  ASSERT_TRUE(forward);
  const std::string id = desk.office.outbox().back().message_id;
  const desk::IntakeReport answer = desk.office.mail_in({.from = "factory@example.net",
                                                         .text = "SECRET-ANSWER",
                                                         .headers = {"In-Reply-To: <" + id + ">"}});
  EXPECT_EQ(answer.ticket, desk.ticket);
  EXPECT_TRUE(desk.office.read("threads", answer.thread).get("is_private").truth());
  EXPECT_THAT(desk.now().get("last_word").text(), Not(HasSubstr("SECRET")));
  for (const ReplyKind kind : {ReplyKind::reply, ReplyKind::reply_all, ReplyKind::forward}) {
    ASSERT_TRUE(desk.office.reply(desk.ana, desk.ticket,
                                  {.kind = kind,
                                   .to = {{"", "maria@kunde.example"}},
                                   .html = "Public words",
                                   .include_attachments = desk::IncludeAttachments::yes}));
  }
  int public_mails = 0;
  for (const std::string& raw : desk.office.raw_outbox()) {
    if (raw.find("SECRET-FORWARD") != std::string::npos &&
        raw.find("factory@") != std::string::npos)
      continue;
    ++public_mails;
    EXPECT_THAT(raw, Not(HasSubstr("SECRET")));
  }
  EXPECT_EQ(public_mails, 3);
}

TEST(Replies, AReplyMayCloseTheTicketInTheSameAct) {  // S009, S010
  WithMail desk;
  ASSERT_TRUE(desk.office.reply(desk.ana, desk.ticket, {.html = "Done", .status = "closed"}));
  EXPECT_EQ(desk.now().get("status_type").text(), "closed");
  EXPECT_EQ(desk.now().get("last_word_by").text(), "agent");
  EXPECT_EQ(desk.now().get("thread_count").number(), 2);
  EXPECT_FALSE(desk.office.reply(desk.ana, desk.ticket, {.html = "Done", .status = "nonsense"}));
  EXPECT_EQ(desk.now().get("thread_count").number(), 2);
}

TEST(Replies, WhatCannotBeSentIsRefusedByField) {  // S016
  WithMail desk;
  const auto field_of = [&](const desk::ReplyRequest& request) {
    const auto sent = desk.office.reply(desk.ana, desk.ticket, request);
    return sent ? "" : sent.error().field;
  };
  EXPECT_EQ(field_of({.html = "  "}), "html");
  EXPECT_EQ(field_of({.to = {{"", "nobody"}}, .html = "Hi"}), "to");
  EXPECT_EQ(field_of({.cc = {{"a\r\nBcc: x@y.example", "a@b.example"}}, .html = "Hi"}), "cc");
  EXPECT_EQ(field_of({.subject = "a\r\nBcc: x@y.example", .html = "Hi"}), "subject");
  EXPECT_EQ(field_of({.html = "Hi", .attachment_ids = {12345}}), "attachment_ids");
  EXPECT_EQ(field_of({.html = "Hi", .from_mailbox = {12345}}), "from_mailbox_id");
}

TEST(Replies, HiddenRecipientsGetTheMailAndStandInNoHeader) {  // S017
  WithMail desk;
  ASSERT_TRUE(desk.office.reply(desk.ana, desk.ticket,
                                {.bcc = {{"", "hidden@firma.example"}}, .html = "Hi"}));
  const std::string raw = desk.office.raw_outbox().at(0);
  EXPECT_THAT(raw, HasSubstr("X-Envelope-To: hidden@firma.example"));
  const size_t body = raw.find("hidden@firma.example") + 30;
  EXPECT_EQ(raw.find("hidden@firma.example", body), std::string::npos);
}

TEST(Replies, AnUploadTravelsWithTheReplyAndBelongsToItsUploader) {  // S015, S016
  WithMail desk;
  const access::Actor ben = desk.office.agent("ben", {"Support"});
  const auto upload = desk::add_upload(
      *desk.office.desk, desk.ana,
      {.name = "../../log.txt", .content_type = "text/plain", .bytes = "it works"});
  ASSERT_TRUE(upload);
  EXPECT_EQ(upload->get("name").text(), "log.txt");
  EXPECT_EQ(code_of(desk::read_attachment(*desk.office.desk, ben, upload->id)), "not_found");
  EXPECT_EQ(code_of(desk.office.reply(ben, desk.ticket,
                                      {.html = "Hi", .attachment_ids = {upload->id.value}})),
            "no_such_upload");
  ASSERT_TRUE(desk.office.reply(desk.ana, desk.ticket,
                                {.html = "Hi", .attachment_ids = {upload->id.value}}));
  EXPECT_EQ(desk::read_attachment(*desk.office.desk, ben, upload->id)->bytes, "it works");
  const auto mails = desk.office.outbox();
  ASSERT_EQ(mails.at(0).attachments.size(), 1U);
  EXPECT_EQ(mails[0].attachments[0].bytes, "it works");
  EXPECT_EQ(desk.now().get("attachment_count").number(), 1);
}

TEST(Replies, APictureInTheTextTravelsInsideTheMailAndShowsInItsText) {  // S015, S016
  WithMail desk;
  const auto picture =
      desk::add_upload(*desk.office.desk, desk.ana, {"shot.png", "image/png", "pixels"});
  ASSERT_TRUE(picture);
  const std::string id = desk::upload_content_id(desk.ana.org, picture->id);
  EXPECT_EQ(picture->get("content_id").text(), id);
  ASSERT_TRUE(desk.office.reply(desk.ana, desk.ticket,
                                {.html = "<p>Look: <img src=\"cid:" + id + "\"></p>",
                                 .attachment_ids = {picture->id.value}}));
  const auto mails = desk.office.outbox();
  ASSERT_EQ(mails.at(0).attachments.size(), 1U);
  EXPECT_THAT(mails[0].html, HasSubstr("<img src=\"cid:" + id + "\""));
  EXPECT_EQ(mails[0].attachments[0].content_id, id);
  EXPECT_TRUE(mails[0].attachments[0].is_inline);
  EXPECT_TRUE(desk.office.read("attachments", picture->id).get("is_inline").truth());
}

TEST(Replies, AnUploadThatNobodyAttachedVanishesAfterADay) {  // S015
  WithMail desk;
  const auto upload = desk::add_upload(*desk.office.desk, desk.ana, {"a.txt", "text/plain", "x"});
  ASSERT_TRUE(upload);
  EXPECT_EQ(desk::sweep_uploads(*desk.office.desk), 0);
  desk.office.clock.advance_ms(day_ms + 1);
  EXPECT_EQ(desk::sweep_uploads(*desk.office.desk), 1);
  EXPECT_FALSE(desk::read_attachment(*desk.office.desk, desk.ana, upload->id));
}

TEST(Replies, AMailThatCannotBeSentIsSeenOnTheTicketAndCanBeSentAgain) {  // S016
  WithMail desk;
  const std::string outbox = std::exchange(desk.office.desk->outbox_folder, "");
  const auto sent = desk.office.reply(desk.ana, desk.ticket, {.html = "Hi"});
  ASSERT_TRUE(sent);
  desk.office.worker->run_due();
  EXPECT_EQ(desk.office.read("threads", sent->id).get("delivery_state").text(), "failed");
  EXPECT_TRUE(desk.now().get("send_failed").truth());
  desk.office.desk->outbox_folder = outbox;
  const auto again = desk.office.database->write(
      [&](db::Transaction& tx) { return desk::resend(tx, desk.ana, desk.ticket, sent->id); });
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(desk.office.outbox().size(), 1U);
  EXPECT_EQ(desk.office.read("threads", sent->id).get("delivery_state").text(), "sent");
  EXPECT_FALSE(desk.now().get("send_failed").truth());
  const auto twice = desk.office.database->write(
      [&](db::Transaction& tx) { return desk::resend(tx, desk.ana, desk.ticket, sent->id); });
  EXPECT_EQ(code_of(twice), "not_failed");
}

TEST(Replies, ALaterMailThatReachesTheSamePeopleMakesAFailedOneGood) {  // S016
  WithMail desk;
  const std::string outbox = std::exchange(desk.office.desk->outbox_folder, "");
  const auto send_to = [&](std::vector<mail::Address> to) {
    ASSERT_TRUE(desk.office.reply(desk.ana, desk.ticket, {.to = std::move(to), .html = "Hi"}));
    desk.office.worker->run_due();
  };
  send_to({{"", "Maria@kunde.example"}, {"", "joao@kunde.example"}});
  EXPECT_TRUE(desk.now().get("send_failed").truth());
  desk.office.desk->outbox_folder = outbox;
  send_to({{"", "maria@kunde.example"}});
  EXPECT_TRUE(desk.now().get("send_failed").truth());
  send_to({{"", "joao@kunde.example"}});
  EXPECT_FALSE(desk.now().get("send_failed").truth());
  desk.office.desk->outbox_folder = "";
  send_to({{"", "maria@kunde.example"}});
  EXPECT_TRUE(desk.now().get("send_failed").truth());
}

TEST(Replies, AServerThatIsAwayIsTriedAgain) {  // S016
  WithMail desk;
  desk.office.desk->default_smtp = mail::SmtpServer{
      .host = "127.0.0.1", .port = 1, .security = mail::Security::none, .timeout_ms = 2'000};
  const auto sent = desk.office.reply(desk.ana, desk.ticket, {.html = "Hi"});
  ASSERT_TRUE(sent);
  desk.office.worker->run_due();
  const records::Record waiting = desk.office.read("threads", sent->id);
  EXPECT_EQ(waiting.get("delivery_state").text(), "queued");
  EXPECT_EQ(waiting.get("attempts").number(), 1);
  EXPECT_FALSE(waiting.get("next_try_at").is_null());
  desk.office.desk->default_smtp.reset();
  desk.office.clock.advance_ms(hour_ms);
  EXPECT_EQ(desk.office.outbox().size(), 1U);
  EXPECT_EQ(desk.office.read("threads", sent->id).get("delivery_state").text(), "sent");
}

TEST(Comments, AnAgentCommentsPrivatelyWithoutWritingToTheCustomer) {  // S019, S020
  WithMail desk;
  const auto comment = desk.office.comment(desk.ana, desk.ticket, "<b>Known</b> fault");
  ASSERT_TRUE(comment);
  EXPECT_FALSE(comment->get("is_public").truth());
  EXPECT_TRUE(desk.office.outbox().empty());
  EXPECT_EQ(desk.now().get("comment_count").number(), 1);
  EXPECT_EQ(desk.now().get("thread_count").number(), 1);
}

TEST(Comments, OnlyItsAuthorOrAnAdministratorChangesAComment) {  // S019
  WithMail desk;
  const access::Actor ben = desk.office.agent("ben", {"Support"});
  const access::Actor ada = desk.office.administrator();
  const auto comment = desk.office.comment(desk.ana, desk.ticket, "Known fault");
  ASSERT_TRUE(comment);
  const auto edit = [&](const access::Actor& actor) {
    return desk.office.database->write([&](db::Transaction& tx) {
      return desk::edit_comment(tx, actor, desk.ticket, comment->id, "Edited");
    });
  };
  EXPECT_EQ(code_of(edit(ben)), "not_your_comment");
  EXPECT_TRUE(edit(desk.ana));
  EXPECT_TRUE(edit(ada));
  EXPECT_TRUE(desk.office.database->write([&](db::Transaction& tx) {
    return desk::remove_comment(tx, ada, desk.ticket, comment->id);
  }));
  EXPECT_EQ(desk.now().get("comment_count").number(), 0);
}

TEST(Comments, WhatIsOfferedWithACommentIsWhatTheTicketAllows) {  // S019, S033
  WithMail desk;
  const auto comment = desk.office.comment(desk.ana, desk.ticket, "Known fault");
  ASSERT_TRUE(comment);
  const access::Actor ada = desk.office.administrator();
  const auto offered = [&](const access::Actor& actor) {
    const auto item = desk.office.database->read([&](db::Transaction& tx) {
      return desk::read_comment(tx, actor, desk.ticket, comment->id);
    });
    return item->may;
  };
  EXPECT_THAT(offered(desk.ana), ElementsAre("update", "delete"));
  EXPECT_THAT(offered(desk.office.agent("ben", {"Support"})), ElementsAre());
  ASSERT_TRUE(desk.office.database->write([&](db::Transaction& tx) {
    return operations::delete_record(tx, ada, *desk.office.catalogue.find("tickets"), desk.ticket);
  }));
  EXPECT_THAT(offered(ada), ElementsAre());
}

TEST(Comments, TooManyFilesAreRefusedByField) {  // S015
  WithMail desk;
  const std::vector<int64_t> ids(desk::comment_attachments_max + 1, 7);
  const auto refused = desk.office.database->write([&](db::Transaction& tx) {
    return desk::add_comment(tx, desk.ana, desk.ticket, "Known fault", desk::Audience::colleagues,
                             ids);
  });
  EXPECT_EQ(code_of(refused), "too_many");
}

TEST(Timeline, MailsCommentsAndChangesStandInOneLine) {  // S034
  WithMail desk;
  desk.office.clock.advance_ms(minute_ms);
  ASSERT_TRUE(desk.office.comment(desk.ana, desk.ticket, "Known fault"));
  desk.office.clock.advance_ms(minute_ms);
  ASSERT_TRUE(desk.office.change(desk.ana, "tickets", desk.ticket, {{"priority", "high"}}));
  desk.office.clock.advance_ms(minute_ms);
  ASSERT_TRUE(desk.office.reply(desk.ana, desk.ticket, {.html = "Try again"}));
  using Type = desk::TimelineItem::Type;
  const auto read = [&](const std::string& before, int limit) {
    return *desk.office.database->read([&](db::Transaction& tx) {
      return desk::read_timeline(tx, desk.ana, desk.ticket, before, limit);
    });
  };
  std::vector<Type> types;
  for (const auto& item : read("", 50).items) types.push_back(item.type);
  EXPECT_THAT(types, testing::UnorderedElementsAre(Type::event, Type::thread, Type::comment,
                                                   Type::event, Type::thread));
  const desk::Timeline newest = read("", 2);
  ASSERT_EQ(newest.items.size(), 2U);
  EXPECT_EQ(newest.items[1].type, Type::thread);
  EXPECT_EQ(read(newest.older_cursor, 50).items.size(), 3U);
}

TEST(Timeline, OldEventsAreReachedPastManyNewerOnes) {  // S034
  WithMail desk;
  desk.office.clock.advance_ms(minute_ms);
  ASSERT_TRUE(desk.office.change(desk.ana, "tickets", desk.ticket, {{"priority", "high"}}));
  constexpr int moments = 12;
  constexpr int events_per_moment = 100;
  for (int moment = 0; moment < moments; ++moment) {
    desk.office.clock.advance_ms(minute_ms);
    ASSERT_TRUE(desk.office.database->write([&](db::Transaction& tx) -> Result<void> {
      for (int event = 0; event < events_per_moment; ++event) {
        records::log_event(tx, desk.office.org, "tickets", desk.ticket, 2, "escalated",
                           desk.ana.author());
      }
      return {};
    }));
  }
  size_t seen = 0;
  std::string before;
  do {
    const desk::Timeline page = *desk.office.database->read([&](db::Transaction& tx) {
      return desk::read_timeline(tx, desk.ana, desk.ticket, before, desk::timeline_items_max);
    });
    seen += page.items.size();
    before = page.older_cursor;
  } while (!before.empty());
  // The first mail, the entry of its making and the change of priority stand before them.
  EXPECT_EQ(seen, size_t(moments * events_per_moment + 3));
}

TEST(Timeline, WhatAMailQuotesIsFolded) {  // S002
  WithMail desk;
  const auto report = desk.office.mail_in(
      {.text = "It works now.\r\n\r\nOn Mon, 2 Mar 2026 at 09:00, Firma wrote:\r\n> Try again",
       .headers = {"In-Reply-To: <first@kunde.example>"}});
  ASSERT_EQ(report.ticket, desk.ticket);
  const desk::ThreadBody body = desk::body_of(desk.office.read("threads", report.thread));
  EXPECT_THAT(body.html, HasSubstr("It works now."));
  EXPECT_THAT(body.html, Not(HasSubstr("Try again")));
  EXPECT_THAT(body.quoted_html, HasSubstr("Try again"));
  EXPECT_EQ(desk.now().get("last_word").text(), "It works now.");
}

TEST(Replies, TheComposerOpensWithRecipientsSubjectAndHistory) {  // S016, S017
  WithMail desk;
  const auto draft = desk.office.database->read([&](db::Transaction& tx) {
    return desk::reply_draft(tx, desk.ana, desk.ticket, ReplyKind::reply_all);
  });
  ASSERT_TRUE(draft);
  EXPECT_THAT(addresses(draft->to), ElementsAre("maria@kunde.example"));
  EXPECT_EQ(draft->cc.size(), 2U);
  EXPECT_EQ(draft->subject, "Re: Router is broken");
  EXPECT_THAT(draft->quoted_html, HasSubstr("does not blink"));
  EXPECT_EQ(draft->from_mailbox, desk.office.mailbox.id);
}

}  // namespace
}  // namespace tandem::test
