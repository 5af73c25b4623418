#include "desk/channels/calls.h"

#include <gmock/gmock.h>

#include "desk/channels/call_events.h"
#include "desk/channels/ongoing_calls.h"
#include "desk/sharing/ticket_sharing.h"
#include "tests/support/office.h"

namespace tandem::test {
namespace {

using desk::CallEvent;
using desk::CallMoment;
using desk::CallReport;
using desk::LoggedCall;
using desk::PhoneLine;

class Calls : public ::testing::Test {
 protected:
  void SetUp() override {
    ada_ = office_.administrator();
    ana_ = office_.agent("Ana", {"Support"});
    maria_ = office_.contact("Silva", "maria@kunde.example");
    EXPECT_TRUE(office_.change(ada_, "contacts", maria_, {{"phone", "+49 30 1234567"}}));
  }
  Result<records::Record> log(const access::Actor& actor, RecordId ticket, const LoggedCall& call) {
    return office_.database->write([&](db::Transaction& tx) -> Result<records::Record> {
      return desk::log_call(tx, actor, ticket, call);
    });
  }
  PhoneLine line(const std::string& takes = "every") {
    const auto added =
        office_.database->write([&](db::Transaction& tx) -> Result<desk::PhoneLineWithSecret> {
          return desk::add_phone_line(
              tx, *office_.desk, ada_,
              {.name = "Switchboard", .department = support_, .takes = takes});
        });
    EXPECT_TRUE(added) << (added ? "" : added.error().message);
    return added ? added->line : PhoneLine{};
  }
  CallReport hear(const PhoneLine& on, CallMoment moment, int64_t second,
                  const std::string& id = "c1") {
    const CallEvent event{.moment = moment,
                          .call_id = id,
                          .from = "030 1234567",
                          .to = "+49 30 99",
                          .agent = ana_.email,
                          .at = start_ + second * second_ms};
    const Result<CallReport> report = desk::hear_call_event(*office_.desk, on, event);
    EXPECT_TRUE(report) << (report ? "" : report.error().message);
    return report ? *report : CallReport{};
  }

