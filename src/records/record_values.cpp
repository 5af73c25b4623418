#include "base/text.h"
#include "records/fields/field_kind.h"

namespace tandem::records {

namespace {

Refusal unknown_field(const Shape& shape, const std::string& name) {
  return invalid(name, "unknown_field", shape.module().label + " has no field " + name + ".");
}

Refusal read_only(const FieldDef& field) {
  return field_fault(field, "read_only", "is set by the program; leave it out");
}

/// Reads one member into `changes` or adds its faults.
void read_member(const Shape& shape, std::string_view name, const Json& json, Changes& changes,
                 std::vector<FieldFault>& faults) {
  const auto refuse = [&](const Refusal& refusal) {
    faults.push_back({refusal.field, refusal.code, refusal.message});
  };
  for (const ComputedField& computed : shape.module().computed)
    if (computed.field.name == name) return refuse(read_only(computed.field));
  const FieldDef* field = shape.find(name);
  if (field == nullptr) return refuse(unknown_field(shape, std::string(name)));
  if (field->written_by == WrittenBy::system || field->kind == FieldKind::auto_number)
    return refuse(read_only(*field));
  Result<Value> value = value_from_json(*field, json);
  if (!value) return refuse(value.error());
  changes.set(field->name, std::move(*value));
}

}  // namespace

Result<Value> value_from_json(const FieldDef& field, const Json& json) {
  if (json.is_null()) return Value();
  if (json.is_string() && trim(std::string_view(json.get_string())).empty()) return Value();
  return kind_of(field).read_json(field, json);
}

Result<Value> value_from_text(const FieldDef& field, std::string_view text) {
  const std::string_view trimmed = trim(text);
  if (trimmed.empty()) return Value();
  return kind_of(field).read_text(field, trimmed);
}

void append_value(JsonWriter& json, const FieldDef& field, const Value& value) {
  if (value.is_null()) {
    json.null();
  } else {
    kind_of(field).append_json(json, field, value);
  }
}

std::string value_to_text(const FieldDef& field, const Value& value) {
  return value.is_null() ? std::string() : kind_of(field).to_text(field, value);
}

Result<Changes> changes_from_json(const Shape& shape, const JsonObject& object) {
  Changes changes;
  std::vector<FieldFault> faults;
  for (const auto& [name, json] : object) {
    const bool holds_custom = name == "custom" && json.is_object();
    if (!holds_custom) {
      read_member(shape, std::string_view(name), json, changes, faults);
      continue;
    }
    for (const auto& [custom_name, custom_json] : json.get_object())
      read_member(shape, std::string_view(custom_name), custom_json, changes, faults);
  }
  if (!faults.empty()) return invalid(std::move(faults));
  return changes;
}

}  // namespace tandem::records
