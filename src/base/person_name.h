#pragma once

#include <string>
#include <string_view>

namespace tandem {

struct PersonName {
  std::string first;
  std::string last;
};

/// "Ana Silva" is Ana + Silva, "Silva, Ana" too, "山田 太郎" is 太郎 + 山田; without a name it is
/// the part of the address before the @.
PersonName name_from(std::string_view name, std::string_view address = "");

}  // namespace tandem
