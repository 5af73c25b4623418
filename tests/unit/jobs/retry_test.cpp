#include <gtest/gtest.h>

#include <stdexcept>

#include "tests/unit/jobs/office.h"

namespace tandem::jobs {

namespace {

class Retry : public JobOffice {};

constexpr Policy three_attempts{
    .attempts_max = 3, .backoff_base_ms = 1'000, .backoff_cap_ms = 60'000};

}  // namespace

TANDEM_ON_BOTH_DATABASES(Retry);

TEST_P(Retry, AFailedRunIsTriedAgainAfterAWaitWithinTheCeiling) {
  std::vector<int> attempts;
  Worker worker(*database, 1, test_seed);
  worker.add(
      "send",
      [&](db::Database&, const Job& job) {
        attempts.push_back(job.attempt);
        return attempts.size() < 2 ? retry("the server is away") : done();
      },
      three_attempts);
  add_job("send");
  worker.run_due();
  EXPECT_EQ(text("SELECT last_error FROM jobs"), "the server is away");
  EXPECT_LE(integer("SELECT run_at FROM jobs"), clock.now().ms + 2'000);
  clock.advance_ms(2'000);
  worker.run_due();
  EXPECT_EQ(attempts, (std::vector<int>{1, 2}));
  EXPECT_EQ(count("jobs"), 0);
  EXPECT_EQ(count("failed_jobs"), 0);
}

TEST_P(Retry, TheWaitAHandlerAsksForIsKeptUpToADay) {
  Worker worker(*database, 1, test_seed);
  int64_t asked_ms = 12'345;
  worker.add("send", [&](db::Database&, const Job&) {
    return Outcome{.kind = Outcome::Kind::retry, .reason = "busy", .retry_after_ms = asked_ms};
  });
  add_job("send");
  worker.run_due();
  EXPECT_EQ(integer("SELECT run_at FROM jobs"), clock.now().ms + 12'345);
  clock.advance_ms(12'345);
  asked_ms = 100 * day_ms;
  worker.run_due();
  EXPECT_EQ(integer("SELECT run_at FROM jobs"), clock.now().ms + retry_after_ms_max);
}

TEST_P(Retry, WhatIsPutOffUntilLaterCountsAsNoAttempt) {
  std::vector<int> attempts;
  Worker worker(*database, 1, test_seed);
  worker.add(
      "send",
      [&](db::Database&, const Job& job) -> Outcome {
        attempts.push_back(job.attempt);
        if (attempts.size() > 5) return done();
        return {.kind = Outcome::Kind::later, .reason = "", .retry_after_ms = 2'000};
      },
      three_attempts);
  add_job("send", "{}", 0, "mailbox 7");
  EXPECT_EQ(worker.run_due(), 1);
  EXPECT_EQ(integer("SELECT run_at FROM jobs"), clock.now().ms + 2'000);
  EXPECT_EQ(add_job("send", "{}", 0, "mailbox 7"), 0);  // it holds its key
  for (int round = 0; round < 5; ++round) {
    clock.advance_ms(2'000);
    EXPECT_EQ(worker.run_due(), 1);
  }
  EXPECT_EQ(attempts, std::vector<int>(6, 1));
  EXPECT_EQ(count("jobs"), 0);
  EXPECT_EQ(count("failed_jobs"), 0);
}

TEST_P(Retry, AHandlerThatThrowsIsTriedAgain) {
  int runs = 0;
  Worker worker(*database, 1, test_seed);
  worker.add("send", [&](db::Database&, const Job&) -> Outcome {
    if (++runs == 1) throw std::runtime_error("the disk is full");
    return done();
  });
  add_job("send");
  worker.run_due();
  EXPECT_EQ(text("SELECT last_error FROM jobs"), "the disk is full");
  clock.advance_ms(day_ms);
  worker.run_due();
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(count("jobs"), 0);
}

TEST_P(Retry, WhenTheAttemptsAreUsedUpTheFailureIsKeptAndShown) {
  std::string shown;
  Worker worker(*database, 1, test_seed);
  worker.add(
      "send", [](db::Database&, const Job&) { return retry("refused"); }, three_attempts,
      [&](db::Transaction&, const Job& job, const std::string& reason) {
        shown = job.payload_json + " " + reason;
      });
  add_job("send", "{\"mail\":7}");
  for (int round = 0; round < 5; ++round) {
    worker.run_due();
    clock.advance_ms(minute_ms);
  }
  EXPECT_EQ(shown, "{\"mail\":7} refused");
  EXPECT_EQ(count("jobs"), 0);
  EXPECT_EQ(text("SELECT reason FROM failed_jobs"), "refused");
  EXPECT_EQ(text("SELECT payload FROM failed_jobs"), "{\"mail\":7}");
  EXPECT_EQ(integer("SELECT attempt FROM failed_jobs"), 3);
}

TEST_P(Retry, AHandlerMayGiveUpAtOnce) {
  Worker worker(*database, 1, test_seed);
  worker.add("send", [](db::Database&, const Job&) { return no_more("no such address"); });
  add_job("send");
  EXPECT_EQ(worker.run_due(), 1);
  EXPECT_EQ(text("SELECT reason FROM failed_jobs"), "no such address");
}

TEST_P(Retry, TheFailureAndWhatShowsItAreOneTransaction) {
  bool is_broken = true;
  Worker worker(*database, 1, test_seed);
  worker.add(
      "send", [](db::Database&, const Job&) { return no_more("refused"); }, {},
      [&](db::Transaction& tx, const Job&, const std::string&) {
        enqueue(tx, OrgId{1}, "shown", "{}", tx.now());
        if (is_broken) throw std::runtime_error("the connection was lost");
      });
  add_job("send");
  EXPECT_THROW(worker.run_due(), std::runtime_error);
  EXPECT_EQ(count("failed_jobs"), 0);
  EXPECT_EQ(integer("SELECT COUNT(*) FROM jobs WHERE kind = 'shown'"), 0);

  is_broken = false;
  clock.advance_ms(minute_ms);
  worker.run_due();
  EXPECT_EQ(count("failed_jobs"), 1);
  EXPECT_EQ(integer("SELECT COUNT(*) FROM jobs WHERE kind = 'shown'"), 1);
}

TEST_P(Retry, AFailureIsKeptForNinetyDays) {
  Worker worker(*database, 1, test_seed);
  worker.add("send", [](db::Database&, const Job&) { return no_more("refused"); });
  add_job("send", "old");
  worker.run_due();
  clock.advance_ms(failed_days_kept * day_ms);
  add_job("send", "in between");
  worker.run_due();
  EXPECT_EQ(count("failed_jobs"), 2);
  clock.advance_ms(1);
  add_job("send", "new");
  worker.run_due();
  EXPECT_EQ(count("failed_jobs"), 2);
  EXPECT_EQ(integer("SELECT COUNT(*) FROM failed_jobs WHERE payload = 'old'"), 0);
}

TEST_P(Retry, AReasonIsCutAndCleanedBeforeItIsKept) {
  Worker worker(*database, 1, test_seed);
  worker.add("send", [](db::Database&, const Job&) {
    return no_more(std::string("\0\xff", 2) + std::string(5'000, 'x'));
  });
  add_job("send");
  worker.run_due();
  const std::string reason = text("SELECT reason FROM failed_jobs");
  EXPECT_TRUE(reason.starts_with("\uFFFD\uFFFDxxx"));
  EXPECT_LT(reason.size(), 1'010U);
}

}  // namespace tandem::jobs
