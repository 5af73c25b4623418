#include "base/text.h"
#include "records/fields/field_kind.h"

namespace tandem::records {

namespace {

Result<Value> read(const FieldDef& field, std::string_view text) {
  if (equal_ignoring_ascii_case(text, "true") || text == "1") return Value(int64_t(1));
  if (equal_ignoring_ascii_case(text, "false") || text == "0") return Value(int64_t(0));
  return field_fault(field, "not_a_boolean", "must be true or false");
}

Result<Value> normalise(const FieldDef& field, const Value& value) {
  if (!value.is_number()) return field_fault(field, "not_a_boolean", "must be true or false");
  return Value(int64_t(value.truth() ? 1 : 0));
}

void append(JsonWriter& json, const FieldDef&, const Value& value) { json.boolean(value.truth()); }

std::string to_word(const FieldDef&, const Value& value) {
  return value.truth() ? "true" : "false";
}

}  // namespace

const FieldKindDef boolean_kind{
    .kind = FieldKind::boolean,
    .word = "boolean",
    .holding = Holding::number,
    .read_json = json_as_text,
    .read_text = read,
    .normalise = normalise,
    .append_json = append,
    .to_text = to_word,
    .comparisons = equality_comparisons,
};

}  // namespace tandem::records
