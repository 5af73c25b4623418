#pragma once

#include "desk/desk.h"
#include "jobs/queue.h"

namespace tandem::desk {

/// Rings the bell of the owner of each task and appointment whose reminder is due: once, for what
/// is not completed, not in the recycle bin, and no more than a day late. Manual, Activities 1.5.
void remind_of_activities(const Desk& desk);

/// Looks every minute. `desk` must outlive the worker.
void add_activity_jobs(jobs::Worker& worker, const Desk& desk);

}  // namespace tandem::desk
