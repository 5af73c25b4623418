#pragma once

#include "access/applications.h"
#include "jobs/queue.h"

// Signals that time itself gives: reminders of activities, and tasks that are overdue.

namespace tandem::crm {

/// A task is overdue when its day is over wherever most people work: at this hour, UTC, of the next
/// one.
constexpr int64_t day_is_over_ms = 9 * hour_ms;

/// Reminds once of each activity that is due, and tells once of each task that is overdue.
void give_signals_of_time(db::Database& database, const access::Applications& applications);

/// Does so every minute. `applications` must outlive the worker.
void add_signal_jobs(jobs::Worker& worker, const access::Applications& applications);

}  // namespace tandem::crm
