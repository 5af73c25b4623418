#include <gmock/gmock.h>

#include "desk/conversation/attachments.h"
#include "desk/mail/raw_mails.h"
#include "records/change_log.h"
#include "tests/support/office.h"

// What a mail's own words about itself are believed: its time, its Message-ID, its address.

namespace tandem::test {
namespace {

using desk::IntakeOutcome;
using desk::MailSource;
using testing::HasSubstr;

struct Archive : testing::Test {
  Office office;
  access::Actor ana = office.agent("ana", {"Support"});
  desk::IntakeReport take(MailSource source, const std::string& raw) {
    return desk::take_in(*office.desk, office.mailbox, raw, source);
  }
  desk::IntakeReport import(const std::string& raw) { return take(MailSource::archive, raw); }
  std::string of(const std::string& date, const std::string& more = "") {
    return "From: maria@kunde.example\r\nTo: support@firma.example\r\nSubject: Old\r\n" + more +
           (date.empty() ? "" : "Date: " + date + "\r\n") + "\r\nWords of " + date + more + "\r\n";
  }
  std::string ticket_time(const desk::IntakeReport& report) {
    return to_iso(office.read("tickets", report.ticket).created_at);
  }
  std::string sent_time(const desk::IntakeReport& report) {
    return to_iso(office.read("threads", report.thread).get("sent_at").instant());
  }
};

const std::string office_time = "2026-03-02T09:00:00.000Z";
const std::string in_2019 = "Tue, 05 Mar 2019 10:00:00 +0100";
const std::string in_2019_iso = "2019-03-05T09:00:00.000Z";

TEST_F(Archive, AnImportedMailTakesTheTimeThatItCarries) {  // S002
  const desk::IntakeReport report = import(of(in_2019));
  EXPECT_EQ(ticket_time(report), in_2019_iso);
  EXPECT_EQ(to_iso(office.read("threads", report.thread).created_at), in_2019_iso);
  EXPECT_EQ(sent_time(report), in_2019_iso);
  // What follows changes goes by the time of the import.
  EXPECT_EQ(to_iso(office.read("tickets", report.ticket).updated_at), office_time);
  const auto log = office.database->read([&](db::Transaction& tx) {
    return operations::record_history(tx, ana, *office.catalogue.find("tickets"), report.ticket, "",
                                      10);
  });
  ASSERT_TRUE(log);
  EXPECT_EQ(to_iso(log->entries.back().at), office_time);
}

TEST_F(Archive, ATimeThatCannotBeIsReplacedByTheOneOfTheLastServer) {  // S002
  const std::string received = "Received: from a by b; Tue, 5 Mar 2019 09:00:00 +0000\r\n";
  for (const char* date :
       {"", "yesterday", "Fri, 01 Jan 1904 00:00:00 +0000", "Mon, 01 Jan 2040 00:00:00 +0000",
        "Sat, 01 Jan 2000 00:00:00 +0000", "Tue, 12 Mar 2019 10:00:00 +0100"}) {
    EXPECT_EQ(ticket_time(import(of(date, received))), in_2019_iso) << date;
  }
  EXPECT_EQ(ticket_time(import(of("", "Received: from a by b; never\r\n"))), office_time);
  EXPECT_EQ(ticket_time(import(of("Mon, 01 Jan 2040 00:00:00 +0000"))), office_time);
}

TEST_F(Archive, AMailOfAMailboxIsOfNowWhateverItsDateSays) {  // S002
  const desk::IntakeReport report = take(MailSource::mailbox, of(in_2019));
  EXPECT_EQ(ticket_time(report), office_time);
  EXPECT_EQ(to_iso(office.read("threads", report.thread).created_at), office_time);
  EXPECT_EQ(sent_time(report), in_2019_iso);
  const desk::IntakeReport liar =
      take(MailSource::mailbox,
           of(in_2019, "Received: from a by b; Mon, 2 Mar 2026 08:59:30 +0000\r\n"));
  EXPECT_EQ(sent_time(liar), "2026-03-02T08:59:30.000Z");
}

TEST_F(Archive, AnImportedMailThatWasParkedKeepsItsTime) {  // S002
  const std::string raw = of(in_2019);
  const desk::RawMail kept = desk::keep_raw_mail(*office.desk, office.mailbox,
                                                 {.raw = raw,
                                                  .message_id = "",
                                                  .sender = "maria@kunde.example",
                                                  .subject = "Old",
                                                  .source = MailSource::archive});
  EXPECT_EQ(ticket_time(desk::take_in_again(*office.desk, office.org, kept.id)), in_2019_iso);
}

TEST_F(Archive, AnOldMailDoesNotReopenWhatWasClosedAfterIt) {  // S009
  const RecordId id = office.mail_in({.message_id = "first@kunde.example"}).ticket;
  ASSERT_TRUE(office.change(ana, "tickets", id, {{"status", "closed"}}));
  const std::string answer = "In-Reply-To: <first@kunde.example>\r\n";
  EXPECT_EQ(import(of(in_2019, answer)).ticket, id);
  EXPECT_EQ(office.read("tickets", id).get("status").text(), "closed");
  office.clock.advance_ms(hour_ms);
  EXPECT_EQ(take(MailSource::mailbox, of("Sat, 05 Jan 2019 10:00:00 +0100", answer)).ticket, id);
  EXPECT_EQ(office.read("tickets", id).get("status").text(), "open");
}

TEST_F(Archive, AnArchiveOfOneSenderIsNoLoop) {  // S003
  for (int mail = 0; mail <= desk::mails_per_sender_and_hour_max; ++mail) {
    const std::string number = "X-Number: " + std::to_string(mail) + "\r\n";
    EXPECT_EQ(import(of(in_2019, number)).outcome, IntakeOutcome::ticket);
  }
  // Nor is the next mail that they really write.
  EXPECT_EQ(take(MailSource::mailbox, of(in_2019, "X-Number: new\r\n")).outcome,
            IntakeOutcome::ticket);
}

TEST_F(Archive, ASecondImportAddsNothingAlsoOfWhatIsParked) {  // S002
  const std::string good = of(in_2019);
  const std::string bad = "From: nobody\r\nSubject: Who\r\n\r\nHello\r\n";
  EXPECT_EQ(import(good).outcome, IntakeOutcome::ticket);
  EXPECT_EQ(import(bad).outcome, IntakeOutcome::parked);
  EXPECT_EQ(import(good).outcome, IntakeOutcome::duplicate);
  EXPECT_EQ(import(bad).outcome, IntakeOutcome::duplicate);
}

TEST_F(Archive, AMailThatCameByAListIsTheSameMail) {  // S002
  const MailText first{.text = "Hello,\r\nit blinks.", .message_id = "one@kunde.example"};
  EXPECT_EQ(office.mail_in(first).outcome, IntakeOutcome::ticket);
  MailText by_list = first;
  by_list.headers = {"List-Id: <all.firma.example>"};
  by_list.text = "Hello,\nit  blinks.\r\n____\r\nThe list of all\r\n";
  EXPECT_EQ(office.mail_in(by_list).outcome, IntakeOutcome::duplicate);
}

TEST_F(Archive, ADeviceThatGivesEachMailTheSameIdLosesNone) {  // S002
  const auto scan = [&](const std::string& page) {
    return office.mail_in(
        {.subject = "Scan",
         .text =
             "--b\r\n\r\nSee the file.\r\n--b\r\nContent-Type: application/pdf; name=scan.pdf\r\n"
             "\r\n" +
             page + "\r\n--b--",
         .message_id = "1@scanner.kunde.example",
         .content = "multipart/mixed; boundary=b"});
  };
  EXPECT_EQ(scan("%PDF one").outcome, IntakeOutcome::ticket);
  const desk::IntakeReport second = scan("%PDF two");
  EXPECT_EQ(second.outcome, IntakeOutcome::parked);
  EXPECT_EQ(second.reason, "message_id_reused");
  EXPECT_EQ(scan("%PDF two").outcome, IntakeOutcome::duplicate);
  EXPECT_EQ(scan("%PDF one").outcome, IntakeOutcome::duplicate);
}

TEST_F(Archive, AddressesOfEveryScriptAreStoredAsPeopleReadThemAndSentAsServersTakeThem) {  // S016
  const desk::IntakeReport report =
      office.mail_in({.from = "Mia <mia@xn--mller-kva.example>", .message_id = "a@kunde.example"});
  const records::Record ticket = office.read("tickets", report.ticket);
  EXPECT_EQ(ticket.get("email").text(), "mia@müller.example");
  const auto known = office.create(office.program(), "contacts",
                                   {{"last_name", "Ō"}, {"email", "Info@XN--VIQ.example"}});
  ASSERT_TRUE(known) << known.error().message;
  EXPECT_EQ(known->get("email").text(), "info@丽.example");
  const auto sent = office.reply(ana, report.ticket,
                                 {.cc = {{"", "Chef@Bücher.example"}}, .html = "<p>Try again</p>"});
  ASSERT_TRUE(sent) << sent.error().message;
  EXPECT_THAT(sent->get("cc_addresses").text(), HasSubstr("Chef@bücher.example"));
  const std::string raw = office.raw_outbox().back();
  EXPECT_THAT(raw, HasSubstr("mia@xn--mller-kva.example"));
  EXPECT_THAT(raw, HasSubstr("Chef@xn--bcher-kva.example"));
  EXPECT_EQ(raw.find("ü"), std::string::npos);
}

TEST_F(Archive, AnAddressThatNoServerTakesIsRefusedWhereItIsTyped) {  // S016
  const RecordId id = office.ticket("Router");
  const auto refused =
      office.reply(ana, id, {.to = {{"", "jürgen@firma.example"}}, .html = "<p>Hello</p>"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().field, "to");
  EXPECT_EQ(refused.error().code, "address_not_sendable");
  EXPECT_THAT(refused.error().message, HasSubstr("jürgen@firma.example"));
  const auto bad = office.reply(ana, id, {.to = {{"", "a@xn--a.example"}}, .html = "<p>Hello</p>"});
  EXPECT_TRUE(bad) << "plain letters are the server's to judge";
}

TEST_F(Archive, AFileNameCannotPretendAnotherEnding) {  // S015
  for (const auto& [given, kept] :
       std::vector<std::pair<std::string, std::string>>{{"bill\u202Egpj.exe", "billgpj.exe"},
                                                        {"..\\..\\a\u200Bb.pdf", "ab.pdf"},
                                                        {"\u2066\u2069", "file"},
                                                        {"請求書.pdf", "請求書.pdf"}}) {
    const auto upload = desk::add_upload(*office.desk, ana, {given, "text/plain", "x"});
    ASSERT_TRUE(upload);
    EXPECT_EQ(upload->get("name").text(), kept);
  }
}

}  // namespace
}  // namespace tandem::test
