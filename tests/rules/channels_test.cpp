#include <gmock/gmock.h>

#include "desk/channels/channel_intake.h"
#include "desk/customers/phone_numbers.h"
#include "tests/support/office.h"

// The one way in for what people tell us by a channel beside mail.

namespace tandem::test {
namespace {

using desk::ChannelMessage;
using desk::ChannelOutcome;
using desk::ChannelReport;

class Channels : public ::testing::Test {
 protected:
  ChannelMessage message(const std::string& key = "1") {
    ChannelMessage said;
    said.org = office_.org;
    said.channel = "web";
    said.key = key;
    said.department = office_.department("Support");
    said.who = {"Maria Silva", "maria@kunde.example", "+49 30 1234567"};
    said.subject = "Router";
    said.text = "It does not blink.";
    return said;
  }
  Result<ChannelReport> take(const ChannelMessage& said) {
    return office_.database->write([&](db::Transaction& tx) -> Result<ChannelReport> {
      return desk::take_in_message(tx, *office_.desk, said);
    });
  }
  int64_t count(const std::string& table) {
    return office_.database->read(
        [&](db::Transaction& tx) { return tx.integer("SELECT COUNT(*) FROM " + table); });
  }
  std::string caller(const std::string& number) {
    return office_.database->read([&](db::Transaction& tx) {
      const auto found = desk::find_contact_by_phone(tx, office_.org, number);
      return found ? found->name : std::string();
    });
  }

