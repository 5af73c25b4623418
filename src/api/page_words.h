#pragma once

#include <string_view>

namespace tandem::api {

/// What a page that the server makes says: "form.label.email", "rating.title", "consent.accept".
/// English for a language that is none; "" for a word that there is not.
std::string_view page_word(std::string_view locale, std::string_view key);

/// The language as a page names its own: "zh-CN".
std::string_view page_language(std::string_view locale);

}  // namespace tandem::api
