#pragma once

#include "records/fields/field_kind.h"

// A number with a fixed count of digits after the point, held as a whole number of its smallest
// unit: decimal and money.

namespace tandem::records {

constexpr int scale_max = 6;
constexpr int64_t scaled_max = 999'999'999'999'999'999;

Result<Value> read_scaled(const FieldDef& field, std::string_view text);
Result<Value> read_scaled_json(const FieldDef& field, const Json& json);
void append_scaled(JsonWriter& json, const FieldDef& field, const Value& value);
/// "-12.50"
std::string scaled_to_text(const FieldDef& field, const Value& value);

}  // namespace tandem::records
