#include "desk/notifications/sms_call.h"

#include <fmt/format.h>

#include "base/json.h"
#include "base/text.h"
#include "http/outgoing_call.h"

namespace tandem::desk {

namespace {

constexpr int64_t answer_chars_shown = 200;

/// Everything but letters, digits and -._~ as %XX.
std::string percent_encoded(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
    if (is_plain) {
      encoded += c;
    } else {
      encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return encoded;
}

/// Without the quotes around it: they stand in the body.
std::string json_escaped(std::string_view text) {
  std::string quoted;
  append_json_string(quoted, text);
  return quoted.substr(1, quoted.size() - 2);
}

/// In one pass, so that a text that says "{to}" stays as it is.
std::string with_values(const std::string& words, const std::string& to, const std::string& text) {
  std::string filled;
  for (size_t at = 0; at < words.size();) {
    const std::string_view rest = std::string_view(words).substr(at);
    if (rest.starts_with("{to}")) {
      filled += to;
      at += 4;
    } else if (rest.starts_with("{text}")) {
      filled += text;
      at += 6;
    } else {
      filled += words[at++];
    }
  }
  return filled;
}

/// What a gateway says, short, in one line and without our secrets, which some repeat.
std::string fit_to_show(std::string answer, const OpenSmsGateway& gateway) {
  constexpr std::string_view mark = "…";
  for (const auto& [name, value] : gateway.headers) {
    if (value.empty()) continue;
    // Behind the mark, which may itself be such a value.
    for (size_t at = answer.find(value); at != std::string::npos;
         at = answer.find(value, at + mark.size())) {
      answer.replace(at, value.size(), mark);
    }
  }
  answer = to_utf8_lossy(answer);
  for (char& c : answer) {
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  return std::string(first_chars(trim(answer), answer_chars_shown));
}

bool is_worth_another_try(long status) {
  return status == 408 || status == 425 || status == 429 || status >= 500;
}

SmsReport report_of_status(long status, const std::string& said) {
  if (status >= 200 && status < 300) return {SmsOutcome::accepted, ""};
  std::string answer = fmt::format("The SMS gateway answered with status {}", status);
  answer += said.empty() ? "." : ": " + said;
  return {is_worth_another_try(status) ? SmsOutcome::retry_later : SmsOutcome::refused, answer};
}

/// What the gateway is asked, with the secrets in its headers.
http::OutgoingCall call_of(const OpenSmsGateway& gateway, const SmsMessage& message) {
  http::OutgoingCall call{.method = gateway.method,
                          .url = sms_url(gateway.url, message),
                          .headers = {{"Content-Type", gateway.content_type},
                                      {"Idempotency-Key", std::to_string(message.id)}},
                          .body = sms_body(gateway.body, gateway.content_type, message),
                          .timeout_ms = gateway.timeout_ms};
  call.headers.insert(call.headers.end(), gateway.headers.begin(), gateway.headers.end());
  return call;
}

}  // namespace

std::string sms_body(const std::string& words, const std::string& content_type,
                     const SmsMessage& message) {
  if (content_type == "application/json") {
    return with_values(words, json_escaped(message.to), json_escaped(message.text));
  }
  if (content_type == "application/x-www-form-urlencoded") {
    return with_values(words, percent_encoded(message.to), percent_encoded(message.text));
  }
  if (content_type == "application/xml") {
    return with_values(words, escape_html(message.to), escape_html(message.text));
  }
  return with_values(words, message.to, message.text);
}

std::string sms_url(const std::string& words, const SmsMessage& message) {
  return with_values(words, percent_encoded(message.to), percent_encoded(message.text));
}

SmsReport call_sms_gateway(const OpenSmsGateway& gateway, const mail::AddressGuard& may_reach,
                           const SmsMessage& message) {
  const SmsMessage fitting{message.id, message.to,
                           std::string(first_chars(message.text, sms_text_chars_max))};
  const http::OutgoingAnswer heard = http::call_out(call_of(gateway, fitting), may_reach);
  if (!heard.kept_closed.empty()) {
    return {SmsOutcome::refused,
            fmt::format("The gateway's address {} is not on the public internet. Give another one, "
                        "or have the operator of this program add it to allowed_networks.",
                        heard.kept_closed)};
  }
  if (heard.status == 0) {
    return {SmsOutcome::retry_later,
            fmt::format("The SMS gateway could not be asked: {}.", heard.failure)};
  }
  return report_of_status(heard.status, fit_to_show(heard.body, gateway));
}

}  // namespace tandem::desk
