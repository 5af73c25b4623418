#include "desk/webhooks/webhook_request.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/crypto.h"
#include "base/text.h"
#include "desk/webhooks/webhook_deliveries.h"

namespace tandem::desk {

namespace {

constexpr std::string_view secret_prefix = "whsec_";

std::string key_of(const std::string& secret) {
  return from_base64(std::string_view(secret).substr(secret_prefix.size())).value_or("");
}

std::string one_line(const std::string& text) {
  std::string line = to_utf8_lossy(text);
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  return std::string(first_chars(trim(line), webhook_answer_chars_max));
}

WebhookOutcome outcome_of(int status) {
  if (status >= 200 && status < 300) return WebhookOutcome::delivered;
  if (status == 410) return WebhookOutcome::gone;
  for (const int about_the_content : {400, 413, 415, 422}) {
    if (status == about_the_content) return WebhookOutcome::refused;
  }
  return WebhookOutcome::try_again;
}

}  // namespace

std::string webhook_signature(const std::string& secret, int64_t id, int64_t timestamp_s,
                              std::string_view body) {
  const std::string signed_text = fmt::format("{}.{}.{}", id, timestamp_s, body);
  return "v1," + to_base64(hmac_sha256(key_of(secret), signed_text));
}

WebhookReport report_of(const http::OutgoingAnswer& heard) {
  WebhookReport report{.status = heard.status, .took_ms = heard.took_ms};
  if (!heard.kept_closed.empty()) {
    report.answer = fmt::format(
        "The address {} is not on the public internet. Give another one, or have the operator of "
        "this program add it to allowed_networks.",
        heard.kept_closed);
    return report;
  }
  if (heard.status == 0) {
    report.answer = fmt::format("There was no answer: {}.", heard.failure);
    return report;
  }
  report.outcome = outcome_of(heard.status);
  report.answer = one_line(heard.body);
  report.retry_after_ms =
      std::clamp<int64_t>(heard.retry_after_s, 0, day_ms / second_ms) * second_ms;
  return report;
}

WebhookReport send_webhook_request(const WebhookRequest& request, const http::MayReach& may_reach,
                                   int timeout_ms) {
  const int64_t timestamp_s = request.at.ms / second_ms;
  http::OutgoingCall call{
      .url = request.url, .headers = {}, .body = request.body, .timeout_ms = timeout_ms};
  call.headers = {{"Content-Type", "application/json"},
                  {"webhook-id", std::to_string(request.id)},
                  {"webhook-timestamp", std::to_string(timestamp_s)},
                  {"webhook-signature",
                   webhook_signature(request.secret, request.id, timestamp_s, request.body)}};
  return report_of(http::call_out(call, may_reach));
}

}  // namespace tandem::desk
