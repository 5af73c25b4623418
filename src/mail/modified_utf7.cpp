#include "base/crypto.h"
#include "base/text.h"
#include "mail/imap.h"

namespace tandem::mail {
namespace {

void append_utf16(std::string& out, char32_t c) {
  const auto push = [&](char32_t unit) {
    out += static_cast<char>(unit >> 8);
    out += static_cast<char>(unit & 0xFF);
  };
  if (c < 0x10000) return push(c);
  push(0xD800 + ((c - 0x10000) >> 10));
  push(0xDC00 + ((c - 0x10000) & 0x3FF));
}

char32_t code_point(std::string_view one) {
  const auto lead = static_cast<unsigned char>(one[0]);
  char32_t c = one.size() == 1 ? lead : lead & (0xFF >> (one.size() + 1));
  for (const char next : one.substr(1)) c = (c << 6) | (static_cast<unsigned char>(next) & 0x3F);
  return c;
}

// Base64 with "," for "/" and without padding.
void append_shifted(std::string& out, std::string& utf16) {
  if (utf16.empty()) return;
  out += '&';
  for (const char c : to_base64(utf16)) {
    if (c != '=') out += c == '/' ? ',' : c;
  }
  out += '-';
  utf16.clear();
}

}  // namespace

std::string to_modified_utf7(std::string_view utf8) {
  const std::string valid = to_utf8_lossy(utf8);
  std::string out;
  std::string utf16;
  for (std::string_view rest = valid; !rest.empty();) {
    const std::string_view one = first_chars(rest, 1);
    if (one.empty()) break;
    const bool is_plain = one.size() == 1 && one[0] >= ' ' && one[0] < 0x7f;
    if (is_plain) {
      append_shifted(out, utf16);
      out += one;
      if (one[0] == '&') out += '-';
    } else {
      append_utf16(utf16, code_point(one));
    }
    rest.remove_prefix(one.size());
  }
  append_shifted(out, utf16);
  return out;
}

}  // namespace tandem::mail
