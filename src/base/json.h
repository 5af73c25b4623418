#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace tandem {

/// JSON that was read, or is small. Long answers are written with JsonWriter instead.
using Json = boost::json::value;
using JsonObject = boost::json::object;
using JsonArray = boost::json::array;

constexpr int json_depth_max = 32;

/// Parses strict UTF-8 JSON. Refuses with invalid (code "bad_json") and says at which byte it went
/// wrong.
Result<Json> json_from_text(std::string_view text);
/// Compact text.
std::string json_to_text(const Json& value);

/// The member, or null when `object` is no object or lacks it.
const Json* find(const Json& object, std::string_view key);
/// The member's text, or "" when absent or no string.
std::string text_of(const Json& object, std::string_view key);

/// Appends `text` to `out` as a JSON string with quotes. Bytes that are not UTF-8 become U+FFFD.
void append_json_string(std::string& out, std::string_view text);

/// The key of a member that many objects have: escaped once instead of each time.
class JsonKey {
 public:
  explicit JsonKey(std::string_view name) {
    append_json_string(text_, name);
    text_ += ':';
  }
  /// With quotes and colon.
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

/// Writes JSON straight into a string; it puts the commas. Misuse (a value without a key in an
/// object) is our bug.
class JsonWriter {
 public:
  JsonWriter& begin_object() { return open('{'); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& begin_array() { return open('['); }
  JsonWriter& end_array() { return close(']'); }
  JsonWriter& key(std::string_view name) {
    separate();
    append_json_string(out_, name);
    out_ += ':';
    fresh_ = true;
    return *this;
  }
  JsonWriter& key(const JsonKey& key) {
    separate();
    out_ += key.text();
    fresh_ = true;
    return *this;
  }
  JsonWriter& string(std::string_view text) {
    separate();
    append_json_string(out_, text);
    return *this;
  }
  JsonWriter& number(int64_t value) {
    separate();
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    out_.append(digits, end);
    return *this;
  }
  /// An id: decimal digits in quotes; null when 0.
  JsonWriter& id(int64_t value) {
    if (value == 0) return null();
    separate();
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    out_ += '"';
    out_.append(digits, end);
    out_ += '"';
    return *this;
  }
  JsonWriter& boolean(bool value) { return raw(value ? "true" : "false"); }
  JsonWriter& null() { return raw("null"); }
  /// Text that is JSON already.
  JsonWriter& raw(std::string_view json) {
    separate();
    out_ += json;
    return *this;
  }
  JsonWriter& value(const Json& json) { return raw(json_to_text(json)); }

  // Key and value in one call.
  JsonWriter& string(std::string_view name, std::string_view text) {
    return key(name).string(text);
  }
  JsonWriter& number(std::string_view name, int64_t value) { return key(name).number(value); }
  JsonWriter& id(std::string_view name, int64_t value) { return key(name).id(value); }
  JsonWriter& boolean(std::string_view name, bool value) { return key(name).boolean(value); }
  JsonWriter& null(std::string_view name) { return key(name).null(); }
  JsonWriter& raw(std::string_view name, std::string_view json) { return key(name).raw(json); }

  const std::string& text() const { return out_; }
  std::string take() { return std::move(out_); }
  void reserve(size_t bytes) { out_.reserve(bytes); }

 private:
  JsonWriter& open(char bracket) {
    separate();
    out_ += bracket;
    fresh_ = true;
    return *this;
  }
  JsonWriter& close(char bracket) {
    out_ += bracket;
    fresh_ = false;
    return *this;
  }
  void separate() {
    if (!fresh_ && !out_.empty()) out_ += ',';
    fresh_ = false;
  }

  std::string out_;
  bool fresh_ = true;
};

}  // namespace tandem
