#include "desk/notifications/placeholders.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace tandem::desk {

namespace {

constexpr size_t placeholder_bytes_max = 32;

bool is_of_a_name(char c) { return (c >= 'a' && c <= 'z') || c == '_' || c == '.'; }

/// The name in braces that begins at `at`; "" when none does.
std::string_view name_at(std::string_view words, size_t at) {
  if (words[at] != '{') return "";
  size_t end = at + 1;
  while (end < words.size() && end - at <= placeholder_bytes_max && is_of_a_name(words[end])) ++end;
  if (end >= words.size() || words[end] != '}') return "";
  return words.substr(at + 1, end - at - 1);
}

/// The first name in braces that is no placeholder; "" when there is none.
std::string_view unknown_placeholder(std::string_view words,
                                     const std::vector<std::string>& known) {
  for (size_t at = 0; at < words.size(); ++at) {
    const std::string_view name = name_at(words, at);
    if (name.empty()) continue;
    if (std::find(known.begin(), known.end(), name) == known.end()) return name;
  }
  return "";
}

}  // namespace

Result<void> check_placeholders(const std::string& field, std::string_view words,
                                const std::vector<std::string>& known) {
  const std::string_view unknown = unknown_placeholder(words, known);
  if (unknown.empty()) return {};
  return invalid(
      field, "unknown_placeholder",
      fmt::format("There is no placeholder {{{}}}. Use {{{}}}.", unknown, join(known, "}, {")));
}

std::string filled(std::string_view words, const PlaceholderValues& values) {
  std::string text;
  for (size_t at = 0; at < words.size(); ++at) {
    const std::string_view name = name_at(words, at);
    const auto value = name.empty() ? values.end() : values.find(name);
    if (value == values.end()) {
      text += words[at];
      continue;
    }
    text += value->second;
    at += name.size() + 1;
  }
  return text;
}

std::string filled_line(std::string_view words, const PlaceholderValues& values) {
  std::string line = filled(words, values);
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  return std::string(trim(line));
}

std::string filled_html(std::string_view html, const PlaceholderValues& values) {
  PlaceholderValues escaped;
  for (const auto& [name, value] : values) escaped[name] = escape_html(value);
  return filled(html, escaped);
}

}  // namespace tandem::desk
