#pragma once

#include <string>

#include "http/outgoing_call.h"

namespace tandem::deliveries {

constexpr int64_t answer_chars_max = 1'000;

/// What became of a call, and what follows.
enum class CallOutcome {
  delivered,  // 2xx
  try_again,  // the receiver could not be reached, or is out of order
  refused,    // the receiver does not want this content: 400, 413, 415, 422
  gone        // 410: nothing is wanted any more
};
struct CallReport {
  CallOutcome outcome = CallOutcome::try_again;
  int status = 0;
  std::string answer;  // its beginning, in one line, or why there was none
  int64_t retry_after_ms = 0;
  int64_t took_ms = 0;
};

/// The answer of a server as a log keeps it: short, one line.
CallReport report_of(const http::OutgoingAnswer& heard);

}  // namespace tandem::deliveries
