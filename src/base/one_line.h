#pragma once

#include <string>
#include <string_view>

namespace tandem {

/// A text with each run of spaces, tabs and line ends as one space, and none at its ends.
std::string in_one_line(std::string_view text);

}  // namespace tandem
