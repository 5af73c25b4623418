#pragma once

#include <string>
#include <string_view>

#include "api/page_words.h"

namespace tandem::api::channels {

/// What a form says by itself, in the form's language: "label.email", "send", "code.required".
/// "" for a word that there is not.
inline std::string_view form_word(std::string_view locale, std::string_view word) {
  return page_word(locale, "form." + std::string(word));
}

}  // namespace tandem::api::channels
