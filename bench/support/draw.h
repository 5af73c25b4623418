#pragma once

#include <cstdint>
#include <string>

namespace tandem::bench {

/// Random numbers and texts that are the same in every run.
class Draw {
 public:
  explicit Draw(uint64_t seed) : state_(seed) {}

  uint64_t next();
  /// From low to high, both included.
  int64_t between(int64_t low, int64_t high);
  bool chance(int percent) { return between(1, 100) <= percent; }
  /// A word; few are frequent and many are rare, as in real texts.
  std::string word();
  std::string words(int64_t count);
  /// Sentences of together `count` words.
  std::string prose(int64_t count);

 private:
  uint64_t state_ = 0;
};

/// The word at a place of the dictionary: 0 is the most frequent one, 19,999 the rarest.
std::string word_at(int64_t rank);
constexpr int64_t dictionary_words = 20'000;

std::string capitalised(std::string text);

}  // namespace tandem::bench
