#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/stop_sign.h"
#include "db/database.h"

// Work that survives a restart: a table, a lease, retries with back-off. A handler must bear being
// run twice.

namespace tandem::jobs {

/// Which threads run a kind. What waits for servers that people name (webhooks, SMS gateways) has
/// threads of its own, so that a server that does not answer holds up no mail and no rule.
enum class Lane { usual, outgoing };

struct Job {
  int64_t id = 0;
  OrgId org;
  std::string kind;          // "send_mail"
  std::string payload_json;  // at most 64 KiB
  int attempt = 1;           // 1 at the first run
  StopSign stop = {};
};

/// What a handler says. `retry` waits with full jitter, min(cap, base * 2^attempt), or
/// `retry_after_ms` when given. `later` counts as no attempt: the job goes on after
/// `retry_after_ms` from wherever its steps brought it; so ends one that is told to stop.
struct Outcome {
  enum class Kind { done, retry, give_up, later } kind = Kind::done;
  std::string reason;  // kept with the job for an administrator, not for secrets
  int64_t retry_after_ms = 0;
};

struct Policy {
  int attempts_max = 10;
  int64_t backoff_base_ms = 5'000;
  int64_t backoff_cap_ms = 900'000;
  int64_t lease_ms = 0;  // 0: the worker's own; it is renewed while the handler runs
  Lane lane = Lane::usual;
};

using Handler = std::function<Outcome(db::Database&, const Job&)>;
/// Runs in the transaction that ends the job for good (attempts used up or give_up), so that the
/// failure can be shown.
using OnGivenUp = std::function<void(db::Transaction&, const Job&, const std::string& reason)>;
/// What a schedule runs. One that is stopped within runs again at the next start.
using Tick = std::function<void(db::Database&, const StopSign&)>;

/// After this a job of a node that died is taken over.
constexpr int64_t lease_usual_ms = minute_ms;
constexpr size_t payload_bytes_max = 64 * 1'024;
/// The longest wait a handler may ask for.
constexpr int64_t retry_after_ms_max = day_ms;

/// Puts a job into the queue, in the caller's transaction. OrgId{} is the installation itself (a
/// person's password). A waiting job with the same org, kind and non-empty `unique_key` is left as
/// it is; one that runs already is not waiting, one between two attempts is. Answers the job's id
/// (0 when one was there). Throws when the payload is longer than payload_bytes_max.
int64_t enqueue(db::Transaction& tx, OrgId org, const std::string& kind,
                const std::string& payload_json, Instant run_at,
                const std::string& unique_key = "");

/// How long to wait after the run number `attempt` (from 1): `random` spread over 0 to
/// min(cap, base * 2^attempt).
int64_t backoff_ms(const Policy& policy, int attempt, uint64_t random);

/// A number nobody can foresee, so that two nodes do not wait alike.
uint64_t random_seed();

/// Of the lane `outgoing`, beside those of the worker.
constexpr int outgoing_threads = 16;

/// Claims due jobs (up to 100 at a time) and runs them on `threads` threads. Several nodes over one
/// database share the queue.
class Worker {
 public:
  /// `threads`: of the lane `usual`, 1 to 64. `seed` decides the spread of the waits; tests give
  /// one.
  Worker(db::Database& database, int threads, uint64_t seed = random_seed());
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;
  /// How long the leases last of kinds whose policy names no time, and of schedules: by default
  /// lease_usual_ms. Called before add() and start().
  void set_lease_ms(int64_t lease_ms);
  /// Handlers and schedules are added before start().
  void add(const std::string& kind, Handler handler, Policy policy = {},
           OnGivenUp on_given_up = {});
  /// Runs `tick` every `period_ms` on one node at a time (a lease row named `name`).
  void add_schedule(const std::string& name, int64_t period_ms, Tick tick);
  /// One that ends soon and asks no sign.
  void add_schedule(const std::string& name, int64_t period_ms,
                    std::function<void(db::Database&)> tick);
  void start();
  /// Puts the stop sign up and waits for handlers that run; unfinished jobs go back to the queue.
  void stop();
  /// Looks at once instead of at the next poll. Thread-safe; call it after_commit.
  void wake();
  /// Runs everything that is due now, on this thread, until nothing is due; for tests. Answers how
  /// many jobs ran; schedules that are due run too and are not counted.
  int run_due();

 private:
  struct Inside;
  Inside& of(Lane lane) { return *lanes_[size_t(lane)]; }
  std::array<std::unique_ptr<Inside>, 2> lanes_;  // by Lane
};

}  // namespace tandem::jobs
