#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "mail/server_address.h"

// One call of an SMS gateway over HTTP. It follows no redirect, asks no proxy, and connects to
// allowed addresses alone, by the address itself and not by its name.

namespace tandem::desk {

constexpr int sms_timeout_usual_ms = 15'000;
constexpr int64_t sms_text_chars_max = 640;

struct SmsMessage {
  int64_t id = 0;  // the same at each try; sent as Idempotency-Key
  std::string to;  // "+4930123456"
  std::string text;
};

/// A gateway with its secrets opened.
struct OpenSmsGateway {
  std::string url;  // may hold {to} and {text}
  std::string method = "POST";
  std::string content_type;
  std::string body;  // may hold {to} and {text}
  std::vector<std::pair<std::string, std::string>> headers;
  int timeout_ms = sms_timeout_usual_ms;
};

/// Only 2xx counts as accepted. Time-outs, silence, what is no HTTP, 408, 425, 429 and 5xx are
/// worth another try; every other answer will be the same tomorrow.
enum class SmsOutcome { accepted, retry_later, refused };
struct SmsReport {
  SmsOutcome outcome = SmsOutcome::refused;
  std::string answer;  // what was heard, for people; holds no header's value
};

/// Waits at most the gateway's time-out. `may_reach` empty: any address.
SmsReport call_sms_gateway(const OpenSmsGateway& gateway, const mail::AddressGuard& may_reach,
                           const SmsMessage& message);

/// `words` with {to} and {text} written as its content type wants it, so that no text can break out
/// of its place: "application/json", "application/x-www-form-urlencoded", "application/xml",
/// "text/plain".
std::string sms_body(const std::string& words, const std::string& content_type,
                     const SmsMessage& message);
std::string sms_url(const std::string& words, const SmsMessage& message);

}  // namespace tandem::desk