  Office office_;
};

TEST_F(Channels, MailFormAndTelephoneMakeTicketsThatSayTheirChannel) {  // S001, S002
  const Result<ChannelReport> form = take(message());
  ASSERT_TRUE(form) << form.error().message;
  ChannelMessage call = message();
  call.channel = "phone";
  const Result<ChannelReport> phone = take(call);
  ASSERT_TRUE(phone) << phone.error().message;
  const desk::IntakeReport mail = office_.mail_in({.from = "Maria Silva <maria@kunde.example>"});
  EXPECT_EQ(office_.read("tickets", form->ticket).get("channel").text(), "web");
  EXPECT_EQ(office_.read("tickets", phone->ticket).get("channel").text(), "phone");
  EXPECT_EQ(office_.read("tickets", mail.ticket).get("channel").text(), "email");
  const RecordId maria = office_.read("tickets", form->ticket).get("contact").id();
  EXPECT_EQ(office_.read("tickets", phone->ticket).get("contact").id(), maria);
  EXPECT_EQ(office_.read("tickets", mail.ticket).get("contact").id(), maria);
  EXPECT_EQ(office_.sees(office_.administrator(), "tickets").size(), 3U);
}

TEST_F(Channels, TheMessageIsTheFirstOfTheConversationInTheCustomersName) {
  ChannelMessage said = message();
  said.files = {{"log.txt", "text/plain", 3, 4711}};
  const Result<ChannelReport> report = take(said);
  ASSERT_TRUE(report) << report.error().message;
  const records::Record thread = office_.read("threads", report->thread);
  EXPECT_EQ(thread.get("author_kind").text(), "contact");
  EXPECT_EQ(thread.get("author_name").text(), "Maria Silva");
  EXPECT_EQ(thread.get("text_preview").text(), "It does not blink.");
  const records::Record ticket = office_.read("tickets", report->ticket);
  EXPECT_EQ(ticket.get("last_word_by").text(), "customer");
  EXPECT_EQ(ticket.get("thread_count").number(), 1);
  EXPECT_EQ(ticket.get("attachment_count").number(), 1);
  EXPECT_EQ(count("attachments"), 1);
}

TEST_F(Channels, AKeyIsTakenOnce) {
  const Result<ChannelReport> first = take(message());
  const Result<ChannelReport> again = take(message());
  ASSERT_TRUE(first && again);
  EXPECT_EQ(again->outcome, ChannelOutcome::duplicate);
  EXPECT_EQ(again->ticket, first->ticket);
  EXPECT_EQ(again->thread, first->thread);
  EXPECT_EQ(count("tickets"), 1);
  EXPECT_TRUE(take(message("2")));
  EXPECT_EQ(count("tickets"), 2);
  EXPECT_EQ(code_of(take(message(""))), "out_of_range");
}

TEST_F(Channels, AnAnswerJoinsItsTicketAndOpensItAgain) {
  const Result<ChannelReport> first = take(message());
  ASSERT_TRUE(first);
  ASSERT_TRUE(
      office_.change(office_.administrator(), "tickets", first->ticket, {{"status", "closed"}}));
  ChannelMessage answer = message("2");
  answer.ticket = first->ticket;
  answer.text = "Still dark.";
  const Result<ChannelReport> joined = take(answer);
  ASSERT_TRUE(joined) << joined.error().message;
  EXPECT_EQ(joined->outcome, ChannelOutcome::thread);
  const records::Record ticket = office_.read("tickets", first->ticket);
  EXPECT_EQ(ticket.get("status_type").text(), "open");
  EXPECT_EQ(ticket.get("last_word").text(), "Still dark.");
  EXPECT_EQ(ticket.get("thread_count").number(), 2);
}

TEST_F(Channels, AContactIsFoundByTheAddressFirstThenByTheNumber) {
  const RecordId maria = office_.contact("Silva", "maria@kunde.example");
  ASSERT_TRUE(
      office_.change(office_.administrator(), "contacts", maria, {{"phone", "+49 (30) 123-4567"}}));
  const Result<ChannelReport> by_address = take(message("1"));
  ChannelMessage call = message("2");
  call.who = {"", "", "030 1234567"};
  const Result<ChannelReport> by_number = take(call);
  ASSERT_TRUE(by_address && by_number);
  EXPECT_EQ(office_.read("tickets", by_address->ticket).get("contact").id(), maria);
  EXPECT_EQ(office_.read("tickets", by_number->ticket).get("contact").id(), maria);
  ChannelMessage other = message("3");
  other.who = {"Paul", "paul@kunde.example", "030 1234567"};
  const Result<ChannelReport> colleague = take(other);
  ASSERT_TRUE(colleague);
  EXPECT_NE(office_.read("tickets", colleague->ticket).get("contact").id(), maria);
}

TEST_F(Channels, NumbersAreComparedByTheirDigits) {
  const access::Actor ada = office_.administrator();
  const RecordId maria = office_.contact("Silva", "maria@kunde.example");
  ASSERT_TRUE(office_.change(ada, "contacts", maria, {{"mobile", "0049 171 555-0101"}}));
  for (const char* const number : {"+491715550101", "0171 5550101", "+49 (171) 5550101"}) {
    EXPECT_EQ(caller(number), "Silva") << number;
  }
  for (const char* const number : {"5550102", "0101", "", "anonymous"}) {
    EXPECT_EQ(caller(number), "") << number;
  }
  const RecordId paul = office_.contact("Paul", "paul@kunde.example");
  ASSERT_TRUE(office_.change(ada, "contacts", paul, {{"phone", "+44 171 5550101"}}));
  EXPECT_EQ(caller("0171 5550101"), "") << "two fit, nobody is guessed";
  EXPECT_EQ(caller("+44 171 5550101"), "Paul");
  ASSERT_TRUE(office_.change(ada, "contacts", paul, {{"phone", records::Value()}}));
  EXPECT_EQ(caller("0171 5550101"), "Silva");
}

TEST_F(Channels, ContactsOfBeforeAreFoundAfterTheirNumbersWereRead) {
  const RecordId maria = office_.contact("Silva", "maria@kunde.example");
  ASSERT_TRUE(
      office_.change(office_.administrator(), "contacts", maria, {{"phone", "+49 30 1234567"}}));
  ASSERT_TRUE(office_.database->write([](db::Transaction& tx) -> Result<int> {
    tx.execute("DELETE FROM contact_numbers");
    return 0;
  }));
  EXPECT_EQ(caller("+49 30 1234567"), "");
  while (desk::fill_contact_numbers(*office_.database) > 0) {
  }
  EXPECT_EQ(caller("+49 30 1234567"), "Silva");
}

TEST_F(Channels, WhatNobodyCanAnswerIsTakenInTheNameOfTheProgram) {
  ChannelMessage said = message();
  said.channel = "social";
  said.who = {"somebody", "", ""};
  const Result<ChannelReport> report = take(said);
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_TRUE(office_.read("tickets", report->ticket).get("contact").is_null());
  said.key = "2";
  said.department = RecordId{4711};
  EXPECT_EQ(code_of(take(said)), "not_found");
}

TEST_F(Channels, KeysAreForgottenWhenTheirMessageCanNotComeASecondTime) {
  ASSERT_TRUE(take(message("old")));
  office_.clock.advance_ms(desk::channel_keys_kept_ms - day_ms);
  ASSERT_TRUE(take(message("new")));
  desk::ChannelKeyPlace place;
  EXPECT_EQ(desk::forget_channel_keys(*office_.database, place), 0);
  office_.clock.advance_ms(2 * day_ms);
  EXPECT_EQ(desk::forget_channel_keys(*office_.database, place), 1);
  EXPECT_EQ(count("channel_messages"), 1);
  EXPECT_EQ(take(message("new"))->outcome, ChannelOutcome::duplicate);
}

}  // namespace
}  // namespace tandem::test
