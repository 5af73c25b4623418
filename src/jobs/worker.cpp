#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <exception>
#include <list>
#include <map>
#include <mutex>
#include <random>
#include <stdexcept>
#include <thread>
#include <variant>
#include <vector>

#include "base/crypto.h"
#include "base/log.h"
#include "jobs/queue.h"
#include "jobs/run_job.h"

// Three kinds of threads share one list of tasks. The looker claims due work when a thread is idle:
// at once after wake(), else after a wait that grows from 250 ms to 2 s while there is nothing to
// do. The runners take tasks from the list. The renewer keeps alive the leases of all that was
// claimed, so that only a dead process loses its work. No lock is held while the database is asked.

namespace tandem::jobs {

namespace {

using std::chrono::milliseconds;

constexpr int threads_max = 64;
constexpr int64_t look_ms_min = 250;
constexpr int64_t look_ms_max = 2'000;
/// Claimed ahead for each idle thread; more would starve other nodes behind a slow handler.
constexpr int claims_per_thread = 4;
/// A lease is renewed this many times within its length.
constexpr int renewals_per_lease = 3;
constexpr size_t owner_digits = 32;

struct Schedule {
  std::string name;
  int64_t period_ms = 0;
  std::function<void(db::Database&)> tick;
};

using Task = std::variant<ClaimedJob, const Schedule*>;

// The second half of the catching place: what breaks outside a handler (the database, a tick).
template <class Body>
void logged(const char* what, Body&& body) {
  try {
    body();
  } catch (const std::exception& failure) {
    log_error(fmt::format("jobs: {} failed: {}", what, failure.what()));
  }
}

}  // namespace

struct Worker::Inside {
  Inside(db::Database& database_to_use, int thread_count, uint64_t seed)
      : database(database_to_use),
        threads(thread_count),
        owner(random_hex(owner_digits)),
        random(seed) {}

  db::Database& database;
  const int threads;
  const std::string owner;
  std::map<std::string, Kind> kinds;
  LeaseByKind lease_by_kind;
  int64_t lease_ms = lease_usual_ms;
  std::list<Schedule> schedules;  // a list, so that tasks may point into it

  std::mutex mutex;  // guards all below
  std::mt19937_64 random;
  std::condition_variable look_again;
  std::condition_variable work_ready;
  std::condition_variable renew_again;
  std::list<Task> held;  // claimed: waiting in `waiting` or running
  std::deque<std::list<Task>::iterator> waiting;
  int running = 0;
  bool is_woken = false;
  bool is_stopping = false;
  bool is_renewing = false;
  std::vector<std::thread> runners;
  std::thread looker;
  std::thread renewer;

