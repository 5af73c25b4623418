#pragma once

#include <string_view>

namespace tandem::access {

/// Whether the lower-case text is among the passwords that are guessed first.
bool is_common_password(std::string_view lower_case);

}  // namespace tandem::access
