#pragma once

#include "access/actor.h"
#include "deliveries/sending.h"
#include "desk/desk.h"
#include "desk/webhooks/webhook_request.h"
#include "jobs/queue.h"

// Sends what waits for a webhook, in order: at least once, and signed. Manual, Webhooks 2.

namespace tandem::desk {

constexpr int64_t webhook_attempts_max = deliveries::attempts_max;
constexpr int64_t webhook_attempts_in_order = deliveries::attempts_in_order;
constexpr int64_t webhook_silent_failures_min = deliveries::silent_failures_min;

/// How long to wait after try number `attempt`, as deliveries/sending.h says it.
constexpr auto webhook_pause_ms = deliveries::pause_ms;

/// Tells the worker to handle "send_webhook" and to sweep the log. `desk` outlives the worker.
/// `timeout_ms`: of one request.
void add_webhook_jobs(jobs::Worker& worker, const Desk& desk,
                      int timeout_ms = http::outgoing_timeout_usual_ms);

/// Sends a signed test event now, whatever waits, and notes it in the log. Refuses as read_webhook
/// does, and with busy when others are testing.
Result<WebhookReport> send_test_event(const Desk& desk, const access::Actor& actor,
                                      RecordId webhook);

/// Whether a server answers at an address: to GET with 200, or else to a POST of an empty
/// list with 2xx. Refuses with invalid "no_answer" (url) when not.
Result<void> require_answer(const Desk& desk, const std::string& url);

}  // namespace tandem::desk
