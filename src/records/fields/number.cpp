#include <fmt/format.h>

#include "records/fields/field_kind.h"

namespace tandem::records {

namespace {

Refusal out_of_range(const FieldDef& field) {
  return field_fault(field, "out_of_range",
                     fmt::format("must lie between {} and {}", -number_max, number_max));
}

bool is_digits(std::string_view text) {
  if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && text.find_first_not_of("0123456789") == text.npos;
}

Result<Value> read(const FieldDef& field, std::string_view text) {
  const std::optional<int64_t> number = whole_number(text, number_max);
  if (number) return Value(*number);
  if (is_digits(text)) return out_of_range(field);
  return field_fault(field, "not_a_number", "must be a whole number such as 12");
}

Result<Value> read_json(const FieldDef& field, const Json& json) {
  if (json.is_double()) {
    const double number = json.get_double();
    if (number < -double(number_max) || number > double(number_max)) return out_of_range(field);
    if (double(int64_t(number)) == number) return Value(int64_t(number));
  }
  if (json.is_bool()) return field_fault(field, "not_a_number", "must be a whole number");
  return json_as_text(field, json);
}

void append(JsonWriter& json, const FieldDef&, const Value& value) { json.number(value.number()); }

std::string to_digits(const FieldDef&, const Value& value) {
  return std::to_string(value.number());
}

}  // namespace

const FieldKindDef number_kind{
    .kind = FieldKind::number,
    .word = "number",
    .holding = Holding::number,
    .read_json = read_json,
    .read_text = read,
    .normalise = normalise_number,
    .append_json = append,
    .to_text = to_digits,
    .comparisons = order_comparisons,
};

}  // namespace tandem::records
