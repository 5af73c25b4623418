#include "desk/webhooks/webhook_request.h"

#include <fmt/format.h>

#include "base/crypto.h"

namespace tandem::desk {

namespace {

constexpr std::string_view secret_prefix = "whsec_";

std::string key_of(const std::string& secret) {
  return from_base64(std::string_view(secret).substr(secret_prefix.size())).value_or("");
}

}  // namespace

std::string webhook_signature(const std::string& secret, int64_t id, int64_t timestamp_s,
                              std::string_view body) {
  const std::string signed_text = fmt::format("{}.{}.{}", id, timestamp_s, body);
  return "v1," + to_base64(hmac_sha256(key_of(secret), signed_text));
}

std::vector<std::pair<std::string, std::string>> webhook_headers(const WebhookRequest& request) {
  const int64_t timestamp_s = request.at.ms / second_ms;
  return {{"Content-Type", "application/json"},
          {"webhook-id", std::to_string(request.id)},
          {"webhook-timestamp", std::to_string(timestamp_s)},
          {"webhook-signature",
           webhook_signature(request.secret, request.id, timestamp_s, request.body)}};
}

WebhookReport send_webhook_request(const WebhookRequest& request, const http::MayReach& may_reach,
                                   int timeout_ms) {
  const http::OutgoingCall call{.url = request.url,
                                .headers = webhook_headers(request),
                                .body = request.body,
                                .timeout_ms = timeout_ms};
  return deliveries::report_of(http::call_out(call, may_reach));
}

}  // namespace tandem::desk
