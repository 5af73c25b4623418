#pragma once

#include "desk/desk.h"
#include "jobs/queue.h"

// What the clocks of tickets bring about: missed targets and levels of escalation, each once.

namespace tandem::desk {

/// Raises what is due by now, in all organisations, and answers on how many tickets. Each ticket is
/// a transaction of its own that first takes the moment out of the ticket's clock, so that another
/// node, or this one after a restart, finds it taken. Manual, Service levels 4.1.
int raise_service_level_events(db::Database& database, const records::Catalogue& catalogue,
                               const StopSign& stop = {});

/// Tells the worker to look for them, and to count tickets anew after a change of policies, hours
/// or holidays. `desk` must outlive the worker.
void add_service_level_jobs(jobs::Worker& worker, const Desk& desk);

}  // namespace tandem::desk
