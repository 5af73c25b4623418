#include "records/fields/field_kind.h"

namespace tandem::records {

namespace {

Result<Value> read(const FieldDef& field, std::string_view text) {
  const Result<int64_t> day = day_from_iso(text);
  if (!day) return field_fault(field, "not_a_date", "must be a day such as 2026-11-04");
  return Value(*day);
}

Result<Value> read_json(const FieldDef& field, const Json& json) {
  if (!json.is_string())
    return field_fault(field, "not_a_date", "must be a day such as 2026-11-04");
  return read(field, json.get_string());
}

void append(JsonWriter& json, const FieldDef&, const Value& value) {
  json.string(day_to_iso(value.number()));
}

std::string to_day(const FieldDef&, const Value& value) { return day_to_iso(value.number()); }

}  // namespace

const FieldKindDef date_kind{
    .kind = FieldKind::date,
    .word = "date",
    .holding = Holding::number,
    .read_json = read_json,
    .read_text = read,
    .normalise = normalise_number,
    .append_json = append,
    .to_text = to_day,
    .comparisons = order_comparisons,
};

}  // namespace tandem::records
