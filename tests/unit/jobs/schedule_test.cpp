#include <gtest/gtest.h>

#include <stdexcept>

#include "tests/unit/jobs/office.h"

namespace tandem::jobs {

namespace {

class Schedules : public JobOffice {};

constexpr int64_t period_ms = 10'000;

}  // namespace

TANDEM_ON_BOTH_DATABASES(Schedules);

TEST_P(Schedules, ATickRunsOncePerPeriodOnOneNodeOfTwo) {
  int ticks = 0;
  Worker one(*database, 1, test_seed);
  Worker two(*database, 1, test_seed);
  for (Worker* worker : {&one, &two}) {
    worker->add_schedule("sweep", period_ms, [&](db::Database&) { ++ticks; });
  }
  one.run_due();
  two.run_due();
  EXPECT_EQ(ticks, 1);
  clock.advance_ms(period_ms - 1);
  two.run_due();
  EXPECT_EQ(ticks, 1);
  clock.advance_ms(1);
  two.run_due();
  one.run_due();
  EXPECT_EQ(ticks, 2);
}

TEST_P(Schedules, ATickThatIsRunningIsNotStartedElsewhere) {
  int ticks = 0;
  Worker one(*database, 1, test_seed);
  Worker two(*database, 1, test_seed);
  two.add_schedule("sweep", period_ms, [&](db::Database&) { ++ticks; });
  one.add_schedule("sweep", period_ms, [&](db::Database&) {
    if (++ticks > 1) return;
    clock.advance_ms(2 * period_ms);
    two.run_due();
    EXPECT_EQ(ticks, 1);
  });
  one.run_due();
  EXPECT_EQ(ticks, 2);  // once more by `one`, as the next period had come
}

TEST_P(Schedules, TheTickOfADeadNodeIsTakenOverWhenItsLeaseEnds) {
  ASSERT_TRUE(claim_schedule(*database, "a dead node", "sweep", {.period_ms = period_ms}));
  clock.advance_ms(2 * period_ms);
  EXPECT_FALSE(claim_schedule(*database, "another", "sweep", {.period_ms = period_ms}));
  clock.advance_ms(minute_ms);
  EXPECT_TRUE(claim_schedule(*database, "another", "sweep", {.period_ms = period_ms}));
}

TEST_P(Schedules, ALeaseLastsAsLongAsTheWorkerIsTold) {
  constexpr int64_t short_lease_ms = 2'000;
  add_job("send");
  Worker worker(*database, 1, test_seed);
  worker.set_lease_ms(short_lease_ms);
  std::string job_lease;
  worker.add("send", [&](db::Database&, const Job&) {
    job_lease = text("SELECT CAST(lease_until AS TEXT) FROM jobs");
    return done();
  });
  std::string tick_lease;
  worker.add_schedule("sweep", period_ms, [&](db::Database&) {
    tick_lease = text("SELECT CAST(lease_until AS TEXT) FROM schedules");
  });
  worker.run_due();
  EXPECT_EQ(job_lease, std::to_string(clock.now().ms + short_lease_ms));
  EXPECT_EQ(tick_lease, std::to_string(clock.now().ms + short_lease_ms));
}

TEST_P(Schedules, ATickThatThrowsComesAgainAtTheNextPeriod) {
  int ticks = 0;
  Worker worker(*database, 1, test_seed);
  worker.add_schedule("sweep", period_ms, [&](db::Database&) {
    ++ticks;
    throw std::runtime_error("the disk is full");
  });
  worker.run_due();
  worker.run_due();
  EXPECT_EQ(ticks, 1);
  clock.advance_ms(period_ms);
  worker.run_due();
  EXPECT_EQ(ticks, 2);
}

TEST_P(Schedules, AJobThatATickAddsRunsInTheSameGo) {
  int runs = 0;
  Worker worker(*database, 1, test_seed);
  worker.add_schedule("sweep", period_ms, [&](db::Database&) { add_job("clean"); });
  worker.add("clean", [&](db::Database&, const Job&) {
    ++runs;
    return done();
  });
  EXPECT_EQ(worker.run_due(), 1);
  EXPECT_EQ(runs, 1);
}

}  // namespace tandem::jobs
