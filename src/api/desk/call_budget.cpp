#include "api/desk/call_budget.h"

#include <algorithm>

namespace tandem::api::desk_dialect {

namespace {

constexpr int64_t window_ms = minute_ms;
constexpr size_t callers_max = 10'000;

}  // namespace

CallBudget CallBudgets::take(const access::OAuthToken& token, Instant now) {
  const std::lock_guard lock(mutex_);
  if (windows_.size() >= callers_max) {
    std::erase_if(windows_, [&](const auto& one) { return one.second.ends_at <= now; });
    if (windows_.size() >= callers_max) windows_.clear();
  }
  Window& window = windows_[{token.org.value, token.client.value, token.person.value}];
  if (window.ends_at <= now) window = {.ends_at = now + window_ms, .calls = 0};
  const bool is_spent = window.calls >= calls_per_minute_max;
  if (!is_spent) ++window.calls;
  return {.left = calls_per_minute_max - window.calls,
          .resets_at = window.ends_at,
          .is_spent = is_spent};
}

Refusal budget_spent() {
  Refusal refusal = busy("Too many calls in a minute. Wait as long as Retry-After says.");
  refusal.code = "threshold_exceeded";
  return refusal;
}

void show_budget(http::Response& response, const CallBudget& budget, Instant now) {
  const std::string left = std::to_string(budget.left);
  response.set_header("X-Rate-Limit-Request-Weight-v3", "1");
  response.set_header("X-Rate-Limit-Remaining-v3", left);
  response.set_header("X-RATELIMIT-LIMIT", std::to_string(calls_per_minute_max));
  response.set_header("X-RATELIMIT-REMAINING", left);
  response.set_header("X-RATELIMIT-RESET", std::to_string(budget.resets_at.ms));
  if (!budget.is_spent) return;
  const int64_t seconds = (budget.resets_at - now + second_ms - 1) / second_ms;
  response.set_header("Retry-After", std::to_string(std::max<int64_t>(1, seconds)));
}

}  // namespace tandem::api::desk_dialect
