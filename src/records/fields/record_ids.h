#pragma once

#include "records/fields/field_kind.h"

// Ids of other records: link and user.

namespace tandem::records {

Result<Value> read_record_id(const FieldDef& field, std::string_view text);
/// Digits as text or number, or an object with the member "id".
Result<Value> read_record_id_json(const FieldDef& field, const Json& json);
Result<Value> normalise_record_id(const FieldDef& field, const Value& value);
void append_record_id(JsonWriter& json, const FieldDef& field, const Value& value);
std::string record_id_to_text(const FieldDef& field, const Value& value);

}  // namespace tandem::records
