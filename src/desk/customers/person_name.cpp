#include "desk/customers/person_name.h"

#include "base/text.h"

namespace tandem::desk {

namespace {

constexpr int64_t name_chars_max = 120;

std::string one_line(std::string_view text) {
  std::string line;
  for (const char letter : to_utf8_lossy(text)) {
    const auto code = static_cast<unsigned char>(letter);
    line += code < 0x20 || code == 0x7f ? ' ' : letter;
  }
  return std::string(first_chars(trim(line), name_chars_max));
}

/// Kana, Chinese characters and Hangul are three bytes that begin with E3 to ED; where they stand,
/// the family name stands first.
bool is_east_asian(std::string_view text) {
  if (text.empty()) return false;
  const auto lead = static_cast<unsigned char>(text.front());
  return lead >= 0xe3 && lead <= 0xed;
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
  const bool family_first = is_east_asian(name);
  const size_t space = family_first ? name.find(' ') : name.rfind(' ');
  if (space == std::string::npos) return {"", name};
  const std::string before(trim(std::string_view(name).substr(0, space)));
  const std::string after(trim(std::string_view(name).substr(space + 1)));
  return family_first ? PersonName{after, before} : PersonName{before, after};
}

std::string full_name(std::string_view first, std::string_view last) {
  if (first.empty()) return std::string(last);
  const bool family_first = is_east_asian(last);
  return std::string(family_first ? last : first) + " " + std::string(family_first ? first : last);
}

}  // namespace tandem::desk
