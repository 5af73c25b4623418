#include <fmt/format.h>

#include <algorithm>
#include <atomic>
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
// Each lane has such threads of its own and claims the kinds that run in it.

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
  Tick tick;
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
  std::atomic<bool> is_stopping = false;  // written under the mutex; read without it as StopSign
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
  void start();
  void tell_to_stop();
  void wait_until_stopped();
  void wake();
  int run_due();
  void look_forever();
  void run_forever();
  void renew_forever();
  void renew_held();
  void hand_back_waiting();
  int64_t renewal_ms() const;
  int64_t pause_ms(int64_t ceiling_ms);
};

Worker::Worker(db::Database& database, int threads, uint64_t seed)
    : lanes_{std::make_unique<Inside>(database, std::clamp(threads, 1, threads_max), seed),
             std::make_unique<Inside>(database, outgoing_threads, seed + 1)} {}

Worker::~Worker() { stop(); }

void Worker::set_lease_ms(int64_t lease_ms) {
  for (const auto& lane : lanes_) lane->lease_ms = std::max<int64_t>(lease_ms, 1);
}

void Worker::add(const std::string& kind, Handler handler, Policy policy, OnGivenUp on_given_up) {
  Inside& inside = of(policy.lane);
  inside.lease_by_kind[kind] = policy.lease_ms > 0 ? policy.lease_ms : inside.lease_ms;
  inside.kinds[kind] = {std::move(handler), policy, std::move(on_given_up)};
}

void Worker::add_schedule(const std::string& name, int64_t period_ms, Tick tick) {
  of(Lane::usual).schedules.push_back({name, std::max<int64_t>(period_ms, 1), std::move(tick)});
}

void Worker::add_schedule(const std::string& name, int64_t period_ms,
                          std::function<void(db::Database&)> tick) {
  add_schedule(name, period_ms, [tick = std::move(tick)](db::Database& database, const StopSign&) {
    tick(database);
  });
}

void Worker::start() {
  if (of(Lane::usual).looker.joinable()) throw std::logic_error("The job worker runs already");
  of(Lane::usual).start();
  if (!of(Lane::outgoing).kinds.empty()) of(Lane::outgoing).start();
}

void Worker::stop() {
  // All are told before one is waited for.
  for (const auto& lane : lanes_) lane->tell_to_stop();
  for (const auto& lane : lanes_) lane->wait_until_stopped();
}

void Worker::wake() {
  for (const auto& lane : lanes_) lane->wake();
}

int Worker::run_due() {
  int jobs_run = 0;
  while (true) {
    int in_this_round = 0;
    for (const auto& lane : lanes_) in_this_round += lane->run_due();
    if (in_this_round == 0) return jobs_run;
    jobs_run += in_this_round;
  }
}

void Worker::Inside::start() {
  is_stopping = false;
  is_renewing = true;
  is_woken = true;
  looker = std::thread([this] { look_forever(); });
  renewer = std::thread([this] { renew_forever(); });
  for (int index = 0; index < threads; ++index) {
    runners.emplace_back([this] { run_forever(); });
  }
}

void Worker::Inside::tell_to_stop() {
  {
    const std::lock_guard lock(mutex);
    is_stopping = true;
  }
  look_again.notify_all();
  work_ready.notify_all();
}

void Worker::Inside::wait_until_stopped() {
  if (!looker.joinable()) return;
  looker.join();
  for (std::thread& runner : runners) runner.join();
  runners.clear();
  // Leases are renewed up to here: the last handlers may have been slow.
  {
    const std::lock_guard lock(mutex);
    is_renewing = false;
  }
  renew_again.notify_all();
  renewer.join();
  logged("handing jobs back", [&] { hand_back_waiting(); });
}

void Worker::Inside::wake() {
  {
    const std::lock_guard lock(mutex);
    is_woken = true;
  }
  look_again.notify_one();
}

int Worker::Inside::run_due() {
  // After a stop nothing would come to its end.
  if (!looker.joinable()) is_stopping = false;
  int jobs_run = 0;
  while (claim(1) > 0) {
    const Task task = std::move(*waiting.front());
    held.erase(waiting.front());
    waiting.pop_front();
    if (std::holds_alternative<ClaimedJob>(task)) ++jobs_run;
    run(task);
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
    job.job.stop = StopSign(is_stopping);
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
  logged(schedule.name.c_str(), [&] { schedule.tick(database, StopSign(is_stopping)); });
  // One that saw the sign may have left something.
  const bool may_be_cut = is_stopping;
  const auto finished = database.write([&](db::Transaction& tx) -> Result<bool> {
    if (may_be_cut) {
      hand_back_schedule(tx, owner, schedule.name);
    } else {
      finish_schedule(tx, owner, schedule.name);
    }
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
        hand_back_schedule(tx, owner, std::get<const Schedule*>(*task)->name);
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
