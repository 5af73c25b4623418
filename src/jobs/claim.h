#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jobs/queue.h"

// The statements behind the worker. A lease is a row's lease_owner, lease_until and epoch: each
// claim raises the epoch, and whoever ends a job must still hold owner and epoch.

namespace tandem::jobs {

constexpr int claim_rows_max = 100;
/// What is kept of a reason, in characters.
constexpr int reason_chars_max = 1'000;
constexpr int64_t failed_days_kept = 90;

/// What proves that a job is in these hands.
struct Lease {
  OrgId org;
  int64_t job_id = 0;
  std::string owner;
  int64_t epoch = 0;
  int64_t lease_ms = 0;
};

struct ClaimedJob {
  Job job;
  Lease lease;
  std::string last_error;
};

/// How long a lease of each kind lasts; kinds that are not in it are not claimed.
using LeaseByKind = std::map<std::string, int64_t>;

/// Claims at most `limit` (1 to claim_rows_max) due jobs for `owner`, oldest first. Looks before it
/// writes, so that an idle worker never writes.
std::vector<ClaimedJob> claim_due(db::Database& database, const std::string& owner,
                                  const LeaseByKind& kinds, int limit);

// Each of these answers false, and has changed nothing, when the lease was lost.

bool renew(db::Transaction& tx, const Lease& lease);
bool finish(db::Transaction& tx, const Lease& lease);
/// Back into the queue after a run that did not succeed.
bool retry_at(db::Transaction& tx, const Lease& lease, Instant run_at, std::string_view reason);
/// Back into the queue as if it had never been claimed. `run_at`: when it is due then.
bool hand_back(db::Transaction& tx, const Lease& lease, std::optional<Instant> run_at = {});
/// Out of the queue and into failed_jobs, where it is kept for failed_days_kept days.
bool give_up(db::Transaction& tx, const Lease& lease, std::string_view reason);

struct ScheduleTerms {
  int64_t period_ms = 0;
  int64_t lease_ms = lease_usual_ms;
};
/// Takes the lease of a schedule that ran last before `now - period_ms`; false when it is not due
/// or in other hands. The row is made at the first call.
bool claim_schedule(db::Database& database, const std::string& owner, const std::string& name,
                    const ScheduleTerms& terms);
bool renew_schedule(db::Transaction& tx, const std::string& owner, const std::string& name,
                    int64_t lease_ms);
void finish_schedule(db::Transaction& tx, const std::string& owner, const std::string& name);
/// Gives the lease back of a schedule that has not run to its end: it is due at once.
void hand_back_schedule(db::Transaction& tx, const std::string& owner, const std::string& name);

}  // namespace tandem::jobs
