#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

// The one way in which the program calls servers that people name: SMS gateways and webhooks. It
// asks no proxy, follows no redirect, reads no password file, and connects to allowed addresses
// alone, by the address itself and not by its name.

namespace tandem::http {

constexpr int outgoing_connect_ms = 10'000;
constexpr int outgoing_timeout_usual_ms = 15'000;
constexpr size_t outgoing_answer_bytes_max = 64 * 1'024;

/// Whether an address ("192.0.2.1") may be connected to. Empty: any.
using MayReach = std::function<bool(const std::string& address)>;

struct OutgoingCall {
  std::string method = "POST";
  std::string url;  // http or https
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;  // not sent with GET
  int timeout_ms = outgoing_timeout_usual_ms;
};

struct OutgoingAnswer {
  int status = 0;             // 0: there was no answer, and `failure` says why
  std::string body;           // its beginning, at most outgoing_answer_bytes_max
  int64_t retry_after_s = 0;  // 0: none was asked for
  std::string failure;
  std::string kept_closed;  // the address that may not be connected to
  int64_t took_ms = 0;
};

/// Waits at most the call's time-out. An answer that goes on for too long counts as one.
OutgoingAnswer call_out(const OutgoingCall& call, const MayReach& may_reach);

}  // namespace tandem::http
