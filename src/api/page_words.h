#pragma once

#include <string>
#include <string_view>

namespace tandem::api {

/// What a page that the server makes says: "form.label.email", "rating.title", "consent.accept".
/// English for a language that is none; "" for a word that there is not.
std::string_view page_word(std::string_view locale, std::string_view key);

/// The first of the program's languages that a browser asks for ("pt-BR,pt;q=0.9"), else English:
/// for pages that are shown before anything is known of their reader.
std::string locale_asked(std::string_view accept_language);

/// The language as a page names its own: "zh-CN".
std::string_view page_language(std::string_view locale);

}  // namespace tandem::api
