#include "records/fields/record_ids.h"

#include "base/text.h"

namespace tandem::records {

namespace {

Refusal not_an_id(const FieldDef& field) {
  return field_fault(field, "not_an_id", "must be the id of a record, in digits");
}

}  // namespace

Result<Value> read_record_id(const FieldDef& field, std::string_view text) {
  const std::optional<int64_t> id = id_from_text(trim(text));
  if (!id) return not_an_id(field);
  return *id == 0 ? Value() : Value(*id);
}

Result<Value> read_record_id_json(const FieldDef& field, const Json& json) {
  if (const Json* id = find(json, "id")) {
    if (id->is_null()) return Value();
    if (id->is_object()) return not_an_id(field);
    return read_record_id_json(field, *id);
  }
  if (json.is_string() || json.is_int64()) return json_as_text(field, json);
  return not_an_id(field);
}

Result<Value> normalise_record_id(const FieldDef& field, const Value& value) {
  if (!value.is_number() || value.number() < 0) return not_an_id(field);
  return value.number() == 0 ? Value() : value;
}

void append_record_id(JsonWriter& json, const FieldDef&, const Value& value) {
  json.id(value.number());
}

std::string record_id_to_text(const FieldDef&, const Value& value) {
  return std::to_string(value.number());
}

}  // namespace tandem::records
