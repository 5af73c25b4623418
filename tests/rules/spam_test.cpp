#include <gmock/gmock.h>

#include "access/roles.h"
#include "desk/dashboards/ticket_facts.h"
#include "desk/spam/blocked_senders.h"
#include "desk/spam/spam.h"
#include "desk/views/views.h"
#include "tests/support/office.h"

// Manual, Spam.

namespace tandem::test {
namespace {

using desk::SpamMarking;
using testing::ElementsAre;
using testing::IsEmpty;

class Spam : public testing::Test {
 protected:
  Office office;
  access::Actor ada = office.administrator();
  access::Actor ana = office.agent("ana", {"Support"});
  access::Actor bob = office.agent("bob", {"Billing"});

  template <class Body>
  auto in(Body&& body) {
    return office.database->write(std::forward<Body>(body));
  }
  /// The code of the refusal, "" when it is done.
  std::string mark(const access::Actor& actor, RecordId ticket, const SpamMarking& marking = {}) {
    const auto done =
        in([&](db::Transaction& tx) { return desk::mark_spam(tx, actor, {ticket}, marking); });
    if (!done) return done.error().code;
    return done->front().refusal ? done->front().refusal->code : "";
  }
  std::string unmark(const access::Actor& actor, RecordId ticket) {
    const auto done =
        in([&](db::Transaction& tx) { return desk::unmark_spam(tx, actor, {ticket}); });
    if (!done) return done.error().code;
    return done->outcomes.front().refusal ? done->outcomes.front().refusal->code : "";
  }
  std::string block(const access::Actor& actor, const std::string& sender) {
    return code_of(in([&](db::Transaction& tx) { return desk::block_sender(tx, actor, sender); }));
  }
  std::vector<int64_t> view(const access::Actor& actor, const std::string& name) {
    return office.database->read([&](db::Transaction& tx) {
      const desk::ViewQuery asked = *desk::view_query(tx, name, actor);
      const auto page = operations::list_records(tx, actor, *office.catalogue.find("tickets"),
                                                 {.filter = asked.filter}, asked.reach);
      std::vector<int64_t> ids;
      for (const records::Record& one : page->records) ids.push_back(one.id.value);
      return ids;
    });
  }
  int64_t count(const std::string& sql) {
    return office.database->read([&](db::Transaction& tx) { return tx.integer(sql); });
  }
  records::Record ticket(RecordId id) { return office.read("tickets", id); }
  RecordId asks(const std::string& from, std::vector<std::string> headers = {}) {
    return office.mail_in({.from = from, .headers = std::move(headers)}).ticket;
  }
};

TEST_F(Spam, SpamLeavesAllListsForTheViewSpamAndComesBackAsItWas) {
  const RecordId offer = office.ticket("Cheap pills");
  const RecordId closed = office.ticket("Old offer");
  ASSERT_TRUE(office.change(ada, "tickets", closed, {{"status", "closed"}}));
  const Instant closed_at = ticket(closed).get("closed_at").instant();
  EXPECT_EQ(mark(ana, offer), "");
  EXPECT_EQ(mark(ana, closed), "");
  for (const char* name : {"open", "closed", "all", "unassigned", "mine"}) {
    EXPECT_THAT(view(ana, name), IsEmpty()) << name;
    EXPECT_THAT(view(ada, name), IsEmpty()) << name;
  }
  EXPECT_THAT(office.sees(ana, "tickets"), IsEmpty());
  EXPECT_THAT(view(ana, "spam"), testing::UnorderedElementsAre(offer.value, closed.value));
  EXPECT_THAT(view(bob, "spam"), IsEmpty());
  EXPECT_EQ(view(ada, "spam").size(), 2U);
  office.clock.advance_ms(hour_ms);
  EXPECT_EQ(unmark(ana, offer), "");
  EXPECT_EQ(unmark(ana, closed), "");
  EXPECT_THAT(view(ana, "open"), ElementsAre(offer.value));
  EXPECT_THAT(view(ana, "closed"), ElementsAre(closed.value));
  EXPECT_EQ(ticket(closed).get("closed_at").instant(), closed_at);
  EXPECT_THAT(view(ana, "spam"), IsEmpty());
}

TEST_F(Spam, NobodyWorksOnSpamBeforeTheMarkIsGone) {
  const RecordId offer = asks("Shop <shop@ads.example>");
  ASSERT_EQ(mark(ana, offer), "");
  EXPECT_EQ(code_of(office.reply(ana, offer, {.html = "No, thanks."})), "is_spam");
  EXPECT_EQ(code_of(office.change(ana, "tickets", offer, {{"priority", "high"}})), "is_spam");
  EXPECT_THAT(office.may(ana, offer), testing::Contains("mark_spam"));
  EXPECT_THAT(office.may(ana, offer), testing::Not(testing::Contains("reply")));
  EXPECT_EQ(unmark(ana, offer), "");
  EXPECT_EQ(code_of(office.reply(ana, offer, {.html = "Sorry."})), "");
}

TEST_F(Spam, WhoHasNotTheTicketDoesNotMarkIt) {
  const RecordId offer = office.ticket("Cheap pills");
  EXPECT_EQ(mark(bob, offer), "not_found");
  EXPECT_EQ(mark(office.light_agent("lia", {"Support"}), offer), "right_missing");
  EXPECT_EQ(code_of(in([&](db::Transaction& tx) { return desk::mark_spam(tx, ana, {}, {}); })),
            "required");
  const std::vector<RecordId> many(desk::marked_at_once_max + 1, offer);
  EXPECT_EQ(code_of(in([&](db::Transaction& tx) { return desk::mark_spam(tx, ana, many, {}); })),
            "too_many");
}

TEST_F(Spam, MarkingSeveralAtOnceTakesTheRightToBulkActs) {
  const RecordId one = office.ticket("Offer");
  const RecordId two = office.ticket("Offer again");
  access::Actor careful = ana;
  access::Role role = *ana.role;
  role.rights["tickets"] &= ~access::bit(access::Right::bulk);
  careful.role = std::make_shared<const access::Role>(role);
  const auto marked = [&](const std::vector<RecordId>& tickets) {
    return code_of(
        in([&](db::Transaction& tx) { return desk::mark_spam(tx, careful, tickets, {}); }));
  };
  EXPECT_EQ(marked({one, two}), "right_missing");
  EXPECT_EQ(mark(careful, one, {.takes_further = true}), "right_missing");
  EXPECT_EQ(marked({one}), "");
  ASSERT_EQ(mark(ana, two), "");
  EXPECT_EQ(
      code_of(in([&](db::Transaction& tx) { return desk::unmark_spam(tx, careful, {one, two}); })),
      "right_missing");
}

TEST_F(Spam, MailsOfBlockedSendersBecomeSpamAndNobodyIsTold) {
  ASSERT_EQ(block(ada, "Shop@Ads.example"), "");
  ASSERT_EQ(block(ada, "junk.example"), "");
  const RecordId before = asks("Maria <maria@kunde.example>");
  EXPECT_TRUE(ticket(before).get("spam_at").is_null());
  const int64_t jobs = count("SELECT COUNT(*) FROM jobs");
  for (const char* from : {"shop@ads.example", "Any <any@junk.example>", "x@deep.junk.example"})
    EXPECT_FALSE(ticket(asks(from)).get("spam_at").is_null()) << from;
  EXPECT_EQ(count("SELECT COUNT(*) FROM jobs"), jobs);
  EXPECT_EQ(count("SELECT COUNT(*) FROM notifications"), 0);
  EXPECT_TRUE(ticket(asks("other@ads.example")).get("spam_at").is_null());
  EXPECT_THAT(office.outbox(), IsEmpty());
}

TEST_F(Spam, TheWordOfAMailServerCountsUnlessTheMailAnswersATicket) {
  EXPECT_FALSE(ticket(asks("a@x.example", {"X-Spam-Flag: YES"})).get("spam_at").is_null());
  EXPECT_FALSE(ticket(asks("b@x.example", {"X-Spam-Status: Yes, score=9.1 required=5.0"}))
                   .get("spam_at")
                   .is_null());
  EXPECT_TRUE(ticket(asks("c@x.example", {"X-Spam-Status: No, score=0.1", "X-Spam-Flag: NO"}))
                  .get("spam_at")
                  .is_null());
  const RecordId maria = office.mail_in({.message_id = "<one@kunde.example>"}).ticket;
  const RecordId answer =
      office.mail_in({.headers = {"In-Reply-To: <one@kunde.example>", "X-Spam-Flag: YES"}}).ticket;
  EXPECT_EQ(answer, maria);
  EXPECT_TRUE(ticket(maria).get("spam_at").is_null());
  ASSERT_TRUE(in([&](db::Transaction& tx) {
    return desk::save_spam_settings(tx, ada, {.believes_filters = false});
  }));
  EXPECT_TRUE(ticket(asks("d@x.example", {"X-Spam-Flag: YES"})).get("spam_at").is_null());
}

TEST_F(Spam, FurtherMailsJoinTheSpamSilently) {
  const RecordId offer = office.mail_in({.message_id = "<offer@ads.example>"}).ticket;
  ASSERT_EQ(mark(ana, offer, {.blocks_sender = true}), "");
  const std::string notified = "SELECT COUNT(*) FROM notifications";
  const int64_t before = count(notified);
  const RecordId again = office.mail_in({.headers = {"In-Reply-To: <offer@ads.example>"}}).ticket;
  EXPECT_EQ(again, offer);
  EXPECT_FALSE(ticket(offer).get("spam_at").is_null());
  EXPECT_EQ(ticket(offer).get("thread_count").number(), 2);
  office.worker->run_due();
  EXPECT_THAT(office.outbox(), IsEmpty());
  EXPECT_EQ(count(notified), before);
}

TEST_F(Spam, AMarkSaysWhatItTookAlongSoThatItCanBeTakenBack) {
  const RecordId first = asks("Shop <shop@ads.example>");
  const RecordId second = asks("Shop <shop@ads.example>");
  asks("Maria <maria@kunde.example>");
  const auto done = in([&](db::Transaction& tx) {
    return desk::mark_spam(tx, ana, {first}, {.takes_further = true});
  });
  ASSERT_TRUE(done);
  std::vector<int64_t> marked;
  for (const operations::BulkOutcome& one : *done) marked.push_back(one.id.value);
  EXPECT_THAT(marked, ElementsAre(first.value, second.value));
}

TEST_F(Spam, NotSpamUnblocksNobodyWhereNothingWasSpam) {
  const RecordId offer = asks("Shop <shop@ads.example>");
  EXPECT_EQ(block(ada, "shop@ads.example"), "");
  EXPECT_EQ(unmark(ana, offer), "");
  EXPECT_FALSE(ticket(asks("shop@ads.example")).get("spam_at").is_null()) << "still blocked";
}

TEST_F(Spam, MarkingMayBlockTheSenderAndTakeFurtherTicketsAlong) {
  const RecordId first = asks("Shop <shop@ads.example>");
  const RecordId second = asks("Shop <shop@ads.example>");
  ASSERT_EQ(mark(ana, first, {.blocks_sender = true, .takes_further = true}), "");
  EXPECT_FALSE(ticket(second).get("spam_at").is_null());
  EXPECT_FALSE(ticket(asks("shop@ads.example")).get("spam_at").is_null());
  ASSERT_EQ(unmark(ana, first), "");
  EXPECT_TRUE(ticket(asks("shop@ads.example")).get("spam_at").is_null());
}

TEST_F(Spam, TheBlockListTakesAddressesAndDomainsButNoneOfOurs) {
  EXPECT_EQ(block(ada, "not a sender"), "not_a_sender");
  EXPECT_EQ(block(ada, "localhost"), "not_a_sender");
  EXPECT_EQ(block(ada, "12345"), "not_a_sender");
  EXPECT_EQ(block(ada, "support@firma.example"), "own_address");
  EXPECT_EQ(block(ada, "firma.example"), "own_address");
  EXPECT_EQ(block(ada, "example"), "not_a_sender");
  ASSERT_TRUE(in([&](db::Transaction& tx) -> Result<bool> {
    tx.execute("UPDATE agents SET email = 'ana@branch.example' WHERE id = $1", {ana.id.value});
    return true;
  }));
  EXPECT_EQ(block(ada, "@branch.example"), "own_address") << "it would shut a colleague out";
  EXPECT_EQ(block(ana, "ads.example"), "duty_missing");
  EXPECT_EQ(block(ada, "@ads.example"), "");
  EXPECT_EQ(block(ada, "ads.example"), "");
  const auto senders = office.database->read(
      [&](db::Transaction& tx) { return *desk::list_blocked_senders(tx, ada); });
  ASSERT_EQ(senders.size(), 1U);
  EXPECT_EQ(senders.front().sender, "@ads.example");
  const auto unblock = [&](RecordId id) {
    return code_of(in([&](db::Transaction& tx) { return desk::unblock_sender(tx, ada, id); }));
  };
  EXPECT_EQ(unblock(senders.front().id), "");
  EXPECT_EQ(unblock(senders.front().id), "not_found");
  EXPECT_EQ(code_of(in([&](db::Transaction& tx) {
              return desk::save_spam_settings(tx, ada, {.days_kept = 366});
            })),
            "out_of_range");
}

TEST_F(Spam, SpamIsSweptIntoTheBinAfterTheDaysItIsKept) {
  const RecordId offer = office.ticket("Cheap pills");
  ASSERT_EQ(mark(ana, offer), "");
  office.clock.advance_ms(29 * day_ms);
  desk::sweep_spam(*office.database, office.catalogue);
  EXPECT_EQ(view(ada, "spam").size(), 1U);
  office.clock.advance_ms(2 * day_ms);
  desk::sweep_spam(*office.database, office.catalogue);
  EXPECT_THAT(view(ada, "spam"), IsEmpty());
  EXPECT_EQ(count("SELECT COUNT(*) FROM tickets WHERE deleted_at IS NOT NULL"), 1);
}

TEST_F(Spam, WhatIsRestoredFromTheBinIsKeptAsLongAgain) {
  const RecordId offer = office.ticket("Cheap pills");
  ASSERT_EQ(mark(ana, offer), "");
  office.clock.advance_ms(31 * day_ms);
  desk::sweep_spam(*office.database, office.catalogue);
  ASSERT_THAT(view(ada, "spam"), IsEmpty());
  ASSERT_TRUE(in([&](db::Transaction& tx) {
    return operations::restore_record(tx, ada, *office.catalogue.find("tickets"), offer);
  }));
  office.clock.advance_ms(hour_ms);
  desk::sweep_spam(*office.database, office.catalogue);
  EXPECT_THAT(view(ada, "spam"), ElementsAre(offer.value));
}

TEST_F(Spam, SpamIsKeptWhereTheSettingSaysSo) {
  ASSERT_TRUE(
      in([&](db::Transaction& tx) { return desk::save_spam_settings(tx, ada, {.days_kept = 0}); }));
  ASSERT_EQ(mark(ana, office.ticket("Cheap pills")), "");
  office.clock.advance_ms(400 * day_ms);
  desk::sweep_spam(*office.database, office.catalogue);
  EXPECT_EQ(view(ada, "spam").size(), 1U);
}

TEST_F(Spam, AnAdministratorEmptiesIt) {
  const RecordId offer = office.ticket("Cheap pills");
  const RecordId work = office.ticket("Router");
  ASSERT_EQ(mark(ana, offer), "");
  const auto empty = [&](const access::Actor& actor, RecordId department = {}) {
    return code_of(
        in([&](db::Transaction& tx) { return desk::empty_spam(tx, actor, department); }));
  };
  EXPECT_EQ(empty(ana), "spam_emptied_by_administrators");
  ASSERT_EQ(empty(ada, office.department("Billing")), "");
  office.worker->run_due();
  EXPECT_THAT(view(ada, "spam"), ElementsAre(offer.value)) << "it is of Support";
  ASSERT_EQ(empty(ada), "");
  office.worker->run_due();
  EXPECT_THAT(view(ada, "spam"), IsEmpty());
  EXPECT_THAT(view(ada, "all"), ElementsAre(work.value));
}

TEST_F(Spam, DashboardsDoNotCountSpam) {
  const RecordId offer = office.ticket("Cheap pills");
  const auto counts = [&] {
    return office.database->read([&](db::Transaction& tx) {
      const desk::LocalDays days("UTC");
      return desk::facts_of_ticket(tx, office.org, offer, days).has_value();
    });
  };
  EXPECT_TRUE(counts());
  ASSERT_EQ(mark(ana, offer), "");
  EXPECT_FALSE(counts());
}

}  // namespace
}  // namespace tandem::test
