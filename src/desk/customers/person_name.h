#pragma once

#include <string>
#include <string_view>

#include "base/names.h"
#include "desk/desk.h"

namespace tandem::desk {

struct PersonName {
  std::string first;
  std::string last;
};
/// "Ana Silva" is Ana + Silva, "Silva, Ana" too, "山田 太郎" is 太郎 + 山田; without a name it is
/// the part before the @.
PersonName name_from(const Address& address);

/// What two spellings of one whole name have in common: without capitals, widths and spaces. "" of
/// what is no whole name: one word, unless it is of three or more kana, Chinese characters or
/// Hangul.
std::string full_name_key(std::string_view first, std::string_view last);

}  // namespace tandem::desk
