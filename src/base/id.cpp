#include "base/id.h"

#include <charconv>

namespace tandem {

namespace {

constexpr int64_t epoch_ms = 1'577'836'800'000;  // 2020-01-01T00:00:00Z
constexpr int node_bits = 8;
constexpr int counter_bits = 14;
static_assert(node_bits + counter_bits == id_bits_below_ms);

}  // namespace

std::optional<int64_t> id_from_text(std::string_view text) {
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value <= 0 || text.front() == '+')
    return std::nullopt;
  return value;
}

int64_t first_id_at(Instant at) {
  return at.ms <= epoch_ms ? 0 : (at.ms - epoch_ms) << id_bits_below_ms;
}

IdMaker::IdMaker(const Clock& clock, int node)
    : clock_(clock), node_bits_(int64_t(node) << counter_bits) {}

int64_t IdMaker::next() {
  const int64_t now = (clock_.now().ms - epoch_ms) << counter_bits;
  int64_t last = last_.load(std::memory_order_relaxed);
  int64_t mine = 0;
  // When a millisecond's counter is used up, or the clock went back, the next id borrows from the
  // coming millisecond.
  do mine = now > last ? now : last + 1;
  while (!last_.compare_exchange_weak(last, mine, std::memory_order_relaxed));
  const int64_t ms = mine >> counter_bits;
  const int64_t counter = mine & ((int64_t(1) << counter_bits) - 1);
  return (ms << (node_bits + counter_bits)) | node_bits_ | counter;
}

}  // namespace tandem
