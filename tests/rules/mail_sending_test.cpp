// A node that stands still, or whose disk is full, while it has a mail in hand.

#include "desk/conversation/mail_sending.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "tests/support/mail_servers.h"
#include "tests/support/office.h"
#include "tests/support/watched_files.h"

namespace tandem::test {
namespace {

constexpr int64_t lease_ms = 10 * minute_ms;

/// One node with a reply to send; the office's own worker is another.
struct SlowNode : ::testing::Test {
  Office office;
  WatchedFiles files{*office.files};
  desk::Desk desk = desk_with(*office.desk, files);
  jobs::Worker worker{office.desk->database, 1};
  access::Actor ana = office.agent("ana", {"Support"});
  RecordId ticket = office.mail_in({}).ticket;
  RecordId thread;

  SlowNode() {
    desk::add_mail_jobs(worker, desk, lease_ms);
    office.worker->run_due();
    thread = office.reply(ana, ticket, {.html = "We look into it"})->id;
    office.clock.advance_ms(minute_ms);
  }
  void sends_to_a_server_that_is_away() {
    desk.default_smtp.emplace();
    desk.default_smtp->host = "127.0.0.1";
    desk.default_smtp->port = tandem::testing::free_port();
    desk.default_smtp->security = mail::Security::none;
  }
  std::string state() { return office.read("threads", thread).get("delivery_state").text(); }
  int64_t leases() {
    return office.database->read(
        [&](db::Transaction& tx) { return tx.integer("SELECT COUNT(*) FROM mail_sendings"); });
  }
};

TEST_F(SlowNode, ThatFailsAfterAnotherSentTheMailDoesNotSayItIsUnsent) {
  sends_to_a_server_that_is_away();
  bool has_stalled = false;
  files.before_put = [&] {
    has_stalled = true;
    office.clock.advance_ms(lease_ms + 1);
    office.worker->run_due();
    EXPECT_EQ(state(), "sent");
  };
  worker.run_due();
  EXPECT_TRUE(has_stalled);
  EXPECT_EQ(state(), "sent");
  EXPECT_EQ(office.outbox().size(), 1U);
}

TEST_F(SlowNode, LeavesTheLeaseToWhoeverTookItMeanwhile) {
  files.before_put = [&] {
    office.clock.advance_ms(lease_ms);
    const auto taken = office.database->write([&](db::Transaction& tx) -> Result<int64_t> {
      return desk::take_sending_lease(
          tx, {.org = office.org, .thread = thread, .ticket = ticket, .lease_ms = lease_ms});
    });
    EXPECT_EQ(*taken, 0);
  };
  worker.run_due();
  EXPECT_EQ(state(), "queued");
  EXPECT_EQ(leases(), 1);
  EXPECT_EQ(files.forgotten.size(), 1U);
}

TEST_F(SlowNode, WhoseDiskIsFullSendsNothingUntilItCanKeepTheMail) {
  files.before_put = [] { throw std::runtime_error("the disk is full"); };
  worker.run_due();
  EXPECT_EQ(state(), "queued");
  EXPECT_TRUE(office.outbox().empty());
  files.before_put = nullptr;
  office.clock.advance_ms(lease_ms);
  worker.run_due();
  EXPECT_EQ(office.outbox().size(), 1U);
  EXPECT_EQ(state(), "sent");
  EXPECT_NE(office.read("threads", thread).get("raw_file").number(), 0);
  EXPECT_EQ(leases(), 0);
}

TEST_F(SlowNode, KeepsNoCopyOfAMailThatTheServerDidNotTake) {
  sends_to_a_server_that_is_away();
  worker.run_due();
  EXPECT_EQ(state(), "queued");
  EXPECT_EQ(files.forgotten.size(), 1U);
  EXPECT_EQ(office.read("threads", thread).get("raw_file").number(), 0);
  EXPECT_EQ(leases(), 0);
}

}  // namespace
}  // namespace tandem::test
