#include <gmock/gmock.h>

#include "access/roles.h"
#include "desk/conversation/attachments.h"
#include "desk/tickets/ticket_splitting.h"
#include "desk/tickets/timeline.h"
#include "tests/rules/ticket_checks.h"
#include "tests/support/office.h"

// Manual, Merging and splitting 3.

namespace tandem::test {
namespace {

using desk::SplitReach;
using records::Record;
using testing::Contains;
using testing::ElementsAre;
using testing::Not;

/// A ticket on which a second matter came up.
struct Talk {
  Office office;
  access::Actor ana = office.agent("ana", {"Support"});
  RecordId ticket, second;
  std::string sent_id;

  Talk() {
    ticket = office.mail_in({.subject = "Router", .text = "First"}).ticket;
    const auto reply = office.reply(ana, ticket, {.html = "We look"});
    sent_id = office.read("threads", reply->id).get("message_id").text();
    office.clock.advance_ms(minute_ms);
    second = office
                 .mail_in({.subject = "An invoice, by the way",
                           .text = "Second",
                           .headers = {"In-Reply-To: <" + sent_id + ">"}})
                 .thread;
    office.clock.advance_ms(minute_ms);
    EXPECT_TRUE(office.comment(ana, ticket, "<p>After</p>"));
    office.outbox();
  }
  Result<Record> split(const access::Actor& actor, RecordId thread,
                       SplitReach reach = SplitReach::message) {
    return office.database->write([&](db::Transaction& tx) {
      return desk::split_ticket(tx, actor, {.ticket = ticket, .thread = thread, .reach = reach});
    });
  }
  std::vector<std::string> said(RecordId of) {
    return office.database->read([&](db::Transaction& tx) {
      std::vector<std::string> texts;
      const auto timeline = desk::read_timeline(tx, ana, of, "", 100);
      for (const desk::TimelineItem& item : timeline->items) {
        if (item.type == desk::TimelineItem::Type::event) continue;
        texts.push_back(item.record.get("text_preview").text());
      }
      return texts;
    });
  }
};

TEST(SplittingTickets, AMessageBecomesATicketOfTheSameContact) {
  Talk talk;
  const auto made = talk.split(talk.ana, talk.second);
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_THAT(talk.said(made->id), ElementsAre("Second"));
  EXPECT_THAT(talk.said(talk.ticket), ElementsAre("First", "We look", "After"));
  const Record before = talk.office.read("tickets", talk.ticket);
  const Record after = talk.office.read("tickets", made->id);
  EXPECT_EQ(after.get("subject").text(), "An invoice, by the way");
  EXPECT_EQ(after.get("contact"), before.get("contact"));
  EXPECT_EQ(after.get("email"), before.get("email"));
  EXPECT_EQ(after.get("last_word").text(), "Second");
  EXPECT_EQ(before.get("last_word").text(), "We look");
  EXPECT_EQ(talk.office.outbox().size(), 1u);  // the answer that was sent before
  expect_counted(talk.office);
}

TEST(SplittingTickets, WhatFollowsGoesAlongWhenWanted) {
  Talk talk;
  const auto made = talk.split(talk.ana, talk.second, SplitReach::and_what_follows);
  ASSERT_TRUE(made);
  EXPECT_THAT(talk.said(made->id), ElementsAre("Second", "After"));
  EXPECT_THAT(talk.said(talk.ticket), ElementsAre("First", "We look"));
  expect_counted(talk.office);
}

TEST(SplittingTickets, AnAnswerToWhatWasSplitOffLandsOnTheNewTicket) {
  Talk talk;
  const auto reply = talk.office.reply(talk.ana, talk.ticket, {.html = "About the invoice"});
  const std::string id = talk.office.read("threads", reply->id).get("message_id").text();
  const auto made = talk.split(talk.ana, reply->id);
  ASSERT_TRUE(made);
  const desk::IntakeReport mail =
      talk.office.mail_in({.subject = "Re", .headers = {"In-Reply-To: <" + id + ">"}});
  EXPECT_EQ(mail.ticket, made->id);
}

TEST(SplittingTickets, ATicketIsNotEmptiedAndOnlyItsDepartmentSplitsIt) {
  Talk talk;
  const RecordId alone = talk.office.mail_in({.subject = "Alone"}).thread;
  const RecordId its = talk.office.read("threads", alone).get("ticket").id();
  EXPECT_EQ(code_of(talk.office.database->write([&](db::Transaction& tx) {
              return desk::split_ticket(tx, talk.ana, {.ticket = its, .thread = alone});
            })),
            "nothing_left");
  EXPECT_EQ(code_of(talk.split(talk.ana, alone)), "not_found");
  EXPECT_EQ(code_of(talk.split(talk.office.agent("bo", {"Billing"}), talk.second)), "not_found");
}

TEST(SplittingTickets, WhoMayNotMakeTicketsIsNotOfferedToSplit) {  // Manual 3.3
  Talk talk;
  const auto with_rights = [&](uint32_t rights) {
    access::Actor actor = talk.ana;
    access::Role role{.id = actor.role->id, .kind = access::RoleKind::custom};
    role.rights = {{"tickets", rights}, {"threads", rights}};
    actor.role = std::make_shared<const access::Role>(std::move(role));
    return actor;
  };
  const uint32_t changes = access::bit(access::Right::read) | access::bit(access::Right::update);
  const access::Actor editor = with_rights(changes);
  EXPECT_THAT(talk.office.may(editor, talk.ticket), Contains("merge"));
  EXPECT_THAT(talk.office.may(editor, talk.ticket), Not(Contains("split")));
  EXPECT_EQ(code_of(talk.split(editor, talk.second)), "right_missing");
  const access::Actor maker = with_rights(changes | access::bit(access::Right::create));
  EXPECT_THAT(talk.office.may(maker, talk.ticket), Contains("split"));
  EXPECT_EQ(code_of(talk.split(maker, talk.second)), "");
}

}  // namespace
}  // namespace tandem::test
