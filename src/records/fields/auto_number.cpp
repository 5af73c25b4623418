#include "records/fields/field_kind.h"

namespace tandem::records {

namespace {

/// Given only by imports; otherwise the counter of the organisation gives it.
Result<Value> read(const FieldDef& field, std::string_view text) {
  const std::optional<int64_t> number = whole_number(text, number_max);
  if (!number || *number < 1)
    return field_fault(field, "not_a_number", "must be a whole number from 1");
  return Value(*number);
}

Result<Value> normalise(const FieldDef& field, const Value& value) {
  if (!value.is_number() || value.number() < 1 || value.number() > number_max)
    return field_fault(field, "out_of_range", "must be a whole number from 1");
  return value;
}

void append(JsonWriter& json, const FieldDef&, const Value& value) { json.number(value.number()); }

std::string to_digits(const FieldDef&, const Value& value) {
  return std::to_string(value.number());
}

}  // namespace

const FieldKindDef auto_number_kind{
    .kind = FieldKind::auto_number,
    .word = "auto_number",
    .holding = Holding::number,
    .read_json = json_as_text,
    .read_text = read,
    .normalise = normalise,
    .append_json = append,
    .to_text = to_digits,
    .comparisons = order_comparisons,
};

}  // namespace tandem::records
