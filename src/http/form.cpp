#include <fmt/format.h>

#include "base/text.h"
#include "http/multipart.h"

namespace tandem::http {

namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

}  // namespace

std::string decode_percent(std::string_view text, PlusSign plus) {
  std::string out;
  out.reserve(text.size());
  bool is_ascii = true;
  for (size_t at = 0; at < text.size(); ++at) {
    char c = text[at];
    if (c == '+' && plus == PlusSign::is_space) {
      c = ' ';
    } else if (c == '%' && at + 2 < text.size()) {
      const int high = hex_value(text[at + 1]);
      const int low = hex_value(text[at + 2]);
      if (high >= 0 && low >= 0) {
        c = static_cast<char>(high * 16 + low);
        at += 2;
      }
    }
    if (static_cast<unsigned char>(c) >= 0x80 || c == '\0') is_ascii = false;
    out += c;
  }
  return is_ascii ? out : to_utf8_lossy(out);
}

std::string encode_percent(std::string_view text) {
  static constexpr char digits[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (is_unreserved(c)) {
      out += c;
      continue;
    }
    const unsigned char byte = static_cast<unsigned char>(c);
    out += '%';
    out += digits[byte >> 4];
    out += digits[byte & 15];
  }
  return out;
}

Result<Pairs> read_form(std::string_view body) {
  Pairs pairs;
  while (!body.empty()) {
    const size_t end = std::min(body.find('&'), body.size());
    const std::string_view pair = body.substr(0, end);
    body.remove_prefix(std::min(end + 1, body.size()));
    if (pair.empty()) continue;
    if (pairs.size() == form_pairs_max) {
      return too_large("too_many_pairs",
                       fmt::format("Send at most {} name and value pairs.", form_pairs_max));
    }
    const size_t equals = std::min(pair.find('='), pair.size());
    const std::string_view value = pair.substr(std::min(equals + 1, pair.size()));
    pairs.emplace_back(decode_percent(pair.substr(0, equals), PlusSign::is_space),
                       decode_percent(value, PlusSign::is_space));
  }
  return pairs;
}

}  // namespace tandem::http
