#pragma once

#include <string>
#include <string_view>

#include "desk/desk.h"
#include "http/outgoing_call.h"

// One request to a receiver, signed as https://www.standardwebhooks.com describes it, so that
// receivers find a ready-made check in most languages. Manual, Webhooks 2.

namespace tandem::desk {

struct WebhookRequest {
  std::string url;
  std::string secret;  // "whsec_" and base64
  int64_t id = 0;      // the same at each try
  std::string body;
  Instant at;  // of this try
};

/// What became of it, and what follows.
enum class WebhookOutcome {
  delivered,  // 2xx
  try_again,  // the receiver could not be reached, or is out of order
  refused,    // the receiver does not want this content: 400, 413, 415, 422
  gone        // 410: nothing is wanted any more
};
struct WebhookReport {
  WebhookOutcome outcome = WebhookOutcome::try_again;
  int status = 0;
  std::string answer;  // its beginning, in one line, or why there was none
  int64_t retry_after_ms = 0;
  int64_t took_ms = 0;
};

/// "v1," and base64 of HMAC-SHA256 over "id.timestamp.body".
std::string webhook_signature(const std::string& secret, int64_t id, int64_t timestamp_s,
                              std::string_view body);

/// Waits at most `timeout_ms`.
WebhookReport send_webhook_request(const WebhookRequest& request, const http::MayReach& may_reach,
                                   int timeout_ms = http::outgoing_timeout_usual_ms);

/// The answer of a server as the log keeps it: short, one line.
WebhookReport report_of(const http::OutgoingAnswer& heard);

}  // namespace tandem::desk
