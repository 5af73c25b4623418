#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace tandem {

/// What a name is asked to be.
struct NameRule {
  std::string_view of;  // whose: "the rule"
  int64_t chars_max = 100;
  std::string_view field = "name";  // as the refusal says it, and as it names the field
};

/// The name as it is kept: trimmed, valid UTF-8, in one line. Refuses with invalid, naming the
/// rule's field: required, too_long, control_character.
Result<std::string> checked_name(std::string_view typed, const NameRule& rule);

/// Whether people write the family name first in the letters that `name` begins with.
bool family_name_leads(std::string_view name);
/// First and last name as people write them: "Ana Silva", "山田 太郎".
std::string full_name(std::string_view first, std::string_view last);

}  // namespace tandem
