#pragma once

#include <optional>
#include <string>
#include <vector>

#include "desk/webhooks/webhook_deliveries.h"
#include "desk/webhooks/webhook_feed.h"

namespace tandem::desk {

constexpr size_t webhook_content_bytes_max = 512 * 1'024;

/// An event that goes to a webhook.
struct TellWebhook {
  Webhook webhook;
  WebhookDelivery delivery;
};

/// What the webhooks are told of an entry of the change log. This is the one place that decides
/// whether a private text leaves: with Webhook::includes_private alone. Manual, Webhooks 1.4.
std::vector<TellWebhook> told_of_entry(db::Transaction& tx, const Desk& desk, OrgId org,
                                       const records::LogEntry& entry,
                                       const std::vector<Webhook>& webhooks,
                                       const PayloadWriter& payload);

/// One element of the list that is posted.
struct EventContent {
  int64_t id = 0;
  OrgId org;
  std::string_view event;
  Instant at;
  std::string payload;
  std::string previous;        // "" when there is none
  std::string called_by = {};  // JSON of the rule or macro, of a call by one; else ""
};
std::string event_content(const EventContent& content);

}  // namespace tandem::desk
