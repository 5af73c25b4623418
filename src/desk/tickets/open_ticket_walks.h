#pragma once

#include <functional>
#include <optional>

#include "desk/desk.h"
#include "jobs/queue.h"
#include "records/record.h"

// A changed rule or policy concerns every ticket that is not closed. Such a walk looks at all of
// them in small transactions, from the one that was quiet longest; a ticket that changes meanwhile
// is looked at by its own change. How far it is stands in a row, so that it goes on after a
// restart, and on another node.

namespace tandem::desk {

enum class Walk { service_levels, timed_rules };

constexpr int walk_batch_tickets = 100;
/// What one job does before the next one takes over.
constexpr int walk_batches_per_job = 50;
/// The settings say "more than" beyond it.
constexpr int64_t walk_expected_max = 100'000;

struct WalkProgress {
  int64_t looked_at = 0;
  int64_t changed = 0;
  int64_t expected = 0;  // when it began, up to walk_expected_max
  Instant started_at = {};
  std::optional<Instant> finished_at = {};
};

/// Begins the walk, or begins it anew, in the caller's transaction.
void start_walk(db::Transaction& tx, OrgId org, Walk walk);
/// Nothing when there never was one.
std::optional<WalkProgress> walk_progress(db::Transaction& tx, OrgId org, Walk walk);

/// Looks at one ticket; true when something was written. What is refused is left as it was.
using WalkStep = std::function<Result<bool>(db::Transaction&, const records::Record& ticket)>;

/// Handles the walk's job. `desk` must outlive the worker.
void add_walk(jobs::Worker& worker, const Desk& desk, Walk walk,
              std::function<WalkStep(db::Transaction&, OrgId)> step_for);

}  // namespace tandem::desk
