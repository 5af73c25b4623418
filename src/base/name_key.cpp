#include "base/name_key.h"

#include "base/names.h"
#include "base/text.h"

namespace tandem {

namespace {

constexpr int64_t key_chars_max = 200;  // folding may make a character several
constexpr int64_t one_word_chars_min = 3;

}  // namespace

std::string full_name_key(std::string_view first, std::string_view last) {
  // Full-width spaces are spaces once they are folded.
  const std::string name = fold(full_name(trim(first), trim(last)));
  std::string key;
  int words = 0;
  for (const std::string& word : split(name, ' ')) {
    if (!word.empty()) ++words;
    key += word;
  }
  const bool is_whole =
      words > 1 || (family_name_leads(key) && count_chars(key) >= one_word_chars_min);
  return is_whole ? std::string(first_chars(key, key_chars_max)) : "";
}

}  // namespace tandem
