#include "base/names.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace tandem {

namespace {

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20; }

}  // namespace

Result<std::string> checked_name(std::string_view typed, const NameRule& rule) {
  const std::string field(rule.field);
  std::string name = to_utf8_lossy(trim(typed));
  if (name.empty()) {
    return invalid(field, "required", fmt::format("Give {} a {}.", rule.of, field));
  }
  if (count_chars(name) > rule.chars_max) {
    return invalid(field, "too_long",
                   fmt::format("Shorten the {} to {} characters.", field, rule.chars_max));
  }
  if (std::any_of(name.begin(), name.end(), is_control)) {
    return invalid(field, "control_character", fmt::format("Give the {} in one line.", field));
  }
  return name;
}

bool family_name_leads(std::string_view name) {
  if (name.empty()) return false;
  // Kana, Chinese characters and Hangul are three bytes that begin with E3 to ED.
  const auto lead = static_cast<unsigned char>(name.front());
  return lead >= 0xe3 && lead <= 0xed;
}

std::string full_name(std::string_view first, std::string_view last) {
  if (first.empty()) return std::string(last);
  const bool family_first = family_name_leads(last);
  return std::string(family_first ? last : first) + " " + std::string(family_first ? first : last);
}

}  // namespace tandem
