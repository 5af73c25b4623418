#include <gtest/gtest.h>

#include <condition_variable>
#include <future>
#include <mutex>
#include <set>
#include <thread>

#include "tests/unit/jobs/office.h"

namespace tandem::jobs {

namespace {

// Far more than anything here takes; a test that waits this long is broken.
constexpr auto patience = std::chrono::seconds(60);

/// What handlers on several threads report, and a way to wait for it.
class Reports {
 public:
  void add(int64_t id) {
    {
      const std::lock_guard lock(mutex_);
      ids_.push_back(id);
    }
    changed_.notify_all();
  }
  std::vector<int64_t> wait_for(size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, patience, [&] { return ids_.size() >= count; });
    return ids_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<int64_t> ids_;
};

class Threads : public JobOffice {};

}  // namespace

TANDEM_ON_BOTH_DATABASES(Threads);

TEST_P(Threads, TwoWorkersShareTheQueueWithoutDoubling) {
  constexpr size_t jobs = 200;
  std::set<int64_t> expected;
  for (size_t number = 0; number < jobs; ++number) expected.insert(add_job("send"));
  Reports reports;
  const Handler handler = [&](db::Database&, const Job& job) {
    reports.add(job.id);
    return done();
  };
  Worker one(*database, 2, test_seed);
  Worker two(*database, 2, test_seed + 1);
  one.add("send", handler);
  two.add("send", handler);
  one.start();
  two.start();
  const std::vector<int64_t> seen = reports.wait_for(jobs);
  one.stop();
  two.stop();
  EXPECT_EQ(seen.size(), jobs);
  EXPECT_EQ(std::set<int64_t>(seen.begin(), seen.end()), expected);
  EXPECT_EQ(count("jobs"), 0);
}

TEST_P(Threads, AWakeAfterTheCommitStartsTheJob) {
  Reports reports;
  Worker worker(*database, 1, test_seed);
  worker.add("send", [&](db::Database&, const Job& job) {
    reports.add(job.id);
    return done();
  });
  worker.start();
  const auto id = database->write([&](db::Transaction& tx) -> Result<int64_t> {
    tx.after_commit([&] { worker.wake(); });
    return enqueue(tx, OrgId{1}, "send", "{}", tx.now());
  });
  EXPECT_EQ(reports.wait_for(1), std::vector<int64_t>{*id});
  worker.stop();
}

TEST_P(Threads, AStopWaitsForTheHandlerThatRunsAndHandsTheRestBack) {
  for (int number = 0; number < 3; ++number) add_job("send");
  Reports started;
  std::promise<void> go_on;
  std::shared_future<void> may_go_on = go_on.get_future().share();
  Worker worker(*database, 1, test_seed);
  worker.add("send", [&](db::Database&, const Job& job) {
    started.add(job.id);
    may_go_on.wait();
    return done();
  });
  worker.start();
  started.wait_for(1);
  std::thread stopper([&] { worker.stop(); });
  go_on.set_value();
  stopper.join();

  const int64_t left = count("jobs");
  EXPECT_EQ(left, 3 - int64_t(started.wait_for(1).size()));
  EXPECT_EQ(integer("SELECT COUNT(*) FROM jobs WHERE attempt = 0 AND lease_owner = ''"), left);
}

TEST_P(Threads, AWorkerCanBeStartedAgainAndStoppedTwice) {
  Reports reports;
  Worker worker(*database, 2, test_seed);
  worker.add("send", [&](db::Database&, const Job& job) {
    reports.add(job.id);
    return done();
  });
  worker.stop();
  worker.start();
  EXPECT_THROW(worker.start(), std::logic_error);
  worker.stop();
  worker.stop();
  add_job("send");
  worker.start();
  EXPECT_EQ(reports.wait_for(1).size(), 1U);
}

TEST_P(Threads, ALeaseIsRenewedWhileTheHandlerRuns) {
  add_job("slow");
  std::promise<bool> renewed;
  Worker worker(*database, 1, test_seed);
  worker.add("slow",
             [&](db::Database& data, const Job&) {
               const auto lease_until = [&] {
                 return data.read([](db::Transaction& tx) {
                   return tx.integer("SELECT lease_until FROM jobs");
                 });
               };
               const int64_t first = lease_until();
               clock.advance_ms(1);
               const auto give_up_at = std::chrono::steady_clock::now() + patience;
               while (lease_until() == first && std::chrono::steady_clock::now() < give_up_at) {
                 std::this_thread::yield();
               }
               renewed.set_value(lease_until() > first);
               return done();
             },
             {.lease_ms = 60});
  worker.start();
  EXPECT_TRUE(renewed.get_future().get());
  worker.stop();
}

TEST_P(Threads, AJobInStepsEndsSoonAfterTheSignAndGoesOnAtTheNextStart) {
  constexpr int64_t steps = 5;
  in_write([](db::Transaction& tx) { return tx.execute("CREATE TABLE done (step BIGINT)") >= 0; });
  const int64_t id = add_job("walk", "{}", 0, "walk-1");
  Reports reports;
  const Handler walk = [&](db::Database& data, const Job& job) -> Outcome {
    const auto next_step = [&] {
      return *data.write([](db::Transaction& tx) -> Result<int64_t> {
        tx.execute("INSERT INTO done SELECT COUNT(*) + 1 FROM done");
        return tx.integer("SELECT COUNT(*) FROM done");
      });
    };
    while (next_step() < steps) {
      reports.add(job.attempt);
      // The test stops the worker within the second step.
      while (reports.wait_for(1).size() == 2 && !job.stop.is_up()) std::this_thread::yield();
      if (job.stop.is_up()) return {.kind = Outcome::Kind::later, .reason = ""};
    }
    reports.add(0);
    return {};
  };
  {
    Worker first(*database, 1, test_seed);
    first.add("walk", walk);
    first.start();
    reports.wait_for(2);
    first.stop();
  }
  EXPECT_EQ(integer("SELECT COUNT(*) FROM done"), 2);
  EXPECT_EQ(integer("SELECT COUNT(*) FROM jobs WHERE attempt = 0 AND lease_owner = '' "
                    "AND waiting_key = 'walk-1'"),
            1);
  Worker second(*database, 1, test_seed);
  second.add("walk", walk);
  second.start();
  reports.wait_for(5);
  second.stop();
  EXPECT_EQ(integer("SELECT COUNT(*) FROM done"), steps);
  EXPECT_EQ(integer("SELECT COUNT(*) FROM jobs WHERE id = " + std::to_string(id)), 0);
  EXPECT_EQ(reports.wait_for(5), (std::vector<int64_t>{1, 1, 1, 1, 0}));  // one attempt in all
}

TEST_P(Threads, AScheduleThatIsStoppedWithinRunsAtTheNextStart) {
  Reports began;
  Reports ended;
  const Tick tick = [&](db::Database&, const StopSign& stop) {
    began.add(1);
    while (began.wait_for(1).size() == 1 && !stop.is_up()) std::this_thread::yield();
    ended.add(1);
  };
  Worker first(*database, 1, test_seed);
  first.add_schedule("sweep", hour_ms, tick);
  first.start();
  began.wait_for(1);
  first.stop();
  Worker second(*database, 1, test_seed);
  second.add_schedule("sweep", hour_ms, tick);
  second.start();
  EXPECT_EQ(ended.wait_for(2).size(), 2U);
  second.stop();
}

TEST_P(Threads, AWorkerThatWasStoppedCanStillRunWhatIsDueByHand) {
  int ticks = 0;
  Worker worker(*database, 1, test_seed);
  worker.stop();
  worker.add_schedule("sweep", hour_ms, [&](db::Database&) { ++ticks; });
  worker.start();
  worker.stop();
  clock.advance_ms(hour_ms);
  const int before = ticks;
  worker.run_due();
  EXPECT_EQ(ticks, before + 1);
}

TEST_P(Threads, ServersThatDoNotAnswerHoldUpNothingElse) {
  constexpr int calls = 2 * outgoing_threads;
  for (int number = 0; number < calls; ++number) add_job("call");
  Reports called;
  Reports sent;
  std::promise<void> go_on;
  std::shared_future<void> may_go_on = go_on.get_future().share();
  Worker worker(*database, 1, test_seed);
  worker.add("call",
             [&](db::Database&, const Job& job) {
               called.add(job.id);
               may_go_on.wait();
               return done();
             },
             {.lane = Lane::outgoing});
  worker.add("send", [&](db::Database&, const Job& job) {
    sent.add(job.id);
    return done();
  });
  worker.start();
  EXPECT_EQ(called.wait_for(outgoing_threads).size(), size_t(outgoing_threads));
  const int64_t mail = add_job("send");
  worker.wake();
  EXPECT_EQ(sent.wait_for(1), std::vector<int64_t>{mail});
  go_on.set_value();
  worker.stop();
  EXPECT_GE(count("jobs"), 0);
}

TEST_P(Threads, OneThreadRunsTicksAndJobs) {
  Reports reports;
  Worker worker(*database, 1, test_seed);
  worker.add_schedule("sweep", hour_ms, [&](db::Database&) { reports.add(0); });
  worker.add("send", [&](db::Database&, const Job&) {
    reports.add(1);
    return done();
  });
  add_job("send");
  worker.start();
  EXPECT_EQ(reports.wait_for(2), (std::vector<int64_t>{0, 1}));
}

}  // namespace tandem::jobs
