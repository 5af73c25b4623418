#include <gtest/gtest.h>

#include "tests/unit/jobs/office.h"

namespace tandem::jobs {

namespace {

class LeaseRules : public JobOffice {};

}  // namespace

TANDEM_ON_BOTH_DATABASES(LeaseRules);

TEST_P(LeaseRules, AJobOfADeadNodeIsTakenOverWhenItsLeaseEnds) {
  std::vector<int> attempts;
  Worker worker(*database, 1, test_seed);
  worker.add("send", [&](db::Database&, const Job& job) {
    attempts.push_back(job.attempt);
    return done();
  });
  add_job("send");
  ASSERT_EQ(claim_and_die("send", minute_ms).size(), 1U);

  clock.advance_ms(minute_ms - 1);
  EXPECT_EQ(worker.run_due(), 0);
  clock.advance_ms(1);
  EXPECT_EQ(worker.run_due(), 1);
  EXPECT_EQ(attempts, std::vector<int>{2});
}

TEST_P(LeaseRules, WhoeverLostTheLeaseCanNeitherFinishNorReturnTheJob) {
  add_job("send");
  const Lease lost = claim_and_die("send").at(0).lease;
  clock.advance_ms(minute_ms);
  // The same node again: the epoch alone tells the two runs apart.
  const Lease held = claim_and_die("send").at(0).lease;

  EXPECT_FALSE(in_write([&](db::Transaction& tx) { return renew(tx, lost); }));
  EXPECT_FALSE(in_write([&](db::Transaction& tx) { return retry_at(tx, lost, tx.now(), ""); }));
  EXPECT_FALSE(in_write([&](db::Transaction& tx) { return hand_back(tx, lost); }));
  EXPECT_FALSE(in_write([&](db::Transaction& tx) { return give_up(tx, lost, "late"); }));
  EXPECT_FALSE(in_write([&](db::Transaction& tx) { return finish(tx, lost); }));
  EXPECT_EQ(count("failed_jobs"), 0);

  EXPECT_TRUE(in_write([&](db::Transaction& tx) { return finish(tx, held); }));
  EXPECT_EQ(count("jobs"), 0);
}

TEST_P(LeaseRules, AWorkerThatRanPastItsLeaseLeavesTheJobToItsSuccessor) {
  Worker worker(*database, 1, test_seed);
  int runs = 0;
  worker.add("slow", [&](db::Database&, const Job&) {
    ++runs;
    clock.advance_ms(2 * minute_ms);
    claim_and_die("slow");
    return done();
  });
  add_job("slow");
  worker.run_due();
  EXPECT_EQ(runs, 1);
  EXPECT_EQ(text("SELECT lease_owner FROM jobs"), "a dead node");
}

TEST_P(LeaseRules, ARenewedLeaseLastsLonger) {
  add_job("send");
  const Lease lease = claim_and_die("send").at(0).lease;
  clock.advance_ms(minute_ms - 1);
  EXPECT_TRUE(in_write([&](db::Transaction& tx) { return renew(tx, lease); }));
  clock.advance_ms(minute_ms - 1);
  EXPECT_TRUE(claim_and_die("send").empty());
}

TEST_P(LeaseRules, AJobHandedBackHasNotBeenTried) {
  add_job("send", "{}", 0, "mailbox 7");
  const Lease lease = claim_and_die("send").at(0).lease;
  EXPECT_TRUE(in_write([&](db::Transaction& tx) { return hand_back(tx, lease); }));
  EXPECT_EQ(integer("SELECT attempt FROM jobs"), 0);
  EXPECT_EQ(add_job("send", "{}", 0, "mailbox 7"), 0);
  EXPECT_EQ(claim_and_die("send").at(0).job.attempt, 1);
}

TEST_P(LeaseRules, AJobThatTakesItsWholeNodeDownIsGivenUp) {
  int runs = 0;
  Worker worker(*database, 1, test_seed);
  worker.add("poison",
             [&](db::Database&, const Job&) {
               ++runs;
               return done();
             },
             {.attempts_max = 3});
  add_job("poison");
  for (int attempt = 0; attempt < 3; ++attempt) {
    ASSERT_EQ(claim_and_die("poison").size(), 1U);
    clock.advance_ms(minute_ms);
  }
  worker.run_due();
  EXPECT_EQ(runs, 0);
  EXPECT_EQ(text("SELECT reason FROM failed_jobs"), "The worker stopped during each attempt");
}

TEST_P(LeaseRules, KindsThatThisProgramDoesNotKnowAreLeftToOthers) {
  Worker worker(*database, 1, test_seed);
  worker.add("send", [](db::Database&, const Job&) { return done(); });
  for (int number = 0; number < 2 * claim_rows_max; ++number) add_job("of a newer version");
  add_job("send");
  EXPECT_EQ(worker.run_due(), 1);
  EXPECT_EQ(count("jobs"), 2 * claim_rows_max);
}

TEST_P(LeaseRules, AClaimTakesNoMoreThanItIsAllowedTo) {
  for (int number = 0; number < 5; ++number) add_job("send");
  EXPECT_EQ(claim_due(*database, "one", {{"send", minute_ms}}, 3).size(), 3U);
  EXPECT_EQ(claim_due(*database, "two", {{"send", minute_ms}}, 3).size(), 2U);
  EXPECT_TRUE(claim_due(*database, "three", {{"send", minute_ms}}, 3).empty());
  EXPECT_TRUE(claim_due(*database, "four", {}, 3).empty());
}

}  // namespace tandem::jobs
