#pragma once

#include <string_view>

namespace tandem::api::channels {

/// What a form says by itself, in the form's language: "label.email", "send", "code.required".
/// English for a language that is none; "" for a word that there is not.
std::string_view form_word(std::string_view locale, std::string_view word);

}  // namespace tandem::api::channels
