#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/instant.h"
#include "deliveries/call_report.h"
#include "http/outgoing_call.h"

// One request to a receiver, signed as https://www.standardwebhooks.com describes it, so that
// receivers find a ready-made check in most languages. Manual, Webhooks 2.

namespace tandem::desk {

using WebhookOutcome = deliveries::CallOutcome;
using WebhookReport = deliveries::CallReport;

struct WebhookRequest {
  std::string url;
  std::string secret;  // "whsec_" and base64
  int64_t id = 0;      // the same at each try
  std::string body;
  Instant at;  // of this try
};

/// "v1," and base64 of HMAC-SHA256 over "id.timestamp.body".
std::string webhook_signature(const std::string& secret, int64_t id, int64_t timestamp_s,
                              std::string_view body);

/// What stands above the body: its type, and what proves that it is ours.
std::vector<std::pair<std::string, std::string>> webhook_headers(const WebhookRequest& request);

/// Waits at most `timeout_ms`.
WebhookReport send_webhook_request(const WebhookRequest& request, const http::MayReach& may_reach,
                                   int timeout_ms = http::outgoing_timeout_usual_ms);

}  // namespace tandem::desk
