#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/id.h"
#include "base/instant.h"

namespace tandem::records {

/// What a field holds. Nothing; a whole number (number, decimal scaled by its places, money in
/// minor units, boolean 0 or 1, date in days, instant in milliseconds, link and user ids); text; or
/// several choices by name.
class Value {
 public:
  Value() = default;
  Value(int64_t number) : held_(number) {}
  Value(std::string text) : held_(std::move(text)) {}
  Value(std::string_view text) : held_(std::string(text)) {}
  Value(const char* text) : held_(std::string(text)) {}
  Value(Instant at) : held_(at.ms) {}
  Value(RecordId id) {
    if (id) held_ = id.value;
  }
  Value(std::vector<std::string> names) : held_(std::move(names)) {}

  bool is_null() const { return std::holds_alternative<std::monostate>(held_); }
  bool is_number() const { return std::holds_alternative<int64_t>(held_); }
  bool is_text() const { return std::holds_alternative<std::string>(held_); }
  bool is_list() const { return std::holds_alternative<std::vector<std::string>>(held_); }
  /// 0 when it is no number.
  int64_t number() const { return is_number() ? std::get<int64_t>(held_) : 0; }
  /// "" when it is no text.
  const std::string& text() const;
  /// Empty when it is no list.
  const std::vector<std::string>& list() const;
  bool truth() const { return number() != 0; }
  Instant instant() const { return {number()}; }
  RecordId id() const { return {number()}; }

  bool operator==(const Value&) const = default;

 private:
  std::variant<std::monostate, int64_t, std::string, std::vector<std::string>> held_;
};

}  // namespace tandem::records
