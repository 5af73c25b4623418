#include "access/password_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "access/common_passwords.h"
#include "base/text.h"

namespace tandem::access {

namespace {

constexpr size_t decoration_bytes_max = 6;
constexpr size_t repeated_unit_bytes_max = 4;
constexpr size_t own_name_bytes_min = 4;
constexpr size_t beyond_own_name_bytes_min = 8;
constexpr std::array<std::string_view, 7> keyboard_rows{
    "1234567890",      "qwertyuiop", "asdfghjkl", "zxcvbnm",
    "qazwsxedcrfvtgb", "azertyuiop", "qwertzuiop"};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; }

/// "Dragon2024!" is "dragon" with what everybody puts behind.
bool is_decorated_common(std::string_view password) {
  if (is_common_password(password)) return true;
  size_t end = password.size();
  while (end > 0 && password.size() - end < decoration_bytes_max && !is_letter(password[end - 1])) {
    --end;
    if (is_common_password(password.substr(0, end))) return true;
  }
  return false;
}

/// "aaaaaaaa", "abababab", "abcdabcd".
bool is_repetition(std::string_view password) {
  for (size_t unit = 1; unit <= repeated_unit_bytes_max; ++unit) {
    bool repeats = password.size() > unit;
    for (size_t at = unit; repeats && at < password.size(); ++at) {
      repeats = password[at] == password[at - unit];
    }
    if (repeats) return true;
  }
  return false;
}

/// "23456789", "hgfedcba".
bool is_counting(std::string_view password) {
  bool up = true;
  bool down = true;
  for (size_t at = 1; at < password.size(); ++at) {
    up = up && password[at] == password[at - 1] + 1;
    down = down && password[at] == password[at - 1] - 1;
  }
  return up || down;
}

/// "asdfghjk", also backwards.
bool is_along_a_keyboard_row(std::string_view password) {
  const std::string backwards(password.rbegin(), password.rend());
  return std::any_of(keyboard_rows.begin(), keyboard_rows.end(), [&](std::string_view row) {
    return row.find(password) != std::string_view::npos ||
           row.find(backwards) != std::string_view::npos;
  });
}

bool is_own_name(std::string_view password, std::string_view email) {
  const std::string name = ascii_lower(email.substr(0, email.find('@')));
  if (name.size() < own_name_bytes_min || password.find(name) == std::string_view::npos) {
    return false;
  }
  return password.size() - name.size() < beyond_own_name_bytes_min;
}

}  // namespace

Result<void> check_new_password(std::string_view password, std::string_view email) {
  const int64_t chars = count_chars(password);
  if (chars < password_chars_min || chars > password_chars_max) {
    return invalid("password", "password_too_short",
                   fmt::format("Give a password of {} to {} characters.", password_chars_min,
                               password_chars_max));
  }
  const std::string lower = ascii_lower(password);
  if (is_decorated_common(lower) || is_repetition(lower) || is_counting(lower) ||
      is_along_a_keyboard_row(lower) || is_own_name(lower, email)) {
    return invalid(
        "password", "password_common",
        "This password is easily guessed. Use several words that do not belong together.");
  }
  return {};
}

}  // namespace tandem::access
