#pragma once

#include <optional>
#include <string>
#include <vector>

#include "desk/webhooks/webhook_deliveries.h"
#include "desk/webhooks/webhook_request.h"

// What travels in one request: events that waited together, and stay together at each later try.

namespace tandem::desk {

struct WebhookBatch {
  WebhookWithSecret to;
  int64_t id = 0;
  int64_t attempt = 0;  // 1 at the first
  std::string body;     // a JSON list
  Instant lease_until;  // by which the batch is known to be ours
};

/// What a sender finds.
struct NextBatch {
  std::optional<WebhookBatch> batch;
  /// When to look again, if there is no batch; nothing when nothing waits.
  std::optional<Instant> look_at;
};

/// Takes the oldest batch that is due. What failed holds up what came later for its first tries
/// alone. The lease keeps other senders off the webhook.
NextBatch take_batch(db::Transaction& tx, const Desk& desk, OrgId org, RecordId webhook,
                     int64_t lease_ms);

/// Notes what became of it and gives the lease back; does nothing when the lease was lost, for
/// another sender has the batch then. `pause_ms`: until the next try.
void note_report(db::Transaction& tx, const Desk& desk, const WebhookBatch& batch,
                 const WebhookReport& report, int64_t pause_ms);

}  // namespace tandem::desk
