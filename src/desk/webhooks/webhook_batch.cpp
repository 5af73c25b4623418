#include "desk/webhooks/webhook_batch.h"

namespace tandem::desk {

namespace {

/// A JSON list of the events.
std::string body_of(const std::vector<std::string>& events) {
  std::string body = "[";
  for (const std::string& event : events) {
    if (body.size() > 1) body += ',';
    body += event;
  }
  return body + "]";
}

}  // namespace

NextBatch take_batch(db::Transaction& tx, const Desk& desk, OrgId org, RecordId webhook,
                     int64_t lease_ms) {
  std::optional<WebhookWithSecret> to = find_webhook(tx, desk, org, webhook);
  if (!to || !to->webhook.is_enabled) return {};
  deliveries::NextBatch next = deliveries::take_batch(tx, webhook_outbox, org, webhook, lease_ms);
  if (!next.batch) return {.batch = {}, .look_at = next.look_at};
  std::string body = body_of(next.batch->contents);
  return {.batch = WebhookBatch{.to = std::move(*to),
                                .id = next.batch->id,
                                .attempt = next.batch->attempt,
                                .body = std::move(body),
                                .lease_until = next.batch->lease_until},
          .look_at = {}};
}

void note_report(db::Transaction& tx, const Desk& desk, const WebhookBatch& batch,
                 const WebhookReport& report, int64_t pause_ms) {
  const Webhook& webhook = batch.to.webhook;
  const deliveries::Standing standing = deliveries::note_report(tx, webhook_outbox,
                                                                {.org = webhook.org,
                                                                 .receiver = webhook.id,
                                                                 .id = batch.id,
                                                                 .attempt = batch.attempt,
                                                                 .contents = {},
                                                                 .lease_until = batch.lease_until},
                                                                report, pause_ms);
  switch (standing) {
    case deliveries::Standing::gone: return switch_webhook_off(tx, desk, webhook, "gone");
    case deliveries::Standing::silent: return switch_webhook_off(tx, desk, webhook, "silent");
    case deliveries::Standing::lost:
    case deliveries::Standing::fine:
    case deliveries::Standing::failing: return;
  }
}

}  // namespace tandem::desk
