#include "base/html_style.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace tandem {

namespace {

constexpr size_t declarations_max = 60;
constexpr size_t value_bytes_max = 200;
constexpr size_t color_bytes_max = 40;
constexpr size_t parts_max = 4;
constexpr size_t digits_max = 4;

enum class ValueKind { color, words, font_family, lengths, border };

struct Property {
  std::string_view name;
  ValueKind kind;
};

constexpr std::array properties{
    Property{"color", ValueKind::color},
    Property{"background-color", ValueKind::color},
    Property{"background", ValueKind::color},
    Property{"font-weight", ValueKind::words},
    Property{"font-style", ValueKind::words},
    Property{"font-size", ValueKind::lengths},
    Property{"font-family", ValueKind::font_family},
    Property{"text-decoration", ValueKind::words},
    Property{"text-align", ValueKind::words},
    Property{"width", ValueKind::lengths},
    Property{"margin", ValueKind::lengths},
    Property{"margin-top", ValueKind::lengths},
    Property{"margin-right", ValueKind::lengths},
    Property{"margin-bottom", ValueKind::lengths},
    Property{"margin-left", ValueKind::lengths},
    Property{"padding", ValueKind::lengths},
    Property{"padding-top", ValueKind::lengths},
    Property{"padding-right", ValueKind::lengths},
    Property{"padding-bottom", ValueKind::lengths},
    Property{"padding-left", ValueKind::lengths},
    Property{"border", ValueKind::border},
    Property{"border-top", ValueKind::border},
    Property{"border-right", ValueKind::border},
    Property{"border-bottom", ValueKind::border},
    Property{"border-left", ValueKind::border},
    Property{"border-color", ValueKind::color},
    Property{"border-style", ValueKind::words},
    Property{"border-width", ValueKind::lengths},
    Property{"border-collapse", ValueKind::words},
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

bool consists_of(std::string_view text, auto&& allowed) {
  return !text.empty() && std::all_of(text.begin(), text.end(), allowed);
}

/// One lower-case word or number such as "bold", "underline", "700".
bool is_word(std::string_view text) {
  return consists_of(text, [](char c) { return is_letter(c) || is_digit(c) || c == '-'; });
}

/// "0", "12px", "1.5em", "100%", "auto" or a size word. Never negative: text must not be drawn
/// outside its box.
bool is_length(std::string_view text) {
  constexpr std::array words{"auto",    "small",  "medium",   "large",    "x-small", "x-large",
                             "smaller", "larger", "xx-small", "xx-large", "thin",    "thick"};
  if (std::find(words.begin(), words.end(), text) != words.end()) return true;
  size_t at = 0;
  size_t whole = 0;
  for (; at < text.size() && is_digit(text[at]); ++at) ++whole;
  if (whole > digits_max) return false;
  size_t fraction = 0;
  if (at < text.size() && text[at] == '.') {
    for (++at; at < text.size() && is_digit(text[at]); ++at) ++fraction;
  }
  if (whole + fraction == 0) return false;
  constexpr std::array units{"", "px", "pt", "em", "rem", "%"};
  return std::find(units.begin(), units.end(), text.substr(at)) != units.end();
}

bool each_part(std::string_view value, auto&& accepts) {
  size_t parts = 0;
  for (const std::string& part : split(value, ' ')) {
    if (part.empty()) continue;
    if (++parts > parts_max || !accepts(std::string_view(part))) return false;
  }
  return parts > 0;
}

bool is_font_family(std::string_view value) {
  return consists_of(value, [](char c) {
    return is_letter(c) || is_digit(c) || c == ' ' || c == ',' || c == '-' || c == '\'' ||
           c == '"' || c == '_';
  });
}

bool accepts(ValueKind kind, std::string_view value) {
  switch (kind) {
    case ValueKind::color: return is_css_color(value);
    case ValueKind::words: return each_part(value, is_word);
    case ValueKind::font_family: return is_font_family(value);
    case ValueKind::lengths: return each_part(value, is_length);
    case ValueKind::border:
      return each_part(value,
                       [](std::string_view part) { return is_length(part) || is_css_color(part); });
  }
  return false;
}

/// "rgb(1, 2, 3)" with its blanks taken out, so that it stays one part of a border.
std::string without_blanks_in_brackets(std::string_view value) {
  std::string out;
  bool inside = false;
  for (const char c : value) {
    if (c == '(') inside = true;
    if (c == ')') inside = false;
    if (!(inside && c == ' ')) out += c;
  }
  return out;
}

void append_if_safe(std::string& out, std::string_view declaration) {
  const size_t colon = declaration.find(':');
  if (colon == declaration.npos) return;
  const std::string name = ascii_lower(trim(declaration.substr(0, colon)));
  std::string value = ascii_lower(trim(declaration.substr(colon + 1)));
  if (value.size() > value_bytes_max) return;
  constexpr std::string_view important = "!important";
  if (value.ends_with(important))
    value = trim(std::string_view(value).substr(0, value.size() - important.size()));
  value = without_blanks_in_brackets(value);
  const auto property = std::find_if(properties.begin(), properties.end(),
                                     [&](const Property& known) { return known.name == name; });
  if (property == properties.end() || !accepts(property->kind, value)) return;
  if (!out.empty()) out += ';';
  out += name + ':' + value;
}

}  // namespace

bool is_css_color(std::string_view value) {
  if (value.empty() || value.size() > color_bytes_max) return false;
  const std::string lowered = ascii_lower(value);
  std::string_view rest = lowered;
  if (rest.front() == '#') {
    rest.remove_prefix(1);
    return rest.size() >= 3 && rest.size() <= 8 &&
           consists_of(rest, [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); });
  }
  if (!rest.starts_with("rgb(") && !rest.starts_with("rgba(")) return consists_of(rest, is_letter);
  rest.remove_prefix(rest.find('(') + 1);
  if (!rest.ends_with(')')) return false;
  rest.remove_suffix(1);
  return consists_of(
      rest, [](char c) { return is_digit(c) || c == ',' || c == '.' || c == '%' || c == ' '; });
}

std::string safe_style(std::string_view style) {
  std::string out;
  size_t declarations = 0;
  for (size_t from = 0; from < style.size() && declarations < declarations_max; ++declarations) {
    const size_t end = std::min(style.find(';', from), style.size());
    append_if_safe(out, style.substr(from, end - from));
    from = end + 1;
  }
  return out;
}

}  // namespace tandem
