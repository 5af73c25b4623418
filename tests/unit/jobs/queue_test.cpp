#include "jobs/queue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

#include "jobs/bring_forward.h"
#include "tests/unit/jobs/office.h"

namespace tandem::jobs {

namespace {

class Queue : public JobOffice {
 protected:
  /// Runs what is due with handlers that note the payloads in the order they came.
  std::vector<std::string> run_all() {
    std::vector<std::string> seen;
    Worker worker(*database, 1, test_seed);
    worker.add("note", [&](db::Database&, const Job& job) {
      seen.push_back(job.payload_json);
      return done();
    });
    worker.run_due();
    return seen;
  }
};

}  // namespace

TANDEM_ON_BOTH_DATABASES(Queue);

TEST_P(Queue, AJobRunsOnceAndNotBeforeItIsDue) {
  add_job("note", "{\"a\":1}", 5'000);
  EXPECT_TRUE(run_all().empty());
  clock.advance_ms(5'000);
  EXPECT_EQ(run_all(), std::vector<std::string>{"{\"a\":1}"});
  EXPECT_TRUE(run_all().empty());
  EXPECT_EQ(count("jobs"), 0);
}

TEST_P(Queue, TheOldestIsRunFirst) {
  add_job("note", "3", 3);
  add_job("note", "1", 1);
  add_job("note", "2", 2);
  clock.advance_ms(10);
  EXPECT_EQ(run_all(), (std::vector<std::string>{"1", "2", "3"}));
}

TEST_P(Queue, AJobOfATransactionThatWasRefusedDoesNotExist) {
  const auto refused = database->write([&](db::Transaction& tx) -> Result<int64_t> {
    enqueue(tx, OrgId{1}, "note", "{}", tx.now());
    return not_found("gone");
  });
  EXPECT_FALSE(refused);
  EXPECT_EQ(count("jobs"), 0);
}

TEST_P(Queue, AKeyKeepsASecondWaitingJobOutWithinOneOrganisationAndKind) {
  EXPECT_NE(add_job("note", "1", 0, "mailbox 7"), 0);
  EXPECT_EQ(add_job("note", "2", 0, "mailbox 7"), 0);
  EXPECT_NE(add_job("note", "3", 0, "mailbox 8"), 0);
  EXPECT_NE(add_job("note", "4", 0, "mailbox 7", OrgId{2}), 0);
  EXPECT_NE(add_job("other", "5", 0, "mailbox 7"), 0);
  EXPECT_EQ(run_all(), (std::vector<std::string>{"1", "3", "4"}));
}

TEST_P(Queue, AWaitingJobComesForwardAndNeverBack) {
  add_job("note", "1", 9'000, "mailbox 7");
  add_job("note", "2", 9'000, "mailbox 8");
  add_job("note", "3", 9'000, "mailbox 7", OrgId{2});
  add_job("other", "4", 9'000, "mailbox 7");
  const auto bring = [&](const std::string& key, int64_t delay_ms) {
    ASSERT_TRUE(database->write([&](db::Transaction& tx) -> Result<bool> {
      bring_forward(tx, OrgId{1}, "note", key, tx.now() + delay_ms);
      return true;
    }));
  };
  bring("mailbox 7", 5'000);
  bring("mailbox 7", 8'000);
  bring("mailbox 9", 0);
  clock.advance_ms(5'000);
  EXPECT_EQ(run_all(), std::vector<std::string>{"1"});
  EXPECT_EQ(count("jobs"), 3);
}

TEST_P(Queue, JobsWithoutAKeyNeverKeepEachOtherOut) {
  add_job("note", "1");
  add_job("note", "2");
  EXPECT_EQ(count("jobs"), 2);
}

TEST_P(Queue, AJobThatRunsDoesNotKeepTheNextOneOut) {
  int runs = 0;
  int64_t added = 0;
  Worker worker(*database, 1, test_seed);
  worker.add("poll", [&](db::Database&, const Job&) {
    if (++runs == 1) added = add_job("poll", "{}", 0, "mailbox 7");
    return done();
  });
  add_job("poll", "{}", 0, "mailbox 7");
  EXPECT_EQ(worker.run_due(), 2);
  EXPECT_NE(added, 0);
}

TEST_P(Queue, AJobBetweenTwoAttemptsHoldsItsKey) {
  Worker worker(*database, 1, test_seed);
  worker.add("poll", [&](db::Database&, const Job&) {
    return Outcome{.kind = Outcome::Kind::retry, .reason = "down", .retry_after_ms = 1'000};
  });
  add_job("poll", "{}", 0, "mailbox 7");
  EXPECT_EQ(worker.run_due(), 1);
  EXPECT_EQ(add_job("poll", "{}", 0, "mailbox 7"), 0);
}

TEST_P(Queue, AJobThatComesBackReplacesTheOneThatTookItsKey) {
  Worker worker(*database, 1, test_seed);
  worker.add("poll", [&](db::Database&, const Job&) {
    add_job("poll", "younger", 0, "mailbox 7");
    return Outcome{.kind = Outcome::Kind::retry, .reason = "down", .retry_after_ms = 1'000};
  });
  add_job("poll", "older", 0, "mailbox 7");
  EXPECT_EQ(worker.run_due(), 1);
  EXPECT_EQ(count("jobs"), 1);
  EXPECT_EQ(text("SELECT payload FROM jobs"), "older");
}

TEST_P(Queue, APayloadLongerThanTheLimitIsOurOwnMistake) {
  EXPECT_NE(add_job("note", std::string(payload_bytes_max, 'x')), 0);
  EXPECT_THROW(add_job("note", std::string(payload_bytes_max + 1, 'x')), std::length_error);
}

TEST(Backoff, SpreadsOverADoublingCeilingUpToTheCap) {
  const Policy policy{.backoff_base_ms = 1'000, .backoff_cap_ms = 10'000};
  struct Row {
    int attempt;
    int64_t ceiling_ms;
  };
  for (const Row& row :
       {Row{1, 2'000}, {2, 4'000}, {3, 8'000}, {4, 10'000}, {5, 10'000}, {1'000'000, 10'000}}) {
    EXPECT_EQ(backoff_ms(policy, row.attempt, 0), 0);
    EXPECT_EQ(backoff_ms(policy, row.attempt, uint64_t(row.ceiling_ms)), row.ceiling_ms);
    EXPECT_EQ(backoff_ms(policy, row.attempt, uint64_t(row.ceiling_ms) + 1), 0);
    EXPECT_LE(backoff_ms(policy, row.attempt, ~uint64_t{0}), row.ceiling_ms);
  }
}

TEST(Backoff, APolicyWithoutWaitsDoesNotWait) {
  EXPECT_EQ(backoff_ms({.backoff_base_ms = 0, .backoff_cap_ms = 0}, 3, 12'345), 0);
}

}  // namespace tandem::jobs
