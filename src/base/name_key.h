#pragma once

#include <string>
#include <string_view>

namespace tandem {

/// What two spellings of one whole name have in common: without capitals, widths and spaces. "" of
/// what is no whole name: one word, unless it is of three or more kana, Chinese characters or
/// Hangul.
std::string full_name_key(std::string_view first, std::string_view last);

}  // namespace tandem
