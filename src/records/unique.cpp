#include "records/unique.h"

#include <fmt/format.h>

#include "base/text.h"
#include "records/columns.h"

namespace tandem::records {

namespace {

std::string folded(const FieldDef& field, const Value& value) {
  return value.is_number() ? std::to_string(value.number())
                           : ascii_lower(value_to_text(field, value));
}

bool is_taken_by_own(db::Transaction& tx, OrgId org, const Record& record, const FieldDef& field,
                     const Value& value) {
  const std::string column = column_expression(field);
  const bool is_plain = kind_of(field).holding == Holding::number || kind_of(field).folds_case;
  const std::string sql = fmt::format(
      "SELECT 1 FROM \"{}\" WHERE org_id = $1 AND {} = $2 AND {} IS NOT NULL "
      "AND deleted_at IS NULL AND id <> $3",
      record.shape->module().table_name(), is_plain ? column : "LOWER(" + column + ")", column);
  const db::Value wanted =
      is_plain ? to_column(field, value) : db::Value(ascii_lower(value.text()));
  return tx.row(sql, {org.value, wanted, record.id.value}).has_value();
}

bool is_taken_by_custom(db::Transaction& tx, OrgId org, const Record& record, const FieldDef& field,
                        const Value& value) {
  return tx
      .row(
          "SELECT 1 FROM unique_values WHERE org_id = $1 AND module = $2 AND field = $3 "
          "AND value = $4 AND record_id <> $5",
          {org.value, record.shape->module().name, field.name, folded(field, value),
           record.id.value})
      .has_value();
}

Refusal duplicate(const FieldDef& field) {
  return conflict("duplicate",
                  fmt::format("Another record already has this {}; use that one or give another.",
                              ascii_lower(field.label)),
                  field.name);
}

}  // namespace

Result<void> check_unique(db::Transaction& tx, OrgId org, const Record& record,
                          const std::vector<size_t>& fields) {
  for (const size_t index : fields) {
    const FieldDef& field = record.shape->fields()[index];
    const Value& value = record.values[index];
    if (!field.unique || value.is_null()) continue;
    const bool is_taken = field.custom ? is_taken_by_custom(tx, org, record, field, value)
                                       : is_taken_by_own(tx, org, record, field, value);
    if (is_taken) return duplicate(field);
  }
  return {};
}

std::optional<RecordId> holder_of(db::Transaction& tx, OrgId org, const ModuleDef& module,
                                  const FieldDef& field, const Value& value) {
  const std::optional<db::Row> row = tx.row(
      "SELECT record_id FROM unique_values WHERE org_id = $1 AND module = $2 AND field = $3 "
      "AND value = $4",
      {org.value, module.name, field.name, folded(field, value)});
  return row ? std::optional(RecordId{row->integer(0)}) : std::nullopt;
}

void keep_unique_values(db::Transaction& tx, OrgId org, const Record& record,
                        const std::vector<size_t>& fields) {
  for (const size_t index : fields) {
    const FieldDef& field = record.shape->fields()[index];
    if (!field.unique || !field.custom) continue;
    const std::string& module = record.shape->module().name;
    tx.execute(
        "DELETE FROM unique_values "
        "WHERE org_id = $1 AND module = $2 AND record_id = $3 AND field = $4",
        {org.value, module, record.id.value, field.name});
    if (record.values[index].is_null()) continue;
    tx.execute(
        "INSERT INTO unique_values (org_id, module, field, value, record_id) "
        "VALUES ($1, $2, $3, $4, $5)",
        {org.value, module, field.name, folded(field, record.values[index]), record.id.value});
  }
}

void release_unique_values(db::Transaction& tx, OrgId org, const Record& record) {
  if (record.shape->fields().size() == record.shape->own_field_count()) return;
  tx.execute("DELETE FROM unique_values WHERE org_id = $1 AND module = $2 AND record_id = $3",
             {org.value, record.shape->module().name, record.id.value});
}

Refusal duplicate_of(const Record& record, const std::vector<size_t>& fields) {
  for (const size_t index : fields)
    if (record.shape->fields()[index].unique) return duplicate(record.shape->fields()[index]);
  return conflict("duplicate", "Another record already has these values.");
}

}  // namespace tandem::records
