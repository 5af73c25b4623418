#pragma once

#include "jobs/claim.h"

namespace tandem::jobs {

/// What the worker knows of one kind of job.
struct Kind {
  Handler handler;
  Policy policy;
  OnGivenUp on_given_up;
};

/// Runs the handler once and ends the job by its answer: gone, back into the queue, or given up.
/// A handler that throws is logged and counts as a retry. A job whose lease was lost meanwhile is
/// left to its new owner. `random` spreads the wait before the next attempt.
void run_job(db::Database& database, const Kind& kind, const ClaimedJob& claimed, uint64_t random);

}  // namespace tandem::jobs
