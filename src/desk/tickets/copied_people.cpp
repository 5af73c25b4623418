#include "desk/tickets/copied_people.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <vector>

#include "base/reachable_address.h"
#include "base/text.h"

namespace tandem::desk {

namespace {

constexpr int64_t told_chars_max = 80;

bool is_space(char sign) { return sign == ' ' || sign == '\t' || sign == '\n' || sign == '\r'; }

/// Commas and semicolons end a person, a line end too; not inside "quotes" or <angles>.
std::vector<std::string> persons_in(std::string_view text) {
  std::vector<std::string> persons{""};
  bool is_quoted = false;
  bool is_angled = false;
  for (const char sign : text) {
    if (sign == '"') is_quoted = !is_quoted;
    if (!is_quoted && sign == '<') is_angled = true;
    if (!is_quoted && sign == '>') is_angled = false;
    const bool is_line_end = sign == '\n' || sign == '\r';
    const bool is_comma = !is_quoted && !is_angled && (sign == ',' || sign == ';');
    if (is_line_end || is_comma) {
      persons.emplace_back();
      is_quoted = false;
      is_angled = false;
    } else {
      persons.back() += sign;
    }
  }
  return persons;
}

/// "Ana Lima <ana@example.com>" is one address; bare ones may stand side by side.
std::vector<std::string> addresses_in(const std::string& person) {
  const size_t open = person.rfind('<');
  const size_t close = person.rfind('>');
  if (open != person.npos && close != person.npos && open < close) {
    return {std::string(trim(person.substr(open + 1, close - open - 1)))};
  }
  std::vector<std::string> words;
  bool goes_on = false;
  for (const char sign : person) {
    if (is_space(sign)) {
      goes_on = false;
      continue;
    }
    if (!goes_on) words.emplace_back();
    words.back() += sign;
    goes_on = true;
  }
  if (std::all_of(words.begin(), words.end(), is_reachable_address)) return words;
  return {std::string(trim(person))};
}

}  // namespace

Result<std::string> settle_copied_people(std::string_view typed, std::string_view before) {
  std::set<std::string> known;
  for (const std::string& one : split(before, ',')) known.insert(ascii_lower(trim(one)));
  std::vector<std::string> settled;
  for (const std::string& person : persons_in(typed)) {
    if (trim(person).empty()) continue;
    for (const std::string& written : addresses_in(person)) {
      std::string address = ascii_lower(written);
      if (!is_reachable_address(address) && !known.contains(address)) {
        return invalid(
            "cc", "not_an_address_list",
            fmt::format("Correct this address: {}", first_chars(written, told_chars_max)));
      }
      if (std::find(settled.begin(), settled.end(), address) == settled.end()) {
        settled.push_back(std::move(address));
      }
    }
  }
  if (settled.size() > copied_people_count_max) {
    return invalid("cc", "too_many", "Copy at most 100 people.");
  }
  return join(settled, ", ");
}

}  // namespace tandem::desk
