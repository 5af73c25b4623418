#include "base/json.h"

#include <fmt/format.h>

#include <boost/json/parser.hpp>
#include <boost/json/serialize.hpp>
#include <cstring>

#include "base/text.h"

namespace tandem {

namespace {

Refusal bad_json(size_t byte, std::string_view reason) {
  return invalid(
      "", "bad_json",
      fmt::format("The JSON is wrong at byte {}: {}. Correct it and send it again.", byte, reason));
}

/// Where an escaped NUL stands, or npos. No text of the program may hold one: PostgreSQL can't
/// store it.
size_t escaped_nul(std::string_view text) {
  for (size_t at = text.find("\\u0000"); at != text.npos; at = text.find("\\u0000", at + 1)) {
    size_t backslashes = 1;
    while (backslashes <= at && text[at - backslashes] == '\\') ++backslashes;
    if (backslashes % 2 == 1) return at;
  }
  return text.npos;
}

/// What must not stand bare inside a JSON string: quote, backslash and control characters.
bool needs_escape(unsigned char c) { return c < 0x20 || c == '"' || c == '\\'; }

void append_escape(std::string& out, unsigned char c) {
  constexpr char digits[] = "0123456789abcdef";
  switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default: break;
  }
  out += "\\u00";
  out += digits[c >> 4];
  out += digits[c & 15];
}

/// Whether the eight bytes from `at` on are ASCII that stands bare in a JSON string. Of a byte
/// below a bound, the difference borrows and sets the high bit; a false alarm beside such a byte
/// costs only the slow way.
bool are_eight_plain(const char* at) {
  constexpr uint64_t ones = 0x0101010101010101;
  constexpr uint64_t highs = 0x8080808080808080;
  uint64_t eight = 0;
  std::memcpy(&eight, at, sizeof eight);
  const auto below = [&](uint64_t bytes, uint64_t bound) {
    return (bytes - ones * bound) & ~bytes;
  };
  const uint64_t quotes = below(eight ^ (ones * '"'), 1);
  const uint64_t backslashes = below(eight ^ (ones * '\\'), 1);
  return ((eight | below(eight, 0x20) | quotes | backslashes) & highs) == 0;
}

/// Most of what is written: names of fields, ids, English.
bool is_plain(std::string_view text) {
  size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    if (!are_eight_plain(text.data() + at)) return false;
  }
  if (text.size() >= 8) return are_eight_plain(text.data() + text.size() - 8);
  for (; at < text.size(); ++at) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (needs_escape(c) || c >= 0x80) return false;
  }
  return true;
}

void append_escaped_utf8(std::string& out, std::string_view text) {
  size_t clean_from = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (!needs_escape(c)) continue;
    out.append(text, clean_from, i - clean_from);
    append_escape(out, c);
    clean_from = i + 1;
  }
  out.append(text, clean_from);
}

}  // namespace

Result<Json> json_from_text(std::string_view text) {
  boost::json::parse_options options;
  options.max_depth = json_depth_max;
  boost::json::parser parser({}, options);
  boost::json::error_code error;
  const size_t read = parser.write(text.data(), text.size(), error);
  if (error == boost::json::error::too_deep) {
    return bad_json(read,
                    fmt::format("more than {} levels (conditions may be joined six levels deep)",
                                json_depth_max));
  }
  if (error) return bad_json(read, error.message());
  if (const size_t nul = escaped_nul(text); nul != text.npos)
    return bad_json(nul, "a NUL character");
  return parser.release();
}

std::string json_to_text(const Json& value) { return boost::json::serialize(value); }

const Json* find(const Json& object, std::string_view key) {
  const JsonObject* members = object.if_object();
  return members ? members->if_contains(key) : nullptr;
}

std::string text_of(const Json& object, std::string_view key) {
  const Json* member = find(object, key);
  const boost::json::string* text = member ? member->if_string() : nullptr;
  return text ? std::string(*text) : std::string();
}

void append_json_string(std::string& out, std::string_view text) {
  if (is_plain(text)) {
    const size_t before = out.size();
    const size_t after = before + text.size() + 2;
    // The second argument is not asked: libstdc++ 12 gives the new capacity there.
    out.resize_and_overwrite(after, [&](char* bytes, size_t) {
      bytes[before] = '"';
      text.copy(bytes + before + 1, text.size());
      bytes[after - 1] = '"';
      return after;
    });
    return;
  }
  out += '"';
  if (is_utf8(text)) {
    append_escaped_utf8(out, text);
  } else {
    std::string clean;
    // NUL is legal in JSON, so only broken bytes are replaced here, piece by piece.
    for (size_t from = 0; from <= text.size();) {
      const size_t nul = std::min(text.find('\0', from), text.size());
      clean += to_utf8_lossy(text.substr(from, nul - from));
      if (nul < text.size()) clean += '\0';
      from = nul + 1;
    }
    append_escaped_utf8(out, clean);
  }
  out += '"';
}

}  // namespace tandem
