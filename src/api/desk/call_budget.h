#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <tuple>

#include "access/oauth_tokens.h"
#include "http/message.h"

// How many calls a program may make for one person. Kept in the memory of each node: who is held
// back is to wait a moment, and nothing is lost when a node forgets.

namespace tandem::api::desk_dialect {

constexpr int64_t calls_per_minute_max = 3'000;

/// What a call found.
struct CallBudget {
  int64_t left = 0;  // after this one
  Instant resets_at;
  bool is_spent = false;  // this one is not answered
};

class CallBudgets {
 public:
  /// Takes one call of the token's client and person. From any thread.
  CallBudget take(const access::OAuthToken& token, Instant now);

 private:
  struct Window {
    Instant ends_at;
    int64_t calls = 0;
  };
  using Caller = std::tuple<int64_t, int64_t, int64_t>;  // organisation, client, person
  std::mutex mutex_;
  std::map<Caller, Window> windows_;
};

/// 429, for who has no call left.
Refusal budget_spent();
/// Limit, rest and moment of reset, as clients of the dialect read them; Retry-After when it is
/// spent.
void show_budget(http::Response& response, const CallBudget& budget, Instant now);

}  // namespace tandem::api::desk_dialect
