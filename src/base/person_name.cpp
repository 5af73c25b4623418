#include "base/person_name.h"

#include <cstdint>

#include "base/names.h"
#include "base/seen_text.h"
#include "base/text.h"

namespace tandem {

namespace {

constexpr int64_t name_chars_max = 120;

std::string one_line(std::string_view text) {
  return std::string(trim(first_chars(seen_line(to_utf8_lossy(text)), name_chars_max)));
}

}  // namespace

PersonName name_from(std::string_view typed, std::string_view address) {
  const std::string name = one_line(typed);
  if (name.empty() || name.find('@') != std::string::npos) {
    return {"", one_line(address.substr(0, address.find('@')))};
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

}  // namespace tandem
