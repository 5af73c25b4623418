#pragma once

#include <string>
#include <string_view>

#include "base/names.h"
#include "base/person_name.h"
#include "desk/desk.h"

namespace tandem::desk {

using tandem::PersonName;

/// As tandem::name_from, of a sender.
PersonName name_from(const Address& address);

/// What two spellings of one whole name have in common: without capitals, widths and spaces. "" of
/// what is no whole name: one word, unless it is of three or more kana, Chinese characters or
/// Hangul.
std::string full_name_key(std::string_view first, std::string_view last);

}  // namespace tandem::desk
