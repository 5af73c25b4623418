#include "base/text.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>

namespace tandem {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD
constexpr size_t email_bytes_max = 254;
constexpr size_t email_local_bytes_max = 64;
constexpr size_t domain_label_bytes_max = 63;

char lower(char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; }

/// How many bytes from `from` on are ASCII.
size_t ascii_run(std::string_view text, size_t from) {
  constexpr uint64_t high_bits = 0x8080'8080'8080'8080;
  size_t at = from;
  for (; at + 8 <= text.size(); at += 8) {
    uint64_t eight = 0;
    std::memcpy(&eight, text.data() + at, 8);
    if ((eight & high_bits) != 0) break;
  }
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
  return at - from;
}

/// Bytes of the character at `at`, or 0 when it is broken: overlong, a surrogate, above U+10FFFF or
/// cut off.
size_t char_bytes(std::string_view text, size_t at) {
  const auto byte = [&](size_t i) {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0u;
  };
  const auto continues = [&](size_t i) { return (byte(i) & 0xC0) == 0x80; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return continues(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    if (!continues(1) || !continues(2)) return 0;
    if (first == 0xE0 && byte(1) < 0xA0) return 0;
    if (first == 0xED && byte(1) > 0x9F) return 0;
    return 3;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    if (!continues(1) || !continues(2) || !continues(3)) return 0;
    if (first == 0xF0 && byte(1) < 0x90) return 0;
    if (first == 0xF4 && byte(1) > 0x8F) return 0;
    return 4;
  }
  return 0;
}

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/// White space, control or invisible formatting: what a forged address hides behind.
bool is_unseen(UChar32 c) {
  const int8_t category = u_charType(c);
  return u_isspace(c) || category == U_CONTROL_CHAR || category == U_FORMAT_CHAR ||
         category == U_UNASSIGNED || category == U_PRIVATE_USE_CHAR;
}

bool has_unseen_chars(std::string_view text) {
  const auto size = int32_t(text.size());
  for (int32_t at = 0; at < size;) {
    UChar32 c = 0;
    U8_NEXT(text.data(), at, size, c);
    if (c < 0 || is_unseen(c)) return true;
  }
  return false;
}

bool is_domain_label(std::string_view label) {
  if (label.empty() || label.size() > domain_label_bytes_max) return false;
  if (label.front() == '-' || label.back() == '-') return false;
  return std::all_of(label.begin(), label.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

bool is_domain(std::string_view domain) {
  if (domain.empty()) return false;
  for (size_t from = 0; from <= domain.size();) {
    const size_t dot = std::min(domain.find('.', from), domain.size());
    if (!is_domain_label(domain.substr(from, dot - from))) return false;
    from = dot + 1;
  }
  return true;
}

bool is_local_part(std::string_view local) {
  if (local.empty() || local.size() > email_local_bytes_max) return false;
  if (local.front() == '.' || local.back() == '.' || local.find("..") != local.npos) return false;
  return local.find_first_of("<>()[]\\,;:\"") == local.npos;
}

}  // namespace

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::string ascii_lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

bool equal_ignoring_ascii_case(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                            [](char x, char y) { return lower(x) == lower(y); });
}

bool starts_with_ignoring_ascii_case(std::string_view text, std::string_view prefix) {
  return equal_ignoring_ascii_case(text.substr(0, prefix.size()), prefix);
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (size_t from = 0; from <= text.size();) {
    const size_t end = std::min(text.find(separator, from), text.size());
    parts.emplace_back(text.substr(from, end - from));
    from = end + 1;
  }
  return parts;
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string out;
  for (const std::string& part : parts) {
    if (&part != parts.data()) out += separator;
    out += part;
  }
  return out;
}

bool is_utf8(std::string_view bytes) {
  for (size_t at = 0; at < bytes.size();) {
    at += ascii_run(bytes, at);
    if (at == bytes.size()) break;
    const size_t size = char_bytes(bytes, at);
    if (size == 0) return false;
    at += size;
  }
  return true;
}

std::string to_utf8_lossy(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (size_t at = 0; at < bytes.size();) {
    const size_t size = bytes[at] == '\0' ? 0 : char_bytes(bytes, at);
    if (size == 0) {
      out += replacement;
      ++at;
    } else {
      out.append(bytes, at, size);
      at += size;
    }
  }
  return out;
}

int64_t count_chars(std::string_view text) {
  return std::count_if(text.begin(), text.end(),
                       [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
}

std::string_view first_chars(std::string_view text, int64_t chars) {
  int64_t seen = 0;
  for (size_t at = 0; at < text.size(); ++at) {
    const bool starts_char = (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
    if (starts_char && ++seen > chars) return text.substr(0, at);
  }
  return text;
}

std::string fold(std::string_view text) {
  if (ascii_run(text, 0) == text.size()) return ascii_lower(text);
  UErrorCode code = U_ZERO_ERROR;
  const icu::Normalizer2* folder = icu::Normalizer2::getNFKCCasefoldInstance(code);
  if (U_FAILURE(code)) throw std::runtime_error("ICU has no folding data");
  std::string out;
  icu::StringByteSink<std::string> sink(&out, int32_t(text.size()));
  folder->normalizeUTF8(0, icu::StringPiece(text.data(), int32_t(text.size())), sink, nullptr,
                        code);
  if (U_FAILURE(code)) throw std::runtime_error("ICU could not fold a text");
  return out;
}

bool is_email_address(std::string_view text) {
  if (text.size() > email_bytes_max) return false;
  const size_t at = text.find('@');
  if (at == text.npos || text.find('@', at + 1) != text.npos) return false;
  return is_local_part(text.substr(0, at)) && is_domain(text.substr(at + 1)) &&
         !has_unseen_chars(text);
}

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

}  // namespace tandem