  uint64_t next_random() {
    const std::lock_guard lock(mutex);
    return random();
  }
  int claim(int limit);
  void keep(Task task);
  void run(const Task& task);
  void look_forever();
  void run_forever();
  void renew_forever();
  void renew_held();
  void hand_back_waiting();
  int64_t renewal_ms() const;
  int64_t pause_ms(int64_t ceiling_ms);
};

Worker::Worker(db::Database& database, int threads, uint64_t seed)
    : inside_(std::make_unique<Inside>(database, std::clamp(threads, 1, threads_max), seed)) {}

Worker::~Worker() { stop(); }

void Worker::set_lease_ms(int64_t lease_ms) { inside_->lease_ms = std::max<int64_t>(lease_ms, 1); }

void Worker::add(const std::string& kind, Handler handler, Policy policy, OnGivenUp on_given_up) {
  inside_->lease_by_kind[kind] = policy.lease_ms > 0 ? policy.lease_ms : inside_->lease_ms;
  inside_->kinds[kind] = {std::move(handler), policy, std::move(on_given_up)};
}

void Worker::add_schedule(const std::string& name, int64_t period_ms,
                          std::function<void(db::Database&)> tick) {
  inside_->schedules.push_back({name, std::max<int64_t>(period_ms, 1), std::move(tick)});
}

void Worker::start() {
  Inside& inside = *inside_;
  if (inside.looker.joinable()) throw std::logic_error("The job worker runs already");
  inside.is_stopping = false;
  inside.is_renewing = true;
  inside.is_woken = true;
  inside.looker = std::thread([&] { inside.look_forever(); });
  inside.renewer = std::thread([&] { inside.renew_forever(); });
  for (int index = 0; index < inside.threads; ++index) {
    inside.runners.emplace_back([&] { inside.run_forever(); });
  }
}

void Worker::stop() {
  Inside& inside = *inside_;
  if (!inside.looker.joinable()) return;
  {
    const std::lock_guard lock(inside.mutex);
    inside.is_stopping = true;
  }
  inside.look_again.notify_all();
  inside.work_ready.notify_all();
  inside.looker.join();
  for (std::thread& runner : inside.runners) runner.join();
  inside.runners.clear();
  // Leases are renewed up to here: the last handlers may have been slow.
  {
    const std::lock_guard lock(inside.mutex);
    inside.is_renewing = false;
  }
  inside.renew_again.notify_all();
  inside.renewer.join();
  logged("handing jobs back", [&] { inside.hand_back_waiting(); });
}

void Worker::wake() {
  {
    const std::lock_guard lock(inside_->mutex);
    inside_->is_woken = true;
  }
  inside_->look_again.notify_one();
}

int Worker::run_due() {
  Inside& inside = *inside_;
  int jobs_run = 0;
  while (inside.claim(1) > 0) {
    const Task task = std::move(*inside.waiting.front());
    inside.held.erase(inside.waiting.front());
    inside.waiting.pop_front();
    if (std::holds_alternative<ClaimedJob>(task)) ++jobs_run;
    inside.run(task);
  }
  return jobs_run;
}

// Puts what it claimed into the list and answers how much that was.
int Worker::Inside::claim(int limit) {
  int claimed = 0;
  for (const Schedule& schedule : schedules) {
    if (claimed >= limit) return claimed;
    if (!claim_schedule(database, owner, schedule.name,
                        {.period_ms = schedule.period_ms, .lease_ms = lease_ms}))
      continue;
    keep(&schedule);
    ++claimed;
  }
  if (claimed >= limit) return claimed;
  for (ClaimedJob& job : claim_due(database, owner, lease_by_kind, limit - claimed)) {
    keep(std::move(job));
    ++claimed;
  }
  return claimed;
}

void Worker::Inside::keep(Task task) {
  const std::lock_guard lock(mutex);
  waiting.push_back(held.insert(held.end(), std::move(task)));
}

void Worker::Inside::run(const Task& task) {
  if (const auto* claimed = std::get_if<ClaimedJob>(&task)) {
    run_job(database, kinds.at(claimed->job.kind), *claimed, next_random());
    return;
  }
  const Schedule& schedule = *std::get<const Schedule*>(task);
  logged(schedule.name.c_str(), [&] { schedule.tick(database); });
  const auto finished = database.write([&](db::Transaction& tx) -> Result<bool> {
    finish_schedule(tx, owner, schedule.name);
    return true;
  });
  static_cast<void>(*finished);
}

void Worker::Inside::look_forever() {
  int64_t ceiling_ms = look_ms_min;
  while (true) {
    int idle = 0;
    {
      const auto has_reason = [&] {
        return is_stopping || (is_woken && waiting.empty() && running < threads);
      };
      std::unique_lock lock(mutex);
      const milliseconds pause(pause_ms(ceiling_ms));
      look_again.wait_for(lock, pause, has_reason);
      if (is_stopping) return;
      idle = threads - running;
      if (!waiting.empty() || idle == 0) continue;
      is_woken = false;
    }
    int found = 0;
    logged("looking for work",
           [&] { found = claim(std::min(idle * claims_per_thread, claim_rows_max)); });
    ceiling_ms = found > 0 ? look_ms_min : std::min(ceiling_ms * 2, look_ms_max);
    const std::lock_guard lock(mutex);
    // There may be more: look again as soon as the list is empty.
    if (found > 0) is_woken = true;
    if (!waiting.empty()) work_ready.notify_all();
  }
}

void Worker::Inside::run_forever() {
  std::unique_lock lock(mutex);
  while (true) {
    work_ready.wait(lock, [&] { return is_stopping || !waiting.empty(); });
    if (is_stopping) return;
    const auto task = waiting.front();
    waiting.pop_front();
    ++running;
    lock.unlock();
    look_again.notify_one();
    logged("ending a job", [&] { run(*task); });
    lock.lock();
    --running;
    held.erase(task);
    look_again.notify_one();
  }
}

void Worker::Inside::renew_forever() {
  while (true) {
    {
      std::unique_lock lock(mutex);
      renew_again.wait_for(lock, milliseconds(renewal_ms()), [&] { return !is_renewing; });
      if (!is_renewing) return;
    }
    logged("renewing leases", [&] { renew_held(); });
  }
}

void Worker::Inside::renew_held() {
  std::vector<Lease> leases;
  std::vector<std::string> names;
  {
    const std::lock_guard lock(mutex);
    for (const Task& task : held) {
      if (const auto* claimed = std::get_if<ClaimedJob>(&task)) {
        leases.push_back(claimed->lease);
      } else {
        names.push_back(std::get<const Schedule*>(task)->name);
      }
    }
  }
  if (leases.empty() && names.empty()) return;
  // A lease that was lost shows when its job ends.
  const auto renewed = database.write([&](db::Transaction& tx) -> Result<int64_t> {
    int64_t count = 0;
    for (const Lease& lease : leases) count += renew(tx, lease) ? 1 : 0;
    for (const std::string& name : names)
      count += renew_schedule(tx, owner, name, lease_ms) ? 1 : 0;
    return count;
  });
  static_cast<void>(*renewed);
}

void Worker::Inside::hand_back_waiting() {
  if (waiting.empty()) return;
  const auto handed_back = database.write([&](db::Transaction& tx) -> Result<bool> {
    for (const auto& task : waiting) {
      if (const auto* claimed = std::get_if<ClaimedJob>(&*task)) {
        hand_back(tx, claimed->lease);
      } else {
        finish_schedule(tx, owner, std::get<const Schedule*>(*task)->name);
      }
    }
    return true;
  });
  static_cast<void>(*handed_back);
  for (const auto& task : waiting) held.erase(task);
  waiting.clear();
}

int64_t Worker::Inside::renewal_ms() const {
  int64_t shortest_ms = lease_ms;
  for (const auto& [kind, of_kind_ms] : lease_by_kind) {
    shortest_ms = std::min(shortest_ms, of_kind_ms);
  }
  return std::max<int64_t>(shortest_ms / renewals_per_lease, 1);
}

// Between the shortest pause and the ceiling, so that nodes do not look in step. Called locked.
int64_t Worker::Inside::pause_ms(int64_t ceiling_ms) {
  return look_ms_min + int64_t(random() % uint64_t(ceiling_ms - look_ms_min + 1));
}

}  // namespace tandem::jobs
