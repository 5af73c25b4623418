#include "base/seen_text.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "base/text.h"

namespace tandem {

namespace {

bool shows_nothing(UChar32 c) {
  if (c < 0) return false;
  const int8_t category = u_charType(c);
  return u_isUWhiteSpace(c) || category == U_CONTROL_CHAR || category == U_FORMAT_CHAR ||
         u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

bool ends_a_line(UChar32 c) {
  return u_charType(c) == U_CONTROL_CHAR || c == 0x2028 || c == 0x2029;
}

bool turns_the_writing(UChar32 c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

}  // namespace

bool is_unseen_text(std::string_view text) {
  const auto size = int32_t(text.size());
  for (int32_t at = 0; at < size;) {
    UChar32 c = 0;
    U8_NEXT(text.data(), at, size, c);
    if (!shows_nothing(c)) return false;
  }
  return true;
}

std::string seen_line(std::string_view text) {
  if (is_unseen_text(text)) return "";
  std::string line;
  line.reserve(text.size());
  const auto size = int32_t(text.size());
  for (int32_t at = 0; at < size;) {
    const int32_t begin = at;
    UChar32 c = 0;
    U8_NEXT(text.data(), at, size, c);
    if (c >= 0 && turns_the_writing(c)) continue;
    if (c >= 0 && ends_a_line(c)) {
      line += ' ';
    } else {
      line.append(text, size_t(begin), size_t(at - begin));
    }
  }
  return std::string(trim(line));
}

}  // namespace tandem
