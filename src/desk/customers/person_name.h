#pragma once

#include <string>
#include <string_view>

#include "desk/desk.h"

namespace tandem::desk {

struct PersonName {
  std::string first;
  std::string last;
};
/// "Ana Silva" is Ana + Silva, "Silva, Ana" too, "山田 太郎" is 太郎 + 山田; without a name it is
/// the part before the @.
PersonName name_from(const Address& address);

/// First and last name as people write them: "Ana Silva", "山田 太郎".
std::string full_name(std::string_view first, std::string_view last);

}  // namespace tandem::desk
