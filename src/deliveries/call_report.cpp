#include "deliveries/call_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/instant.h"
#include "base/text.h"

namespace tandem::deliveries {

namespace {

std::string one_line(const std::string& text) {
  std::string line = to_utf8_lossy(text);
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  return std::string(first_chars(trim(line), answer_chars_max));
}

CallOutcome outcome_of(int status) {
  if (status >= 200 && status < 300) return CallOutcome::delivered;
  if (status == 410) return CallOutcome::gone;
  for (const int about_the_content : {400, 413, 415, 422}) {
    if (status == about_the_content) return CallOutcome::refused;
  }
  return CallOutcome::try_again;
}

}  // namespace

CallReport report_of(const http::OutgoingAnswer& heard) {
  CallReport report{.status = heard.status, .took_ms = heard.took_ms};
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

}  // namespace tandem::deliveries
