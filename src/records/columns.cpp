#include "records/columns.h"

#include <algorithm>
#include <array>

namespace tandem::records {

namespace {

constexpr size_t field_name_bytes_max = 60;
constexpr std::string_view own_title = "own_title";
constexpr std::string_view system_columns =
    "id, revision, title, created_at, updated_at, created_by, updated_by, deleted_at, deleted_by";
constexpr int system_column_count = 9;

FieldDef system_def(const char* name, const char* label, FieldKind kind) {
  FieldDef field;
  field.name = name;
  field.label = label;
  field.kind = kind;
  field.written_by = WrittenBy::system;
  if (kind == FieldKind::user) field.link_to = "agents";
  return field;
}

std::string list_to_json(const std::vector<std::string>& names) {
  JsonWriter json;
  json.begin_array();
  for (const std::string& name : names) json.string(name);
  json.end_array();
  return json.take();
}

Value list_from_json(const Json& json) {
  if (!json.is_array()) return Value();
  std::vector<std::string> names;
  for (const Json& name : json.get_array())
    if (name.is_string()) names.emplace_back(name.get_string());
  return names.empty() ? Value() : Value(std::move(names));
}

Value read_own(const FieldDef& field, const db::RowView& row, int column) {
  if (row.is_null(column)) return Value();
  switch (kind_of(field).holding) {
    case Holding::number: return Value(row.integer(column));
    case Holding::text: return Value(row.text(column));
    case Holding::list: {
      const Result<Json> json = json_from_text(row.text(column));
      return json ? list_from_json(*json) : Value();
    }
  }
  return Value();
}

/// A value whose JSON type is not the kind's own counts as none.
Value read_custom(const FieldDef& field, const Json& json) {
  switch (kind_of(field).holding) {
    case Holding::number: return json.is_int64() ? Value(json.get_int64()) : Value();
    case Holding::text:
      return json.is_string() ? Value(std::string_view(json.get_string())) : Value();
    case Holding::list: return list_from_json(json);
  }
  return Value();
}

void read_custom_values(const Shape& shape, std::string_view text, std::vector<Value>& values) {
  if (text.empty() || text == "{}") return;
  const Result<Json> json = json_from_text(text);
  if (!json) return;
  for (size_t index = shape.own_field_count(); index < shape.fields().size(); ++index) {
    const FieldDef& field = shape.fields()[index];
    if (const Json* value = find(*json, field.name)) values[index] = read_custom(field, *value);
  }
}

}  // namespace

const FieldDef* system_field(std::string_view name) {
  static const std::array<FieldDef, 8> fields{
      system_def("id", "Id", FieldKind::link),
      system_def("title", "Title", FieldKind::text),
      system_def("created_at", "Created at", FieldKind::instant),
      system_def("updated_at", "Updated at", FieldKind::instant),
      system_def("deleted_at", "Deleted at", FieldKind::instant),
      system_def("created_by", "Created by", FieldKind::user),
      system_def("updated_by", "Updated by", FieldKind::user),
      system_def("deleted_by", "Deleted by", FieldKind::user)};
  for (const FieldDef& field : fields)
    if (field.name == name) return &field;
  return nullptr;
}

bool is_reserved_name(std::string_view name) {
  constexpr std::string_view more[] = {"org_id",    "revision",      "custom", "may",
                                       "read_only", "custom_fields", own_title};
  return (system_field(name) != nullptr && name != "title") ||
         std::find(std::begin(more), std::end(more), name) != std::end(more);
}

bool is_field_name(std::string_view name) {
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  return !name.empty() && name.size() <= field_name_bytes_max && is_letter(name.front()) &&
         std::all_of(name.begin(), name.end(),
                     [&](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_'; });
}

std::string column_name(const FieldDef& field) {
  return field.name == "title" ? std::string(own_title) : field.name;
}

// `->>` gives text of the database's own collation on PostgreSQL, and LOWER() would then fold more
// than ASCII. The CASE never takes its second branch, but lends the expression the collation of
// the column title, so that both databases compare bytes.
std::string column_expression(const FieldDef& field) {
  if (&field == system_field(field.name)) return field.name;
  if (!field.custom) return '"' + column_name(field) + '"';
  const std::string path = "custom->>'" + field.name + "'";
  if (kind_of(field).holding == Holding::number) return "CAST(" + path + " AS BIGINT)";
  return "(CASE WHEN TRUE THEN " + path + " ELSE title END)";
}

std::string qualified_expression(const FieldDef& field, const std::string& table) {
  const std::string prefix = '"' + table + "\".";
  if (!field.custom) return prefix + column_expression(field);
  const std::string path = prefix + "custom->>'" + field.name + "'";
  return kind_of(field).holding == Holding::number ? "CAST(" + path + " AS BIGINT)" : path;
}

std::string select_list(const Shape& shape) {
  std::string list(system_columns);
  for (size_t index = 0; index < shape.own_field_count(); ++index)
    list += ", " + column_expression(shape.fields()[index]);
  if (shape.fields().size() > shape.own_field_count()) list += ", custom";
  return list;
}

Record read_record(const ShapeRef& shape, const db::RowView& row) {
  Record record;
  record.shape = shape;
  record.id = {row.integer(0)};
  record.revision = row.integer(1);
  record.title = row.text(2);
  record.created_at = {row.integer(3)};
  record.updated_at = {row.integer(4)};
  record.created_by = {row.integer(5)};
  record.updated_by = {row.integer(6)};
  if (!row.is_null(7)) record.deleted_at = Instant{row.integer(7)};
  record.deleted_by = {row.integer(8)};
  const std::vector<FieldDef>& fields = shape->fields();
  const size_t own = shape->own_field_count();
  record.values.reserve(fields.size());
  for (size_t index = 0; index < own; ++index)
    record.values.push_back(read_own(fields[index], row, system_column_count + int(index)));
  if (fields.size() > own) {
    record.values.resize(fields.size());
    read_custom_values(*shape, row.text(system_column_count + int(own)), record.values);
  }
  return record;
}

db::Value to_column(const FieldDef& field, const Value& value) {
  if (value.is_null()) return nullptr;
  switch (kind_of(field).holding) {
    case Holding::number: return value.number();
    case Holding::text: return value.text();
    case Holding::list: return list_to_json(value.list());
  }
  return nullptr;
}

std::string custom_json(const Record& record) {
  const Shape& shape = *record.shape;
  JsonWriter json;
  json.begin_object();
  for (size_t index = shape.own_field_count(); index < shape.fields().size(); ++index) {
    const Value& value = record.values[index];
    if (value.is_null()) continue;
    json.key(shape.fields()[index].name);
    if (value.is_number()) json.number(value.number());
    if (value.is_text()) json.string(value.text());
    if (value.is_list()) json.raw(list_to_json(value.list()));
  }
  json.end_object();
  return json.take();
}

}  // namespace tandem::records