  Office office_;
  access::Actor ada_;
  access::Actor ana_;
  RecordId maria_;
  RecordId support_ = office_.department("Support");
  RecordId billing_ = office_.department("Billing");
  Instant start_ = office_.clock.now();
};

TEST_F(Calls, ACallIsNotedOnATicketForColleaguesAlone) {  // S001
  const RecordId ticket = office_.ticket("Router", {{"contact", maria_}});
  const Result<records::Record> thread =
      log(ana_, ticket, {.seconds = 95, .number = "+49 30 1234567", .note = "She waits."});
  ASSERT_TRUE(thread) << thread.error().message;
  EXPECT_EQ(thread->get("channel").text(), "phone");
  EXPECT_TRUE(thread->get("is_private").truth());
  EXPECT_EQ(thread->get("call_seconds").number(), 95);
  EXPECT_EQ(thread->get("call_started_at").instant(), start_ - 95 * second_ms);
  EXPECT_EQ(thread->get("author_name").text(), "Ana");
  EXPECT_EQ(office_.read("tickets", ticket).get("thread_count").number(), 1);
  EXPECT_TRUE(office_.sees(office_.contact_actor(maria_), "threads").empty());
}

TEST_F(Calls, ACallMakesATicketOfTheChannelPhone) {  // S001, S002
  const Result<records::Record> thread =
      office_.database->write([&](db::Transaction& tx) -> Result<records::Record> {
        return desk::log_call_on_new_ticket(tx, ana_,
                                            {{"subject", "Router"}, {"department", support_}},
                                            {.number = "+49 30 1234567", .note = "New customer."});
      });
  ASSERT_TRUE(thread) << thread.error().message;
  const records::Record ticket = office_.read("tickets", thread->get("ticket").id());
  EXPECT_EQ(ticket.get("channel").text(), "phone");
  EXPECT_EQ(ticket.get("phone").text(), "+49 30 1234567");
}

TEST_F(Calls, WhatIsNoCallIsRefused) {
  const RecordId ticket = office_.ticket("Router");
  EXPECT_EQ(code_of(log(ana_, ticket, {.direction = "up"})), "not_a_choice");
  EXPECT_EQ(code_of(log(ana_, ticket, {.seconds = -1})), "out_of_range");
  EXPECT_EQ(code_of(log(ana_, ticket, {.started_at = start_ + hour_ms})), "out_of_range");
  EXPECT_EQ(code_of(log(ana_, ticket, {.number = "nobody"})), "not_a_phone");
  EXPECT_EQ(code_of(log(ana_, ticket, {.result = "fine"})), "not_a_choice");
  EXPECT_EQ(code_of(log(ana_, ticket, {.recording_url = "javascript:alert(1)"})), "bad_url");
}

TEST_F(Calls, ACallIsNotedOnASharedTicketWithFullAccessAlone) {  // S049, S052, S055
  const access::Actor bill = office_.agent("Bill", {"Billing"});
  const RecordId ticket = office_.ticket("Router");
  EXPECT_FALSE(log(bill, ticket, {}));
  const auto share = [&](desk::TicketAccess access) {
    return office_.database->write([&](db::Transaction& tx) -> Result<records::Record> {
      return desk::share_ticket(tx, ada_, ticket, {{billing_, access}});
    });
  };
  ASSERT_TRUE(share(desk::TicketAccess::read_only));
  EXPECT_EQ(code_of(log(bill, ticket, {.note = "He called us."})), "shared_read_only");
  ASSERT_TRUE(share(desk::TicketAccess::restricted));
  EXPECT_EQ(code_of(log(bill, ticket, {.note = "He called us."})), "shared_restricted");
  ASSERT_TRUE(share(desk::TicketAccess::full));
  EXPECT_TRUE(log(bill, ticket, {.note = "He called us."}));
}

TEST_F(Calls, ATelephoneSystemsCallBecomesOneMessageOfTheCaller) {  // S001
  const PhoneLine pbx = line();
  EXPECT_FALSE(hear(pbx, CallMoment::ringing, 0).ticket);
  EXPECT_FALSE(hear(pbx, CallMoment::answered, 5).ticket);
  const CallReport report = hear(pbx, CallMoment::ended, 65);
  ASSERT_TRUE(report.ticket);
  const records::Record thread = office_.read("threads", report.thread);
  EXPECT_EQ(thread.get("call_seconds").number(), 60);
  EXPECT_EQ(thread.get("call_result").text(), "answered");
  EXPECT_EQ(thread.get("author_id").number(), maria_.value);
  EXPECT_EQ(office_.read("tickets", report.ticket).get("channel").text(), "phone");
  EXPECT_EQ(hear(pbx, CallMoment::ended, 65).thread, report.thread);
  EXPECT_EQ(office_.sees(ada_, "tickets").size(), 1U);
}

TEST_F(Calls, EventsMayComeLateAndInAnyOrder) {
  const PhoneLine pbx = line();
  const CallReport report = hear(pbx, CallMoment::ended, 65);
  EXPECT_EQ(office_.read("threads", report.thread).get("call_result").text(), "missed");
  EXPECT_EQ(hear(pbx, CallMoment::ringing, 0).thread, report.thread);
  EXPECT_EQ(hear(pbx, CallMoment::answered, 5).thread, report.thread);
  const records::Record thread = office_.read("threads", report.thread);
  EXPECT_EQ(thread.get("call_result").text(), "answered");
  EXPECT_EQ(thread.get("call_seconds").number(), 60);
  EXPECT_EQ(thread.get("call_started_at").instant(), start_);
}

TEST_F(Calls, ACallJoinsTheCallersOpenTicket) {
  const RecordId open = office_.ticket("Router", {{"contact", maria_}});
  EXPECT_EQ(hear(line(), CallMoment::ended, 9).ticket, open);
  EXPECT_EQ(office_.read("tickets", open).get("thread_count").number(), 1);
}

TEST_F(Calls, ALineNotesTheCallsItIsToldTo) {
  const PhoneLine missed = line("missed");
  hear(missed, CallMoment::answered, 5);
  EXPECT_FALSE(hear(missed, CallMoment::ended, 65).ticket);
  EXPECT_TRUE(hear(missed, CallMoment::ended, 65, "c2").ticket);
  const PhoneLine answered = line("answered");
  EXPECT_FALSE(hear(answered, CallMoment::ended, 65).ticket);
  EXPECT_TRUE(hear(answered, CallMoment::answered, 5).ticket);
}

TEST_F(Calls, TheAgentWhoIsCalledSeesWhoItIs) {
  const PhoneLine pbx = line();
  const auto ongoing = [&] {
    return office_.database->read(
        [&](db::Transaction& tx) { return desk::ongoing_calls(tx, ana_); });
  };
  hear(pbx, CallMoment::ringing, 0);
  ASSERT_EQ(ongoing().size(), 1U);
  EXPECT_EQ(ongoing()[0].contact, maria_);
  EXPECT_FALSE(ongoing()[0].is_answered);
  hear(pbx, CallMoment::ended, 9);
  EXPECT_TRUE(ongoing().empty());
}

TEST_F(Calls, ACallThatNamesNobodyIsSeenByItsDepartmentWithTheCallersTicketsAndLastCall) {
  const RecordId open = office_.ticket("Router", {{"contact", maria_}});
  const RecordId closed = office_.ticket("Bill", {{"contact", maria_}, {"status", "closed"}});
  ASSERT_TRUE(log(ana_, closed, {.seconds = 30}));
  ASSERT_TRUE(desk::hear_call_event(*office_.desk, line(),
                                    {.call_id = "c1", .from = "030 1234567", .to = "99"}));
  const auto seen_by = [&](const access::Actor& actor) {
    return office_.database->read(
        [&](db::Transaction& tx) { return desk::ongoing_calls(tx, actor); });
  };
  EXPECT_TRUE(seen_by(office_.agent("Bill", {"Billing"})).empty());
  const auto calls = seen_by(ana_);
  ASSERT_EQ(calls.size(), 1U);
  EXPECT_EQ(calls[0].contact, maria_);
  ASSERT_EQ(calls[0].open_tickets.size(), 1U);
  EXPECT_EQ(calls[0].open_tickets[0].id, open);
  ASSERT_TRUE(calls[0].last_call);
  EXPECT_EQ(calls[0].last_call->ticket, closed);
  EXPECT_EQ(calls[0].last_call->seconds, 30);
}

TEST_F(Calls, ACallThatWasNotedWhileItLastedStandsThereOnce) {  // S001
  const PhoneLine pbx = line();
  const RecordId ticket = office_.ticket("Router", {{"contact", maria_}});
  hear(pbx, CallMoment::ringing, 0);
  const auto note = [&](const std::string& id, const std::string& words) {
    return office_.database->write([&](db::Transaction& tx) -> Result<records::Record> {
      return desk::log_ongoing_call(tx, ana_, ticket, {.note = words}, id);
    });
  };
  const std::string id = to_string(pbx.id) + ".c1";
  const auto noted = note(id, "She waits.");
  ASSERT_TRUE(noted) << noted.error().message;
  hear(pbx, CallMoment::answered, 5);
  const CallReport report = hear(pbx, CallMoment::ended, 65);
  EXPECT_EQ(report.thread, noted->id);
  const records::Record thread = office_.read("threads", noted->id);
  EXPECT_EQ(thread.get("call_seconds").number(), 60);
  EXPECT_EQ(thread.get("plain_text").text(), "She waits.");
  EXPECT_EQ(office_.read("tickets", ticket).get("thread_count").number(), 1);
  hear(pbx, CallMoment::ringing, 70, "c2");
  const CallReport second = hear(pbx, CallMoment::ended, 80, "c2");
  EXPECT_EQ(second.ticket, ticket);
  const auto late = note(to_string(pbx.id) + ".c2", "Too late to answer.");
  ASSERT_TRUE(late) << late.error().message;
  EXPECT_EQ(late->id, second.thread);
  EXPECT_EQ(late->get("plain_text").text(), "Too late to answer.");
  EXPECT_EQ(code_of(note(to_string(pbx.id) + ".c3", "x")), "not_found");
  EXPECT_EQ(code_of(note("nonsense", "x")), "not_found");
}

TEST_F(Calls, ACallerWhoIsNoContactIsMadeOneWithTheNewTicket) {  // S001
  const auto ticket = office_.database->write([&](db::Transaction& tx) -> Result<records::Record> {
    return desk::add_ticket_of_call(tx, ana_, {{"subject", "Router"}, {"department", support_}},
                                    {.number = "+49 40 7654321"}, "Kim Orchid");
  });
  ASSERT_TRUE(ticket) << ticket.error().message;
  const records::Record contact = office_.read("contacts", ticket->get("contact").id());
  EXPECT_EQ(contact.get("last_name").text(), "Orchid");
  EXPECT_EQ(contact.get("phone").text(), "+49 40 7654321");
}

TEST_F(Calls, ASignedEventIsTakenOnceAndMayBeSentAgainWhenItWasRefused) {
  const PhoneLine pbx = line();
  CallEvent event{.moment = CallMoment::ended,
                  .call_id = "c1",
                  .from = "030 1234567",
                  .to = "+49 30 99",
                  .recording_url = "ftp://nowhere",
                  .proof = "abc"};
  const auto hear = [&] { return code_of(desk::hear_call_event(*office_.desk, pbx, event)); };
  EXPECT_NE(hear(), "");
  EXPECT_NE(hear(), "replayed") << "it was not taken";
  event.recording_url = "";
  EXPECT_EQ(hear(), "");
  EXPECT_EQ(hear(), "replayed");
  office_.clock.advance_ms(2 * day_ms);
  desk::forget_call_events(*office_.database);
  EXPECT_EQ(office_.database->read([](db::Transaction& tx) {
    return tx.integer("SELECT COUNT(*) FROM phone_events");
  }),
            0);
}

TEST_F(Calls, EventsThatSayNothingUsefulAreRefused) {
  const PhoneLine pbx = line();
  const auto refused = [&](CallEvent event) {
    return code_of(desk::hear_call_event(*office_.desk, pbx, event));
  };
  EXPECT_EQ(refused({.call_id = ""}), "out_of_range");
  EXPECT_EQ(refused({.call_id = "1", .direction = "up"}), "not_a_choice");
  EXPECT_EQ(refused({.call_id = "1", .recording_url = "file:///etc/passwd"}), "bad_url");
  EXPECT_EQ(refused({.call_id = "1", .at = start_ - 2 * day_ms}), "out_of_range");
  EXPECT_EQ(refused({.call_id = "1", .from = std::string(60, '1')}), "too_long");
}

TEST_F(Calls, AHiddenNumberMakesATicketWithoutContact) {
  const Result<CallReport> report = desk::hear_call_event(
      *office_.desk, line(),
      {.moment = CallMoment::ended, .call_id = "x", .from = "anonymous", .to = "99"});
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_TRUE(office_.read("tickets", report->ticket).get("contact").is_null());
}

}  // namespace
}  // namespace tandem::test
