#include "bench/support/draw.h"

#include <algorithm>
#include <cmath>

namespace tandem::bench {

namespace {

constexpr std::string_view onsets = "bdfghjklmnprstvw";
constexpr std::string_view vowels = "aeiou";
constexpr int64_t syllables = int64_t(onsets.size() * vowels.size());

}  // namespace

uint64_t Draw::next() {  // splitmix64
  state_ += 0x9e3779b97f4a7c15ULL;
  uint64_t mixed = state_;
  mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9ULL;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebULL;
  return mixed ^ (mixed >> 31);
}

int64_t Draw::between(int64_t low, int64_t high) {
  return low + int64_t(next() % uint64_t(high - low + 1));
}

std::string Draw::word() {
  const double share = double(next() >> 11) / double(1ULL << 53);
  const auto rank = int64_t(std::pow(double(dictionary_words), share)) - 1;
  return word_at(std::clamp<int64_t>(rank, 0, dictionary_words - 1));
}

std::string Draw::words(int64_t count) {
  std::string text;
  for (int64_t at = 0; at < count; ++at) {
    if (at > 0) text += ' ';
    text += word();
  }
  return text;
}

std::string Draw::prose(int64_t count) {
  std::string text;
  while (count > 0) {
    const int64_t length = std::min(count, between(6, 14));
    if (!text.empty()) text += ' ';
    text += capitalised(words(length)) + ".";
    count -= length;
  }
  return text;
}

std::string word_at(int64_t rank) {
  std::string word;
  for (int64_t rest = rank + syllables; rest > 0; rest /= syllables) {
    const int64_t syllable = rest % syllables;
    word += onsets[size_t(syllable) / vowels.size()];
    word += vowels[size_t(syllable) % vowels.size()];
  }
  return word;
}

std::string capitalised(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = char(text[0] - 'a' + 'A');
  return text;
}

}  // namespace tandem::bench
