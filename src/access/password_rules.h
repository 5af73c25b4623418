#pragma once

#include <string_view>

#include "base/result.h"

namespace tandem::access {

constexpr int password_chars_min = 8;
constexpr int password_chars_max = 256;

/// Refuses with invalid, field "password": "password_too_short" (also when too long),
/// "password_common" (among the usual ones, one character repeated, a keyboard or counting
/// sequence, the e-mail's own name). No rules of composition.
Result<void> check_new_password(std::string_view password, std::string_view email);

}  // namespace tandem::access
