#pragma once

#include <string>
#include <string_view>
#include <vector>

// Where in a text the words stand that somebody searched for.

namespace tandem::records {

constexpr int64_t excerpt_chars_max = 160;
/// What stands further behind in a text is found, but not shown.
constexpr int64_t excerpt_text_chars_max = 8'000;

struct ExcerptPart {
  std::string text;
  bool is_match = false;
};

/// The first place in `text` where a word of `query` stands, as search finds it (capitals, accents
/// and width apart), in one line of at most `chars_max` characters; what is left out at an end is
/// marked by "…". The parts, one behind the other, are the line. Empty when none of the words
/// stands there.
std::vector<ExcerptPart> excerpt_of(std::string_view text, std::string_view query,
                                    int64_t chars_max = excerpt_chars_max);

}  // namespace tandem::records
