#include <gmock/gmock.h>

#include "desk/channels/call_events.h"
#include "desk/channels/channel_intake.h"
#include "desk/modules.h"
#include "desk/spam/blocked_senders.h"
#include "desk/spam/spam.h"
#include "tests/rules/webhook_office.h"

// Whose messages are spam, and what becomes of those people. Manual, Spam 1.5 to 2.4.

namespace tandem::test {
namespace {

using desk::ChannelReport;
using desk::SpamMarking;
using testing::ElementsAre;
using testing::IsEmpty;

class SpamSenders : public WebhookOffice {
 protected:
  template <class Body>
  auto in(Body&& body) {
    return office_.database->write(std::forward<Body>(body));
  }
  std::string block(const std::string& sender) {
    return code_of(in([&](db::Transaction& tx) { return desk::block_sender(tx, ada_, sender); }));
  }
  std::vector<std::string> blocked() {
    std::vector<std::string> senders;
    const auto list = in([&](db::Transaction& tx) { return desk::list_blocked_senders(tx, ada_); });
    for (const desk::BlockedSender& one : *list) senders.push_back(one.sender);
    return senders;
  }
  desk::Unmarked unmark(RecordId ticket) {
    const auto done =
        in([&](db::Transaction& tx) { return desk::unmark_spam(tx, ana_, {ticket}); });
    EXPECT_TRUE(done && !done->outcomes.front().refusal);
    return *done;
  }
  void mark(RecordId ticket, const SpamMarking& marking = {}) {
    const auto done =
        in([&](db::Transaction& tx) { return desk::mark_spam(tx, ana_, {ticket}, marking); });
    EXPECT_TRUE(done && !done->front().refusal);
  }
  records::Record ticket(RecordId id) { return office_.read("tickets", id); }
  bool is_spam(RecordId id) { return !ticket(id).get("spam_at").is_null(); }
  size_t contacts() { return office_.sees(ada_, "contacts").size(); }
  ChannelReport form_in(const desk::ChannelPerson& who, const std::string& key) {
    desk::ChannelMessage said;
    said.org = office_.org;
    said.channel = "web";
    said.key = key;
    said.department = office_.department("Support");
    said.who = who;
    said.text = "Buy more.";
    return *in([&](db::Transaction& tx) -> Result<ChannelReport> {
      return desk::take_in_message(tx, *office_.desk, said);
    });
  }
  desk::CallReport call_in(const std::string& from, const std::string& id,
                           const std::string& direction = "in") {
    const RecordId support = office_.department("Support");
    if (!line_.id) {
      line_ = in([&](db::Transaction& tx) -> Result<desk::PhoneLineWithSecret> {
                return desk::add_phone_line(tx, *office_.desk, ada_,
                                            {.name = "Switchboard", .department = support});
              })->line;
    }
    const auto heard = desk::hear_call_event(*office_.desk, line_,
                                             {.moment = desk::CallMoment::ended,
                                              .call_id = id,
                                              .from = direction == "in" ? from : "+49 30 99",
                                              .to = direction == "in" ? "+49 30 99" : from,
                                              .direction = direction});
    EXPECT_TRUE(heard) << (heard ? "" : heard.error().message);
    return *heard;
  }
  desk::PhoneLine line_;
};

TEST_F(SpamSenders, NobodyBecomesAContactBySpamBeforeItIsNotSpam) {  // manual, Spam 1.6
  ASSERT_EQ(block("ads.example"), "");
  const RecordId offer = office_.mail_in({.from = "Best Shop <shop@ads.example>"}).ticket;
  ASSERT_TRUE(is_spam(offer));
  EXPECT_EQ(contacts(), 0U);
  EXPECT_TRUE(ticket(offer).get("contact").is_null());
  EXPECT_EQ(ticket(offer).get("email").text(), "shop@ads.example");
  unmark(offer);
  ASSERT_EQ(contacts(), 1U);
  const RecordId contact = ticket(offer).get("contact").id();
  EXPECT_EQ(office_.read("contacts", contact).title, "Best Shop");
  EXPECT_EQ(office_.read("contacts", contact).get("email").text(), "shop@ads.example");
  const auto author = office_.database->read([&](db::Transaction& tx) {
    return tx.integer("SELECT author_id FROM threads WHERE ticket = $1", {offer.value});
  });
  EXPECT_EQ(author, contact.value) << "what they wrote is theirs";
  EXPECT_EQ(code_of(office_.reply(ana_, offer, {.html = "Yes, please."})), "");
}

TEST_F(SpamSenders, WhoJoinsSpamBecomesAContactWithItAlone) {
  ASSERT_EQ(block("shop@ads.example"), "");
  const RecordId offer =
      office_.mail_in({.from = "shop@ads.example", .message_id = "<offer@ads.example>"}).ticket;
  const RecordId joined =
      office_.mail_in({.from = "shop@ads.example", .headers = {"In-Reply-To: <offer@ads.example>"}})
          .ticket;
  EXPECT_EQ(joined, offer);
  EXPECT_EQ(contacts(), 0U);
  unmark(offer);
  EXPECT_EQ(contacts(), 1U);
  EXPECT_EQ(ticket(offer).get("thread_count").number(), 2);
}

TEST_F(SpamSenders, AContactWhoIsBlockedStaysOne) {
  const RecordId shop = office_.contact("Shop", "shop@ads.example");
  ASSERT_EQ(block("shop@ads.example"), "");
  const RecordId offer = office_.mail_in({.from = "shop@ads.example"}).ticket;
  EXPECT_TRUE(is_spam(offer));
  EXPECT_EQ(ticket(offer).get("contact").id(), shop);
  EXPECT_EQ(contacts(), 1U);
}

TEST_F(SpamSenders, FormsAndCallsAreHeldAgainstTheListToo) {  // manual, Spam 2.1 and 2.3
  ASSERT_EQ(block("ads.example"), "");
  ASSERT_EQ(block("+49 (30) 555-1234"), "");
  const ChannelReport form = form_in({"Best Shop", "shop@ads.example", ""}, "1");
  EXPECT_TRUE(form.is_spam);
  EXPECT_TRUE(is_spam(form.ticket));
  const ChannelReport by_number = form_in({"Best Shop", "", "030 5551234"}, "2");
  EXPECT_TRUE(is_spam(by_number.ticket));
  const RecordId call = call_in("030 5551234", "c1").ticket;
  EXPECT_TRUE(is_spam(call));
  EXPECT_EQ(contacts(), 0U);
  EXPECT_FALSE(is_spam(call_in("030 5551235", "c2").ticket));
  EXPECT_FALSE(is_spam(call_in("030 5551234", "c3", "out").ticket)) << "a colleague called";
  EXPECT_FALSE(form_in({"Maria", "maria@kunde.example", ""}, "3").is_spam);
}

TEST_F(SpamSenders, WhatAFormBroughtIsItsSendersWordsOnceItIsNoSpam) {
  ASSERT_EQ(block("ads.example"), "");
  const ChannelReport form = form_in({"Best Shop", "shop@ads.example", "+49 30 5551234"}, "1");
  EXPECT_EQ(ticket(form.ticket).get("last_word_by").text(), "customer");
  EXPECT_EQ(office_.read("threads", form.thread).get("author_kind").text(), "contact");
  unmark(form.ticket);
  const records::Record contact = office_.read("contacts", ticket(form.ticket).get("contact").id());
  EXPECT_EQ(contact.get("phone").text(), "+49 30 5551234");
  EXPECT_EQ(office_.read("threads", form.thread).get("author_id").number(), contact.id.value);
}

TEST_F(SpamSenders, ACallerIsBlockedWhenAllTheirAddressesAre) {  // manual, Spam 2.3
  const RecordId shop = office_.contact("Shop", "shop@ads.example");
  ASSERT_TRUE(office_.change(ada_, "contacts", shop,
                             {{"phone", "+49 30 5551234"}, {"secondary_email", "s@x.example"}}));
  const RecordId open = office_.ticket("Router", {{"contact", shop}});
  ASSERT_EQ(block("shop@ads.example"), "");
  EXPECT_EQ(call_in("030 5551234", "c1").ticket, open) << "one of two addresses";
  ASSERT_EQ(block("x.example"), "");
  const RecordId call = call_in("030 5551234", "c2").ticket;
  EXPECT_NE(call, open);
  EXPECT_TRUE(is_spam(call));
}

TEST_F(SpamSenders, WhatNotSpamUnblockedIsBlockedAgainWhenItIsTakenBack) {  // manual, Spam 1.5
  const RecordId offer = office_.mail_in({.from = "shop@ads.example"}).ticket;
  const RecordId other = office_.mail_in({.from = "other@ads.example"}).ticket;
  mark(offer, {.blocks_sender = true});
  mark(other);
  const desk::Unmarked unmarked = unmark(offer);
  EXPECT_THAT(unmarked.unblocked, ElementsAre(offer));
  EXPECT_THAT(unmark(other).unblocked, IsEmpty());
  EXPECT_THAT(blocked(), IsEmpty());
  mark(offer, {.blocks_senders_of = unmarked.unblocked});
  mark(other, {.blocks_senders_of = unmarked.unblocked});
  EXPECT_THAT(blocked(), ElementsAre("shop@ads.example"));
}

TEST_F(SpamSenders, ATicketOfACallBlocksTheNumberItCameFrom) {
  const RecordId call = call_in("030 5551234", "c1").ticket;
  mark(call, {.blocks_sender = true});
  EXPECT_THAT(blocked(), ElementsAre("305551234"));
  EXPECT_TRUE(is_spam(call_in("+49 30 5551234", "c2").ticket));
  EXPECT_THAT(unmark(call).unblocked, ElementsAre(call));
  EXPECT_THAT(blocked(), IsEmpty());
}

TEST_F(SpamSenders, ANumberOfAColleagueIsNotBlocked) {
  in([&](db::Transaction& tx) -> Result<int> {
    tx.execute("UPDATE people SET phone = '+49 30 777777'");
    return 0;
  }).value();
  EXPECT_EQ(block("030 888888"), "");
  EXPECT_EQ(block("030 777777"), "own_address") << "with its country code or without";
}

TEST_F(SpamSenders, WebhooksHearOfATicketWhenItIsNoSpam) {  // manual, Spam 1.2, Webhooks 1.6
  added({{.event = "Ticket_Add"},
         {.event = "Ticket_Update"},
         {.event = "Ticket_Delete"},
         {.event = "Ticket_Thread_Add"},
         {.event = "Contact_Add"}});
  ASSERT_EQ(block("ads.example"), "");
  const RecordId offer = office_.mail_in({.from = "shop@ads.example"}).ticket;
  run();
  EXPECT_THAT(events(), IsEmpty());
  office_.clock.advance_ms(minute_ms);
  unmark(offer);
  run();
  EXPECT_THAT(events(), ElementsAre("Contact_Add", "Ticket_Add"));
  mark(offer);
  office_.clock.advance_ms(minute_ms);
  office_.mail_in({.from = "shop@ads.example"});
  ASSERT_TRUE(in([&](db::Transaction& tx) -> Result<records::Record> {
    return operations::delete_record(tx, ada_, desk::tickets_module(), offer);
  }));
  run();
  EXPECT_EQ(events().size(), 2U) << "neither the mark, nor what came, nor its end";
}

TEST_F(SpamSenders, WebhooksHearThatAKnownTicketIsNoSpamAnyMore) {
  added({{.event = "Ticket_Add"}, {.event = "Ticket_Update"}, {.event = "Ticket_Comment_Add"}});
  const RecordId offer = office_.mail_in({.from = "shop@ads.example"}).ticket;
  run();
  mark(offer);
  run();
  unmark(offer);
  run();
  EXPECT_THAT(events(), ElementsAre("Ticket_Add", "Ticket_Update"));
}

TEST_F(SpamSenders, WhatCameAsSpamIsToldOnceHoweverLateTheLogIsRead) {
  added({{.event = "Ticket_Add"}, {.event = "Ticket_Update"}});
  ASSERT_EQ(block("ads.example"), "");
  const RecordId offer = office_.mail_in({.from = "shop@ads.example"}).ticket;
  unmark(offer);
  mark(offer);
  unmark(offer);
  run();
  EXPECT_THAT(events(), ElementsAre("Ticket_Add", "Ticket_Update", "Ticket_Update"));
}

}  // namespace
}  // namespace tandem::test
