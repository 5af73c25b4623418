#pragma once

#include "access/actor.h"
#include "desk/desk.h"
#include "desk/webhooks/webhook_request.h"
#include "jobs/queue.h"

// Sends what waits for a webhook, in order: at least once, and signed. Manual, Webhooks 2.

namespace tandem::desk {

constexpr int64_t webhook_batch_events_max = 50;
constexpr int64_t webhook_batch_chars_max = 1'000'000;
/// Of one event, over about a day.
constexpr int64_t webhook_attempts_max = 13;
/// So often what came later waits for what failed; after that it goes past.
constexpr int64_t webhook_attempts_in_order = 5;
/// Nothing was accepted for so long, and so many tries failed: the webhook is switched off.
constexpr int64_t webhook_silent_max_ms = day_ms;
constexpr int64_t webhook_silent_failures_min = 10;

/// How long to wait after try number `attempt` (from 1): half of a doubling wait and a random part
/// of the other half, at most six hours, and no less than the receiver asked for.
int64_t webhook_pause_ms(int64_t attempt, int64_t retry_after_ms, uint64_t random);

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
