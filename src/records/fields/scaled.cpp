#include "records/fields/scaled.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace tandem::records {

namespace {

bool is_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Refusal not_scaled(const FieldDef& field) {
  return field_fault(
      field, "not_a_number",
      fmt::format("must be a number with at most {} digits after the point, such as {}",
                  field.scale, scaled_to_text(field, Value(int64_t(12'500'000)))));
}

int64_t power_of_ten(int exponent) {
  int64_t power = 1;
  while (exponent-- > 0) power *= 10;
  return power;
}

}  // namespace

Result<Value> read_scaled(const FieldDef& field, std::string_view text) {
  const bool is_negative = text.starts_with('-');
  if (is_negative || text.starts_with('+')) text.remove_prefix(1);
  const size_t point = std::min(text.find('.'), text.size());
  const std::string_view whole = text.substr(0, point);
  std::string fraction(point < text.size() ? text.substr(point + 1) : "");
  while (fraction.size() > size_t(field.scale) && fraction.ends_with('0')) fraction.pop_back();
  if (whole.empty() && fraction.empty()) return not_scaled(field);
  if (!is_digits(whole) || !is_digits(fraction)) return not_scaled(field);
  if (fraction.size() > size_t(field.scale)) return not_scaled(field);
  fraction.append(size_t(field.scale) - fraction.size(), '0');
  const std::optional<int64_t> units = whole_number(std::string(whole) + fraction, scaled_max);
  if (!units) return field_fault(field, "out_of_range", "is too large");
  return Value(is_negative ? -*units : *units);
}

Result<Value> read_scaled_json(const FieldDef& field, const Json& json) {
  if (json.is_bool()) return not_scaled(field);
  if (!json.is_double()) return json_as_text(field, json);
  // The shortest text that means this double is the text the client wrote.
  char digits[400];
  const auto [end, error] =
      std::to_chars(digits, digits + sizeof digits, json.get_double(), std::chars_format::fixed);
  if (error != std::errc()) return not_scaled(field);
  return read_scaled(field, std::string_view(digits, size_t(end - digits)));
}

void append_scaled(JsonWriter& json, const FieldDef& field, const Value& value) {
  json.string(scaled_to_text(field, value));
}

std::string scaled_to_text(const FieldDef& field, const Value& value) {
  const int64_t units = value.number();
  if (field.scale == 0) return std::to_string(units);
  const int64_t power = power_of_ten(field.scale);
  const uint64_t size = units < 0 ? uint64_t(0) - uint64_t(units) : uint64_t(units);
  return fmt::format("{}{}.{:0{}}", units < 0 ? "-" : "", size / uint64_t(power),
                     size % uint64_t(power), field.scale);
}

}  // namespace tandem::records
