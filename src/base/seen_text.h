#pragma once

#include <string>
#include <string_view>

// What people see of a text: names that show nothing, or turn the words around them, are traps.

namespace tandem {

/// Whether nothing of the text is seen: white space of any script, controls and formatting alone.
bool is_unseen_text(std::string_view text);

/// The text as one line: controls and line ends become spaces, what turns the direction of the
/// writing (U+202A to U+202E, U+2066 to U+2069) goes. Joiners of scripts and emoji stay. "" when
/// nothing of it is seen. No blanks at its ends.
std::string seen_line(std::string_view text);

}  // namespace tandem
