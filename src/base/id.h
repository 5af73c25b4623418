#pragma once

#include <atomic>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.h"

namespace tandem {

/// A positive 63-bit key, made by the program, ordered by time, 17 to 19 decimal digits, a string
/// in every JSON. Tag keeps ids of different things apart.
template <class Tag>
struct TaggedId {
  int64_t value = 0;
  auto operator<=>(const TaggedId&) const = default;
  explicit operator bool() const { return value != 0; }
};

using OrgId = TaggedId<struct OrgTag>;
using PersonId = TaggedId<struct PersonTag>;
using RecordId = TaggedId<struct RecordTag>;

template <class Tag>
std::string to_string(TaggedId<Tag> id) {
  return std::to_string(id.value);
}

/// Reads 1 to 19 decimal digits that fit a positive int64; nothing else.
std::optional<int64_t> id_from_text(std::string_view text);

/// The smallest id that can be made at `at`: where a moment stands among ids. 0 before 2020.
int64_t first_id_at(Instant at);
/// Ids made within one millisecond differ in these bits alone.
constexpr int id_bits_below_ms = 22;

/// Makes the next id of this process: milliseconds since 2020 (41 bits), node (8 bits), counter (14
/// bits). Never repeats and never goes back within a process, also when the clock does.
/// Thread-safe. Two processes over one database must be given different nodes (0 to 255).
class IdMaker {
 public:
  IdMaker(const Clock& clock, int node);
  int64_t next();
  template <class Id>
  Id make() {
    return Id{next()};
  }

 private:
  const Clock& clock_;
  int64_t node_bits_ = 0;
  // Milliseconds and counter of the last id, in one word, so that one compare-and-swap moves both.
  std::atomic<int64_t> last_{0};
};

}  // namespace tandem

template <class Tag>
struct std::hash<tandem::TaggedId<Tag>> {
  size_t operator()(tandem::TaggedId<Tag> id) const noexcept {
    return std::hash<int64_t>()(id.value);
  }
};
