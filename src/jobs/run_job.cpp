#include "jobs/run_job.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>

#include "base/log.h"

namespace tandem::jobs {

namespace {

// Where a job's work begins, and so where it is caught: the world may break in any handler, and the
// job must not be lost.
Outcome run_handler(db::Database& database, const Kind& kind, const Job& job) {
  try {
    return kind.handler(database, job);
  } catch (const std::exception& failure) {
    log_error(fmt::format("job {} {} attempt {} failed: {}", job.kind, job.id, job.attempt,
                          failure.what()));
    return {.kind = Outcome::Kind::retry, .reason = failure.what()};
  }
}

// A job that takes its whole process down never answers; the attempts counted at each claim end it.
Outcome judge(db::Database& database, const Kind& kind, const ClaimedJob& claimed) {
  const int attempts_max = kind.policy.attempts_max;
  if (claimed.job.attempt > attempts_max) {
    return {.kind = Outcome::Kind::give_up,
            .reason = claimed.last_error.empty() ? "The worker stopped during each attempt"
                                                 : claimed.last_error};
  }
  Outcome outcome = run_handler(database, kind, claimed.job);
  if (outcome.kind == Outcome::Kind::retry && claimed.job.attempt >= attempts_max) {
    outcome.kind = Outcome::Kind::give_up;
  }
  return outcome;
}

int64_t wait_ms(const Outcome& outcome, const Policy& policy, int attempt, uint64_t random) {
  if (outcome.retry_after_ms > 0) return std::min(outcome.retry_after_ms, retry_after_ms_max);
  return backoff_ms(policy, attempt, random);
}

}  // namespace

void run_job(db::Database& database, const Kind& kind, const ClaimedJob& claimed, uint64_t random) {
  const Job& job = claimed.job;
  const Outcome outcome = judge(database, kind, claimed);
  const auto still_ours = database.write([&](db::Transaction& tx) -> Result<bool> {
    switch (outcome.kind) {
      case Outcome::Kind::done: return finish(tx, claimed.lease);
      case Outcome::Kind::retry: {
        const int64_t pause_ms = wait_ms(outcome, kind.policy, job.attempt, random);
        return retry_at(tx, claimed.lease, tx.now() + pause_ms, outcome.reason);
      }
      case Outcome::Kind::later: {
        const int64_t pause_ms = std::clamp<int64_t>(outcome.retry_after_ms, 0, retry_after_ms_max);
        return hand_back(tx, claimed.lease, tx.now() + pause_ms);
      }
      case Outcome::Kind::give_up: {
        if (!give_up(tx, claimed.lease, outcome.reason)) return false;
        if (kind.on_given_up) kind.on_given_up(tx, job, outcome.reason);
        return true;
      }
    }
    return false;
  });
  if (!*still_ours) {
    log_warning(
        fmt::format("job {} {} ran past its lease; another worker has it", job.kind, job.id));
  }
}

}  // namespace tandem::jobs
