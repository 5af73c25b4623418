#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/stop_sign.h"
#include "deliveries/outbox.h"
#include "desk/webhooks/webhooks.h"

// What webhooks were told, are waiting to be told, and could not be told. Manual, Webhooks 3.

namespace tandem::desk {

constexpr int webhook_log_rows_max = 100;
constexpr int64_t webhook_delivered_kept_ms = deliveries::delivered_kept_ms;
constexpr int64_t webhook_failed_kept_ms = deliveries::failed_kept_ms;
constexpr int64_t webhook_answer_chars_max = deliveries::answer_chars_max;
constexpr int64_t webhook_batch_events_max = 50;

constexpr deliveries::Outbox webhook_outbox{.receivers = "webhooks",
                                            .deliveries = "webhook_deliveries",
                                            .receiver = "webhook",
                                            .contents_max = webhook_batch_events_max};

/// One event for one webhook.
struct WebhookDelivery {
  RecordId id;
  RecordId webhook;
  std::string event;
  RecordId record;
  std::string content;  // JSON of the event; empty in lists
  std::string state;    // waiting, delivered, failed
  int64_t attempts = 0;
  Instant created_at;
  std::optional<Instant> next_try_at;  // of what waits after a failure
  std::optional<Instant> tried_at;
  int64_t status = 0;  // HTTP status of the last answer, 0 when there was none
  std::string answer;  // its beginning, or why there was none
};

struct DeliveryPage {
  std::vector<WebhookDelivery> deliveries;  // newest first
  std::string next_cursor;
};

/// Queues an event in the caller's transaction.
void queue_webhook_event(db::Transaction& tx, const Webhook& webhook,
                         const WebhookDelivery& delivery);

/// The log of a webhook. `state`: "" is every. `limit`: 1 to webhook_log_rows_max. Refuses as
/// read_webhook does, and with invalid (cursor, state, limit).
Result<DeliveryPage> list_webhook_deliveries(db::Transaction& tx, const access::Actor& actor,
                                             RecordId webhook, const std::string& state,
                                             const std::string& cursor, int limit);
/// With what was sent.
Result<WebhookDelivery> read_webhook_delivery(db::Transaction& tx, const access::Actor& actor,
                                              RecordId webhook, RecordId delivery);
/// Sends the same event once more, as soon as may be. Refuses also: conflict "is_waiting",
/// "webhook_is_off".
Result<WebhookDelivery> redeliver(db::Transaction& tx, const access::Actor& actor, RecordId webhook,
                                  RecordId delivery);

/// Forgets what was kept long enough.
void sweep_webhook_deliveries(db::Database& database, const StopSign& stop = {});

}  // namespace tandem::desk
