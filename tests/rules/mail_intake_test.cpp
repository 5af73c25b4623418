#include <fmt/format.h>
#include <gmock/gmock.h>

#include "desk/mail/mail_threading.h"
#include "desk/mail/parked_mails.h"
#include "desk/mail/raw_mails.h"
#include "tests/support/office.h"

namespace tandem::test {
namespace {

using desk::IntakeOutcome;
using testing::HasSubstr;

struct Intake : testing::Test {
  Office office;
  access::Actor ana = office.agent("ana", {"Support"});
  records::Record ticket(RecordId id) { return office.read("tickets", id); }
  records::Record thread(RecordId id) { return office.read("threads", id); }
  /// Our reply on a ticket, as the customer gets it.
  mail::ParsedMail answer_on(RecordId id) {
    EXPECT_TRUE(office.reply(ana, id, {.html = "Try again"}));
    return office.outbox().back();
  }
  /// A second mailbox, of another department than the first.
  desk::Mailbox add_billing_mailbox() {
    desk::Mailbox box;
    box.department = office.department("Billing");
    box.address = "billing@firma.example";
    return office.database
        ->write([&](db::Transaction& tx) -> Result<desk::Mailbox> {
          return desk::add_mailbox(tx, *office.desk, office.program(), box);
        })
        .value();
  }
  size_t count(const char* module) { return office.sees(office.program(), module).size(); }
};

TEST_F(Intake, AMailBecomesATicketOfTheMailboxesDepartment) {  // S001, S002, S004
  const desk::IntakeReport report = office.mail_in({});
  ASSERT_EQ(report.outcome, IntakeOutcome::ticket);
  const records::Record made = ticket(report.ticket);
  EXPECT_EQ(made.get("subject").text(), "Router is broken");
  EXPECT_EQ(made.get("department").id(), office.department("Support"));
  EXPECT_EQ(made.get("channel").text(), "email");
  EXPECT_EQ(made.get("last_word").text(), "It does not blink any more.");
  EXPECT_EQ(made.get("last_word_by").text(), "customer");
  const records::Record contact = office.read("contacts", made.get("contact").id());
  EXPECT_EQ(contact.title, "Maria Silva");
  EXPECT_EQ(contact.get("email").text(), "maria@kunde.example");
  EXPECT_TRUE(thread(report.thread).get("is_description").truth());
}

TEST_F(Intake, AKnownRequesterIsRecognisedByEitherAddress) {  // S024
  const auto maria = office.create(office.program(), "contacts",
                                   {{"last_name", "Silva"},
                                    {"email", "maria@work.example"},
                                    {"secondary_email", "Maria@Kunde.example"}});
  ASSERT_TRUE(maria);
  EXPECT_EQ(ticket(office.mail_in({}).ticket).get("contact").id(), maria->id);
  EXPECT_EQ(count("contacts"), 1U);
}

TEST_F(Intake, ANameInChineseOrJapaneseHasTheFamilyNameFirst) {  // S024
  const desk::IntakeReport report =
      office.mail_in({.from = "=?UTF-8?B?5bGx55SwIOWkqumDjg==?= <taro@kunde.example>"});
  const records::Record contact =
      office.read("contacts", ticket(report.ticket).get("contact").id());
  EXPECT_EQ(contact.get("last_name").text(), "山田");
  EXPECT_EQ(contact.get("first_name").text(), "太郎");
}

TEST_F(Intake, TheSameMailIsTakenOnceHoweverOftenItComes) {  // S002
  const std::string raw = raw_mail({.message_id = "one@kunde.example"});
  const desk::IntakeReport first = office.raw_in(raw);
  const desk::IntakeReport second = office.raw_in(raw);
  EXPECT_EQ(second.outcome, IntakeOutcome::duplicate);
  EXPECT_EQ(second.ticket, first.ticket);
  EXPECT_EQ(office.raw_in("Received: from elsewhere\r\n" + raw).outcome, IntakeOutcome::duplicate);
  EXPECT_EQ(count("tickets"), 1U);
  EXPECT_EQ(count("threads"), 1U);
}

TEST_F(Intake, AnotherMailWithTheSameIdIsParkedNotLost) {  // S002
  office.mail_in({.message_id = "one@kunde.example"});
  const desk::IntakeReport other =
      office.mail_in({.subject = "Something else", .message_id = "one@kunde.example"});
  EXPECT_EQ(other.outcome, IntakeOutcome::parked);
  EXPECT_EQ(other.reason, "message_id_reused");
}

TEST_F(Intake, AMailWithoutAnIdIsKnownByItsBytes) {  // S002
  const std::string raw = "From: a@kunde.example\r\nSubject: No id\r\n\r\nHello\r\n";
  EXPECT_EQ(office.raw_in(raw).outcome, IntakeOutcome::ticket);
  EXPECT_EQ(office.raw_in(raw).outcome, IntakeOutcome::duplicate);
}

TEST_F(Intake, ACrashBetweenStoringAndUnderstandingIsFinishedLater) {  // S002
  const std::string raw = raw_mail({.message_id = "crash@kunde.example"});
  const desk::RawMail kept = desk::keep_raw_mail(
      *office.desk, office.mailbox, {raw, "crash@kunde.example", "maria@kunde.example", "Router"});
  EXPECT_EQ(kept.state, "received");
  EXPECT_EQ(desk::finish_intake(*office.desk), 0);
  office.clock.advance_ms(2 * minute_ms);
  EXPECT_EQ(desk::finish_intake(*office.desk), 1);
  EXPECT_EQ(count("tickets"), 1U);
  EXPECT_EQ(office.raw_in(raw).outcome, IntakeOutcome::duplicate);
}

TEST_F(Intake, AClosedTicketIsReopenedByACustomersReply) {  // S009
  const RecordId id = office.mail_in({}).ticket;
  const mail::ParsedMail ours = answer_on(id);
  ASSERT_TRUE(office.change(ana, "tickets", id, {{"status", "closed"}}));
  const desk::IntakeReport report = office.mail_in(
      {.text = "Still broken", .headers = {"In-Reply-To: <" + ours.message_id + ">"}});
  EXPECT_EQ(report.outcome, IntakeOutcome::thread);
  EXPECT_EQ(report.ticket, id);
  EXPECT_EQ(ticket(id).get("status").text(), "open");
  EXPECT_TRUE(ticket(id).get("closed_at").is_null());
  EXPECT_EQ(ticket(id).get("last_word").text(), "Still broken");
  EXPECT_EQ(ticket(id).get("thread_count").number(), 3);
}

TEST_F(Intake, AnAutomaticReplyJoinsItsTicketAndDoesNotReopenIt) {  // S002, S009
  const RecordId id = office.mail_in({}).ticket;
  const mail::ParsedMail ours = answer_on(id);
  ASSERT_TRUE(office.change(ana, "tickets", id, {{"status", "closed"}}));
  const desk::IntakeReport report = office.mail_in(
      {.subject = "Out of office",
       .text = "Back on Monday",
       .headers = {"Auto-Submitted: auto-replied", "In-Reply-To: <" + ours.message_id + ">"}});
  EXPECT_EQ(report.outcome, IntakeOutcome::auto_reply);
  EXPECT_EQ(report.ticket, id);
  EXPECT_EQ(ticket(id).get("status").text(), "closed");
  EXPECT_TRUE(thread(report.thread).get("is_auto_reply").truth());
  EXPECT_NE(ticket(id).get("last_word").text(), "Back on Monday");
}

TEST_F(Intake, AForgedIdLeadsIntoNoTicket) {  // S005
  const RecordId id = office.mail_in({}).ticket;
  std::string forged = answer_on(id).message_id;
  forged[forged.find('@') - 1] = forged[forged.find('@') - 1] == '0' ? '1' : '0';
  const desk::IntakeReport report =
      office.mail_in({.from = "eve@evil.example", .headers = {"References: <" + forged + ">"}});
  EXPECT_EQ(report.outcome, IntakeOutcome::ticket);
  EXPECT_NE(report.ticket, id);
}

TEST_F(Intake, AStrangerWhoQuotesACustomersIdGetsATicketOfTheirOwn) {  // S005
  const RecordId id = office.mail_in({.message_id = "first@kunde.example"}).ticket;
  const desk::IntakeReport report = office.mail_in(
      {.from = "eve@evil.example", .headers = {"In-Reply-To: <first@kunde.example>"}});
  EXPECT_EQ(report.outcome, IntakeOutcome::ticket);
  EXPECT_NE(report.ticket, id);
  EXPECT_EQ(ticket(report.ticket).get("comment_count").number(), 1);
  EXPECT_EQ(ticket(id).get("thread_count").number(), 1);
}

TEST_F(Intake, AnAnswerToAMailWithAnOverlongIdFindsItsTicket) {  // S002
  const std::string id = std::string(desk::stored_message_id_bytes_max + 1, 'x') + "@kunde.example";
  const desk::IntakeReport first = office.mail_in({.message_id = id});
  const desk::IntakeReport answer = office.mail_in({.headers = {"In-Reply-To: <" + id + ">"}});
  EXPECT_EQ(answer.outcome, IntakeOutcome::thread);
  EXPECT_EQ(answer.ticket, first.ticket);
}

TEST_F(Intake, SomeoneCopiedOnTheTicketAnswersOnIt) {  // S017
  const RecordId id =
      office.mail_in({.message_id = "first@kunde.example", .headers = {"Cc: chef@kunde.example"}})
          .ticket;
  EXPECT_EQ(ticket(id).get("cc").text(), "chef@kunde.example");
  const desk::IntakeReport report = office.mail_in(
      {.from = "chef@kunde.example", .headers = {"In-Reply-To: <first@kunde.example>"}});
  EXPECT_EQ(report.ticket, id);
}

TEST_F(Intake, ASignedReplyAddressIsEnough) {  // S002
  const RecordId id = office.mail_in({}).ticket;
  const std::string address =
      *desk::reply_address_of(*office.desk, office.org, id, "support@firma.example");
  EXPECT_EQ(office.mail_in({.to = address}).ticket, id);
  EXPECT_EQ(office
                .mail_in({.to = fmt::format("support+t{}.{}@firma.example", id.value,
                                            std::string(24, 'a'))})
                .outcome,
            IntakeOutcome::ticket);
}

TEST_F(Intake, ASuppliersAnswerByTheReplyAddressAloneStaysPrivate) {  // S018, S019
  const RecordId id = office.mail_in({}).ticket;
  ASSERT_TRUE(office.reply(ana, id,
                           {.kind = desk::ReplyKind::forward,
                            .to = {{"", "Factory@example.net"}},
                            .bcc = {{"", "boss@example.net"}},
                            .html = "Do you know this?"}));
  const std::string address =
      *desk::reply_address_of(*office.desk, office.org, id, "support@firma.example");
  const auto is_private = [&](const std::string& from, const std::string& text) {
    const desk::IntakeReport report = office.mail_in({.from = from, .to = address, .text = text});
    EXPECT_EQ(report.ticket, id);
    return thread(report.thread).get("is_private").truth();
  };
  EXPECT_TRUE(is_private("Factory <factory@example.net>", "The margin is 40 per cent"));
  EXPECT_TRUE(is_private("boss@example.net", "The margin is 40 per cent"));
  EXPECT_FALSE(is_private("Maria Silva <maria@kunde.example>", "Any news?"));
  EXPECT_EQ(ticket(id).get("cc").text(), "");
  ASSERT_TRUE(office.reply(ana, id, {.html = "It is under warranty"}));
  for (const mail::ParsedMail& sent : office.outbox()) {
    EXPECT_THAT(sent.text, testing::Not(HasSubstr("margin is 40"))) << sent.subject;
  }
}

TEST_F(Intake, AnAgentsMailIsNoAnswerToTheCustomerUntilItIsProvenToBeTheirs) {  // S005, S012
  const RecordId id = office.mail_in({.message_id = "first@kunde.example"}).ticket;
  const desk::IntakeReport report =
      office.mail_in({.from = "ana@firma.example",
                      .text = "I am the agent, believe me",
                      .headers = {"In-Reply-To: <first@kunde.example>"}});
  EXPECT_EQ(report.ticket, id);
  EXPECT_EQ(thread(report.thread).get("author_kind").text(), "agent");
  EXPECT_EQ(thread(report.thread).get("direction").text(), "in");
  EXPECT_TRUE(thread(report.thread).get("is_private").truth());
  EXPECT_TRUE(ticket(id).get("responded_at").is_null());
}

std::string bounce_of(const std::string& message_id, const char* action, const char* status) {
  return fmt::format(
      "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example\r\nTo: support@firma.example\r\n"
      "Subject: Undelivered\r\nMessage-ID: <{}.{}@mx.example>\r\nMIME-Version: 1.0\r\n"
      "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
      "--b\r\nContent-Type: text/plain\r\n\r\nIt came back.\r\n"
      "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
      "Final-Recipient: rfc822; maria@kunde.example\r\nAction: {}\r\nStatus: {}\r\n"
      "Diagnostic-Code: smtp; 550 no such user\r\n"
      "--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{}>\r\nSubject: Re\r\n\r\n"
      "--b--\r\n",
      action, status, action, status, message_id);
}

TEST_F(Intake, AReturnedMailIsSeenOnItsTicket) {  // S016
  const RecordId id = office.mail_in({}).ticket;
  const mail::ParsedMail ours = answer_on(id);
  const desk::IntakeReport late = office.raw_in(bounce_of(ours.message_id, "delayed", "4.4.1"));
  EXPECT_EQ(late.outcome, IntakeOutcome::bounce);
  EXPECT_EQ(thread(late.thread).get("delivery_state").text(), "sent");
  EXPECT_FALSE(ticket(id).get("send_failed").truth());
  const desk::IntakeReport report = office.raw_in(bounce_of(ours.message_id, "failed", "5.1.1"));
  EXPECT_EQ(report.outcome, IntakeOutcome::bounce);
  EXPECT_EQ(report.ticket, id);
  EXPECT_EQ(thread(report.thread).get("delivery_state").text(), "bounced");
  EXPECT_THAT(thread(report.thread).get("delivery_message").text(), HasSubstr("no such user"));
  EXPECT_TRUE(ticket(id).get("send_failed").truth());
  EXPECT_EQ(count("tickets"), 1U);
}

TEST_F(Intake, ABounceOfNothingWeSentIsABounceThatWaitsForAnAdministrator) {  // S002
  const desk::IntakeReport report =
      office.raw_in(bounce_of("other@elsewhere.example", "failed", "5.1.1"));
  EXPECT_EQ(report.outcome, IntakeOutcome::bounce);
  EXPECT_EQ(report.reason, "bounce_unmatched");
  EXPECT_FALSE(report.ticket);
}

TEST_F(Intake, OurOwnMailThatComesBackIsNoNewMail) {  // S002
  const RecordId id = office.mail_in({}).ticket;
  answer_on(id);
  const desk::IntakeReport report = office.raw_in(office.raw_outbox().back());
  EXPECT_EQ(report.outcome, IntakeOutcome::duplicate);
  EXPECT_EQ(count("threads"), 2U);
}

TEST_F(Intake, TwoMachinesInACircleAreStoppedAndNothingIsLost) {  // S003
  const std::string mark = desk::loop_mark_of(*office.desk, office.org);
  EXPECT_EQ(office.mail_in({.headers = {"X-Loop: " + mark}}).reason, "loop_suspected");
  EXPECT_EQ(office.mail_in({.from = "support@firma.example"}).reason, "loop_suspected");
  for (int mail = 0; mail < desk::mails_per_sender_and_hour_max; ++mail) {
    EXPECT_EQ(office.mail_in({.from = "robot@kunde.example"}).outcome, IntakeOutcome::ticket);
  }
  const desk::IntakeReport stopped = office.mail_in({.from = "robot@kunde.example"});
  EXPECT_EQ(stopped.reason, "loop_suspected");
  const access::Actor ada = office.administrator();
  const auto listed = office.database->read(
      [&](db::Transaction& tx) { return desk::list_parked_mails(tx, ada, "", 10); });
  ASSERT_TRUE(listed);
  EXPECT_EQ(listed->mails.size(), 3U);
  EXPECT_EQ(listed->mails[0].from, "robot@kunde.example");
  const auto retried = desk::retry_parked_mail(*office.desk, ada, stopped.raw_mail);
  ASSERT_TRUE(retried);
  EXPECT_EQ(retried->outcome, IntakeOutcome::ticket);
  office.clock.advance_ms(2 * hour_ms);
  EXPECT_EQ(office.mail_in({.from = "robot@kunde.example"}).outcome, IntakeOutcome::ticket);
}

TEST_F(Intake, AWebFormThatWritesAsOurselvesNamesItsVisitor) {  // S001
  const desk::IntakeReport report = office.mail_in(
      {.from = "support@firma.example", .headers = {"Reply-To: visitor@kunde.example"}});
  EXPECT_EQ(ticket(report.ticket).get("email").text(), "visitor@kunde.example");
}

TEST_F(Intake, WhatCannotBeReadIsParkedWithItsReason) {  // S002
  EXPECT_EQ(office.raw_in("   ").reason, "empty_mail");
  EXPECT_EQ(office.mail_in({.from = "nobody"}).outcome, IntakeOutcome::parked);
  EXPECT_EQ(count("tickets"), 0U);
  const auto refused = office.database->read(
      [&](db::Transaction& tx) { return desk::list_parked_mails(tx, ana, "", 10); });
  EXPECT_EQ(refused.error().kind, RefusalKind::forbidden);
  const access::Actor ada = office.administrator();
  const auto listed = office.database->read(
      [&](db::Transaction& tx) { return desk::list_parked_mails(tx, ada, "", 10); });
  ASSERT_EQ(listed->mails.size(), 2U);
  EXPECT_EQ(*desk::raw_of_parked_mail(*office.desk, ada, listed->mails[1].id), "   ");
  EXPECT_TRUE(office.database->write(
      [&](db::Transaction& tx) { return desk::drop_parked_mail(tx, ada, listed->mails[1].id); }));
}

TEST_F(Intake, AMailOfTooManyPartsIsParkedUnderItsSender) {  // S002
  std::string raw =
      "From: Maria <Maria@kunde.example>\r\nSubject: =?utf-8?q?Viele_Teile?=\r\n"
      "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n";
  for (int part = 0; part < 300; ++part) raw += "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n";
  raw += "--b--\r\n";
  EXPECT_EQ(office.raw_in(raw).reason, "too_many_mail_parts");
  const access::Actor ada = office.administrator();
  const auto listed = office.database->read(
      [&](db::Transaction& tx) { return desk::list_parked_mails(tx, ada, "", 10); });
  ASSERT_EQ(listed->mails.size(), 1U);
  EXPECT_EQ(listed->mails[0].from, "maria@kunde.example");
  EXPECT_EQ(listed->mails[0].subject, "Viele Teile");
  EXPECT_TRUE(listed->mails[0].is_kept);
}

TEST_F(Intake, WhatWasNeverFetchedKeepsItsReasonAndCannotBeTriedAgain) {  // S002
  const std::string huge(size_t(files::file_bytes_max) + 1, 'x');
  const std::string raw = "From: maria@kunde.example\r\nSubject: Film\r\n\r\n" + huge;
  const desk::RawMail kept = desk::keep_raw_mail(
      *office.desk, office.mailbox, {raw, "film@kunde.example", "maria@kunde.example", "Film"});
  ASSERT_EQ(kept.file, 0);
  EXPECT_EQ(desk::take_in_again(*office.desk, office.org, kept.id).reason, kept.reason);
  const access::Actor ada = office.administrator();
  EXPECT_EQ(code_of(desk::retry_parked_mail(*office.desk, ada, kept.id)), "mail_not_stored");
  const auto listed = office.database->read(
      [&](db::Transaction& tx) { return desk::list_parked_mails(tx, ada, "", 10); });
  ASSERT_EQ(listed->mails.size(), 1U);
  EXPECT_EQ(listed->mails[0].reason, kept.reason);
  EXPECT_FALSE(listed->mails[0].is_kept) << "so that nothing is offered that will be refused";
}

TEST_F(Intake, AMailToTwoMailboxesGoesOnInTheTicketOfEach) {  // S002, S004
  const desk::Mailbox billing = add_billing_mailbox();
  const std::string first = raw_mail(
      {.to = "support@firma.example, billing@firma.example", .message_id = "w1@kunde.example"});
  const RecordId at_support = desk::take_in(*office.desk, office.mailbox, first).ticket;
  const RecordId at_billing = desk::take_in(*office.desk, billing, first).ticket;
  ASSERT_NE(at_support, at_billing);
  const std::string second = raw_mail({.to = "support@firma.example, billing@firma.example",
                                       .message_id = "w2@kunde.example",
                                       .headers = {"In-Reply-To: <w1@kunde.example>"}});
  EXPECT_EQ(desk::take_in(*office.desk, office.mailbox, second).ticket, at_support);
  EXPECT_EQ(desk::take_in(*office.desk, billing, second).ticket, at_billing);
  EXPECT_EQ(ticket(at_support).get("thread_count").number(), 2);
  EXPECT_EQ(ticket(at_billing).get("thread_count").number(), 2);
}

TEST_F(Intake, AMailStandsOnceOnATicketHoweverManyMailboxesGotIt) {  // S002
  const RecordId id = office.mail_in({.message_id = "w1@kunde.example"}).ticket;
  const desk::Mailbox billing = add_billing_mailbox();
  const std::string answer = raw_mail({.to = "support@firma.example, billing@firma.example",
                                       .message_id = "w2@kunde.example",
                                       .headers = {"In-Reply-To: <w1@kunde.example>"}});
  EXPECT_EQ(desk::take_in(*office.desk, office.mailbox, answer).outcome, IntakeOutcome::thread);
  const desk::IntakeReport again = desk::take_in(*office.desk, billing, answer);
  EXPECT_EQ(again.outcome, IntakeOutcome::duplicate);
  EXPECT_EQ(again.ticket, id);
  EXPECT_EQ(ticket(id).get("thread_count").number(), 2);
}

TEST_F(Intake, FilesAndPicturesOfAMailBelongToItsTicket) {  // S015
  const desk::IntakeReport report = office.mail_in(
      {.text = "--b\r\nContent-Type: text/html\r\n\r\n<p>See <img src=\"cid:pic@x\"></p>\r\n"
               "--b\r\nContent-Type: image/png; name=a.png\r\nContent-ID: <pic@x>\r\n"
               "Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n"
               "--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; "
               "filename=bill.pdf\r\n\r\n%PDF\r\n--b--",
       .content = "multipart/related; boundary=b"});
  ASSERT_EQ(report.outcome, IntakeOutcome::ticket);
  EXPECT_EQ(ticket(report.ticket).get("attachment_count").number(), 2);
  const auto ids = office.sees(ana, "attachments");
  ASSERT_EQ(ids.size(), 2U);
  EXPECT_EQ(office.read("attachments", {ids[0]}).get("content_id").text(), "pic@x");
  EXPECT_TRUE(office.read("attachments", {ids[0]}).get("is_inline").truth());
  EXPECT_EQ(office.read("attachments", {ids[1]}).get("name").text(), "bill.pdf");
}

TEST_F(Intake, AScriptInAMailNeverReachesAPage) {  // S002
  const desk::IntakeReport report = office.mail_in(
      {.text = "<p onclick=\"steal()\">Hi</p><script>steal()</script>", .content = "text/html"});
  EXPECT_EQ(ticket(report.ticket).get("description").text().find("steal"), std::string::npos);
}

TEST_F(Intake, ATicketInTheRecycleBinGetsNoNewMail) {  // S033
  const RecordId id = office.mail_in({}).ticket;
  const mail::ParsedMail ours = answer_on(id);
  ASSERT_TRUE(office.database->write([&](db::Transaction& tx) {
    return operations::delete_record(tx, office.program(), *office.catalogue.find("tickets"), id);
  }));
  const desk::IntakeReport report =
      office.mail_in({.headers = {"In-Reply-To: <" + ours.message_id + ">"}});
  EXPECT_EQ(report.outcome, IntakeOutcome::ticket);
  EXPECT_NE(report.ticket, id);
}

}  // namespace
}  // namespace tandem::test
