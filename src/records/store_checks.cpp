#include "records/store_checks.h"

#include <fmt/format.h>

#include "base/text.h"
#include "records/columns.h"

namespace tandem::records {

namespace {

constexpr int64_t title_chars_max = 255;
constexpr int64_t logged_chars_max = 2'000;

const Value& before_of(const Change& change, size_t index) {
  static const Value nothing;
  if (change.is_new() || index >= change.before.values.size()) return nothing;
  return change.before.values[index];
}

bool is_long(const FieldDef& field) {
  return field.kind == FieldKind::long_text || field.kind == FieldKind::rich_text;
}

void append_logged(JsonWriter& json, const FieldDef& field, const Value& value) {
  if (value.is_null() || !is_long(field)) return append_value(json, field, value);
  const std::string text = value_to_text(field, value);
  const std::string_view shown = first_chars(text, logged_chars_max);
  json.string(shown.size() < text.size() ? std::string(shown) + "…" : text);
}

}  // namespace

Result<void> normalise_values(Change& change) {
  std::vector<FieldFault> faults;
  const std::vector<FieldDef>& fields = change.proposed.shape->fields();
  change.proposed.values.resize(fields.size());
  for (size_t index = 0; index < fields.size(); ++index) {
    Value& value = change.proposed.values[index];
    if (value.is_null() || value == before_of(change, index)) continue;
    Result<Value> stored = kind_of(fields[index]).normalise(fields[index], value);
    if (stored) {
      value = std::move(*stored);
    } else {
      faults.push_back({stored.error().field, stored.error().code, stored.error().message});
    }
  }
  if (!faults.empty()) return invalid(std::move(faults));
  return {};
}

std::vector<size_t> changed_fields(const Change& change) {
  std::vector<size_t> changed;
  for (size_t index = 0; index < change.proposed.values.size(); ++index)
    if (change.proposed.values[index] != before_of(change, index)) changed.push_back(index);
  return changed;
}

Result<void> check_links(const Change& change, const std::vector<size_t>& fields) {
  std::vector<FieldFault> faults;
  const Shape& shape = *change.proposed.shape;
  for (const size_t index : fields) {
    const FieldDef& field = shape.fields()[index];
    const Value& value = change.proposed.values[index];
    if (field.link_to.empty() || !value.is_number()) continue;
    const ModuleDef* target = shape.catalogue().find(field.link_to);
    if (target == nullptr) continue;
    const auto found = change.tx.row(
        fmt::format("SELECT 1 FROM \"{}\" WHERE org_id = $1 AND id = $2", target->table_name()),
        {change.org.value, value.number()});
    if (found) continue;
    const Refusal refusal = field_fault(
        field, "no_such_record",
        fmt::format("links to no {} that exists; choose another", ascii_lower(target->label)));
    faults.push_back({refusal.field, refusal.code, refusal.message});
  }
  if (!faults.empty()) return invalid(std::move(faults));
  return {};
}

void give_numbers(Change& change) {
  const Shape& shape = *change.proposed.shape;
  for (size_t index = 0; index < shape.own_field_count(); ++index) {
    if (shape.fields()[index].kind != FieldKind::auto_number) continue;
    const int64_t given = change.proposed.values[index].number();
    const int64_t counted = change.tx.integer(
        "INSERT INTO counters (org_id, name, value) "
        "VALUES ($1, $2, CASE WHEN $3 > 0 THEN $3 ELSE 1 END) "
        "ON CONFLICT (org_id, name) DO UPDATE SET value = "
        "CASE WHEN $3 = 0 THEN counters.value + 1 WHEN $3 > counters.value THEN $3 "
        "ELSE counters.value END RETURNING value",
        {change.org.value, shape.module().name + "." + shape.fields()[index].name, given});
    change.proposed.values[index] = Value(given > 0 ? given : counted);
  }
}

std::string title_of(const Record& record) {
  const ModuleDef& module = record.shape->module();
  const std::string title = module.title_of
                                ? module.title_of(record)
                                : value_to_text(module.fields.front(), record.values.front());
  return to_utf8_lossy(first_chars(trim(title), title_chars_max));
}

bool is_in_title(const ShapeRef& shape, const FieldDef& field) {
  if (kind_of(field).holding != Holding::text) return false;
  Record probe;
  probe.shape = shape;
  probe.values.resize(shape->fields().size());
  const std::string before = title_of(probe);
  probe.set(field.name, "x");
  return title_of(probe) != before;
}

std::string changes_json_of(const Change& change, const std::vector<size_t>& fields) {
  JsonWriter json;
  json.begin_object();
  for (const size_t index : fields) {
    const FieldDef& field = change.proposed.shape->fields()[index];
    json.key(field.name).begin_array();
    append_logged(json, field, before_of(change, index));
    append_logged(json, field, change.proposed.values[index]);
    json.end_array();
  }
  json.end_object();
  return json.take();
}

}  // namespace tandem::records
