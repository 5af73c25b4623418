#include "desk/customers/person_name.h"

#include "base/names.h"
#include "base/seen_text.h"
#include "base/text.h"

namespace tandem::desk {

namespace {

constexpr int64_t name_chars_max = 120;
constexpr int64_t key_chars_max = 200;  // folding may make a character several
constexpr int64_t one_word_chars_min = 3;

std::string one_line(std::string_view text) {
  return std::string(trim(first_chars(seen_line(to_utf8_lossy(text)), name_chars_max)));
}

}  // namespace

PersonName name_from(const Address& address) {
  const std::string name = one_line(address.name);
  if (name.empty() || name.find('@') != std::string::npos) {
    return {"", one_line(address.address.substr(0, address.address.find('@')))};
  }
  if (const size_t comma = name.find(','); comma != std::string::npos) {
    const std::string first(trim(std::string_view(name).substr(comma + 1)));
    const std::string last(trim(std::string_view(name).substr(0, comma)));
    if (!last.empty()) return {first, last};
  }
  const bool family_first = family_name_leads(name);
  const size_t space = family_first ? name.find(' ') : name.rfind(' ');
  if (space == std::string::npos) return {"", name};
  const std::string before(trim(std::string_view(name).substr(0, space)));
  const std::string after(trim(std::string_view(name).substr(space + 1)));
  return family_first ? PersonName{after, before} : PersonName{before, after};
}

std::string full_name_key(std::string_view first, std::string_view last) {
  // Full-width spaces are spaces once they are folded.
  const std::string name = fold(full_name(trim(first), trim(last)));
  std::string key;
  int words = 0;
  for (const std::string& word : split(name, ' ')) {
    if (!word.empty()) ++words;
    key += word;
  }
  const bool is_whole = words > 1 || (family_name_leads(key) && count_chars(key) >= one_word_chars_min);
  return is_whole ? std::string(first_chars(key, key_chars_max)) : "";
}

}  // namespace tandem::desk
