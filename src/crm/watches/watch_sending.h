#pragma once

#include "crm/watches/watch_notice.h"
#include "deliveries/sending.h"
#include "jobs/queue.h"

namespace tandem::crm {

/// Where watches are told: the servers' addresses that may be connected to (empty: any), and how
/// long one of them is waited for.
struct WatchCalls {
  deliveries::MayReach may_reach = {};
  int timeout_ms = deliveries::call_timeout_usual_ms;
};

/// Tells the worker to handle "send_watch", and to end watches and sweep what they were told.
/// `applications` and `database` outlive the worker.
void add_watch_jobs(jobs::Worker& worker, db::Database& database,
                    const access::Applications& applications, WatchFace face, WatchCalls calls);

}  // namespace tandem::crm
