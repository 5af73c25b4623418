#pragma once

#include <string>
#include <string_view>

namespace tandem {

/// The declarations of a style attribute that can only change how text looks: colours, fonts,
/// alignment, and boxes of bounded size. Everything else vanishes: addresses, functions other than
/// rgb(), positions, escapes, comments.
std::string safe_style(std::string_view style);

/// A colour by name, #hex or rgb(); at most 40 characters.
bool is_css_color(std::string_view value);

}  // namespace tandem
