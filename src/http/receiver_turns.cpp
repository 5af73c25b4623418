#include "http/receiver_turns.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/text.h"

namespace tandem::http {

namespace {

/// Before the first call of a receiver came back.
constexpr int64_t usual_first_ms = 1'000;

// Of this process alone; clocks of people may be set back.
int64_t steady_ms() {
  using std::chrono::duration_cast;
  using std::chrono::milliseconds;
  return duration_cast<milliseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace

std::string receiver_of(std::string_view url) {
  const size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return "";
  std::string_view host = url.substr(scheme + 3);
  host = host.substr(0, host.find_first_of("/?#"));
  const size_t name = host.rfind('@');
  if (name != std::string_view::npos) host = host.substr(name + 1);
  return ascii_lower(host);
}

int64_t ReceiverTurns::take(const std::string& receiver, int64_t now_ms) {
  const std::lock_guard lock(mutex_);
  Receiver& one = receivers_[receiver];
  if (one.calls < turns_per_receiver_max) {
    ++one.calls;
    return 0;
  }
  const int64_t usual_ms = one.usual_ms > 0 ? one.usual_ms : usual_first_ms;
  const int64_t from_ms = std::clamp(one.next_place_ms, now_ms, now_ms + turn_wait_max_ms);
  one.next_place_ms = from_ms + usual_ms / turns_per_receiver_max;
  return std::clamp(one.next_place_ms - now_ms, turn_wait_min_ms, turn_wait_max_ms);
}

void ReceiverTurns::give_back(const std::string& receiver, int64_t took_ms) {
  const std::lock_guard lock(mutex_);
  const auto found = receivers_.find(receiver);
  if (found == receivers_.end()) return;
  found->second.usual_ms = std::max<int64_t>(took_ms, 1);
  if (--found->second.calls == 0) receivers_.erase(found);
}

ReceiverTurn::ReceiverTurn(ReceiverTurns& turns, std::string receiver)
    : turns_(turns),
      receiver_(std::move(receiver)),
      since_ms_(steady_ms()),
      wait_ms_(turns.take(receiver_, since_ms_)) {}

ReceiverTurn::~ReceiverTurn() {
  if (is_taken()) turns_.give_back(receiver_, steady_ms() - since_ms_);
}

}  // namespace tandem::http
