// A mail that a node had in hand when it died: who finds it next, and when.

#include "desk/conversation/sending_lease.h"

#include <gtest/gtest.h>

#include "tests/support/office.h"

namespace tandem::test {
namespace {

constexpr int64_t lease_ms = 60'000;

struct OnItsWay {
  OnItsWay() {
    ticket = office.mail_in({.message_id = "first@kunde.example"}).ticket;
    thread = office.reply(ana, ticket, {.html = "We look into it"})->id;
  }
  desk::MailOnItsWay mail() const {
    return {.org = office.org, .thread = thread, .ticket = ticket, .lease_ms = lease_ms};
  }
  /// As another node that is about to call the server.
  int64_t take() {
    const auto taken = office.database->write([&](db::Transaction& tx) -> Result<int64_t> {
      return desk::take_sending_lease(tx, mail());
    });
    return *taken;
  }
  int64_t number(const std::string& sql) {
    return office.database->read([&](db::Transaction& tx) { return tx.integer(sql); });
  }

  Office office;
  access::Actor ana = office.agent("ana", {"Support"});
  RecordId ticket;
  RecordId thread;
};

TEST(SendingLease, AMailOfADeadNodeIsSentWhenItsLeaseIsOverAndNotAWholeLeaseLater) {
  OnItsWay reply;
  ASSERT_EQ(reply.take(), 0);
  reply.office.clock.advance_ms(lease_ms - 1'000);
  EXPECT_TRUE(reply.office.outbox().empty());
  EXPECT_EQ(reply.number("SELECT run_at FROM jobs WHERE kind = 'send_mail'"),
            reply.office.clock.now().ms + 1'000);
  reply.office.clock.advance_ms(999);
  EXPECT_TRUE(reply.office.outbox().empty());
  reply.office.clock.advance_ms(1);
  EXPECT_EQ(reply.office.outbox().size(), 1U);
  EXPECT_EQ(reply.office.read("threads", reply.thread).get("delivery_state").text(), "sent");
}

TEST(SendingLease, IsOneNodesAtATimeAndSaysHowLong) {
  OnItsWay reply;
  EXPECT_EQ(reply.take(), 0);
  EXPECT_EQ(reply.take(), lease_ms);
  reply.office.clock.advance_ms(lease_ms - 1);
  EXPECT_EQ(reply.take(), 1);
  reply.office.clock.advance_ms(1);
  EXPECT_EQ(reply.take(), 0);
}

}  // namespace
}  // namespace tandem::test
