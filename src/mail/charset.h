#pragma once

#include <string>
#include <string_view>

namespace tandem::mail {

/// Text in a charset a mail declares, as UTF-8. `declared` may be empty, unknown or wrong: bytes
/// that do not fit it are guessed from what they are, and what fits nothing becomes U+FFFD. Never
/// fails.
std::string charset_to_utf8(std::string_view bytes, std::string_view declared);

/// For header bytes outside of encoded words, which declare nothing: UTF-8 when they are, else a
/// guess.
std::string undeclared_to_utf8(std::string_view bytes);

}  // namespace tandem::mail
