#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/crypto.h"
#include "base/text.h"
#include "records/change_log_table.h"
#include "records/columns.h"
#include "records/search/search_tables.h"

// Module tables come from the definitions, so that a field exists in one place. Tables, columns and
// indexes are only ever added here; what a definition no longer has stays in the database.
//
// Tables keep SQLite's own row number. WITHOUT ROWID would save one lookup when reading by id, but
// then whole rows stand in the inner pages of the tree: with a description of a few kilobytes each,
// fewer rows share a page, and a list that walks a secondary index pays for it on every row.

namespace tandem::records {

namespace {

constexpr size_t index_name_bytes_max = 60;  // PostgreSQL cuts names at 63 bytes

std::string text_type(db::Kind kind) {
  return kind == db::Kind::postgres ? "TEXT COLLATE \"C\"" : "TEXT";
}

std::string column_type(db::Kind kind, const FieldDef& field) {
  return kind_of(field).holding == Holding::number ? "BIGINT" : text_type(kind);
}

bool is_long(const FieldDef& field) {
  return field.kind == FieldKind::long_text || field.kind == FieldKind::rich_text;
}

/// Long texts stand last, so that what lists need lies before the overflow pages of a row.
std::vector<const FieldDef*> in_column_order(const ModuleDef& module) {
  std::vector<const FieldDef*> fields;
  for (const FieldDef& field : module.fields) fields.push_back(&field);
  std::stable_partition(fields.begin(), fields.end(),
                        [](const FieldDef* field) { return !is_long(*field); });
  return fields;
}

void create_table(db::Transaction& tx, const ModuleDef& module) {
  std::string columns;
  for (const FieldDef* field : in_column_order(module)) {
    columns += fmt::format("\"{}\" {}, ", column_name(*field), column_type(tx.kind(), *field));
  }
  tx.run_script(fmt::format(
      "CREATE TABLE IF NOT EXISTS \"{}\" ("
      "org_id BIGINT NOT NULL, id BIGINT NOT NULL, revision BIGINT NOT NULL, "
      "title {} NOT NULL DEFAULT '', created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL, "
      "created_by BIGINT, updated_by BIGINT, deleted_at BIGINT, deleted_by BIGINT, "
      "custom JSONB, {}PRIMARY KEY (org_id, id))",
      module.table_name(), text_type(tx.kind()), columns));
}

std::set<std::string> existing_columns(db::Transaction& tx, const std::string& table) {
  const std::string_view sql = tx.kind() == db::Kind::postgres
                                   ? "SELECT column_name::text FROM information_schema.columns "
                                     "WHERE table_schema = current_schema() AND table_name = $1"
                                   : "SELECT name FROM pragma_table_info($1)";
  std::set<std::string> columns;
  tx.for_each(sql, {table}, [&](const db::RowView& row) {
    columns.emplace(row.text(0));
    return true;
  });
  return columns;
}

void add_missing_columns(db::Transaction& tx, const ModuleDef& module) {
  const std::set<std::string> existing = existing_columns(tx, module.table_name());
  for (const FieldDef* field : in_column_order(module)) {
    const std::string name = column_name(*field);
    if (existing.contains(name)) continue;
    tx.run_script(fmt::format("ALTER TABLE \"{}\" ADD COLUMN \"{}\" {}", module.table_name(), name,
                              column_type(tx.kind(), *field)));
  }
}

std::string index_name(const ModuleDef& module, std::string_view word,
                       const std::vector<std::string>& columns) {
  std::string name = fmt::format("{}_{}_{}", module.table_name(), word, join(columns, "_"));
  if (name.size() <= index_name_bytes_max) return name;
  const std::string hash = to_hex(sha256(name)).substr(0, 8);
  return name.substr(0, index_name_bytes_max - 9) + "_" + hash;
}

/// An index for lists: behind the organisation; the id breaks ties.
void create_list_index(db::Transaction& tx, const ModuleDef& module,
                       const std::vector<std::string>& columns) {
  std::string quoted;
  for (const std::string& column : columns) quoted += fmt::format(", \"{}\"", column);
  if (std::find(columns.begin(), columns.end(), "id") == columns.end()) quoted += ", id";
  tx.run_script(
      fmt::format("CREATE INDEX IF NOT EXISTS \"{}\" ON \"{}\" (org_id{}) WHERE deleted_at IS NULL",
                  index_name(module, "by", columns), module.table_name(), quoted));
}

/// Equal ignoring ASCII case. E-mail is stored in lower case, so its index also serves a plain
/// "is".
void create_unique_index(db::Transaction& tx, const ModuleDef& module, const FieldDef& field) {
  const std::string column = '"' + column_name(field) + '"';
  const bool is_folded = kind_of(field).holding == Holding::number || kind_of(field).folds_case;
  tx.run_script(
      fmt::format("CREATE UNIQUE INDEX IF NOT EXISTS \"{}\" ON \"{}\" (org_id, {}) "
                  "WHERE deleted_at IS NULL AND {} IS NOT NULL",
                  index_name(module, "unique", {column_name(field)}), module.table_name(),
                  is_folded ? column : "LOWER(" + column + ")", column));
}

std::string own_column(const ModuleDef& module, const std::string& name) {
  for (const FieldDef& field : module.fields)
    if (field.name == name) return column_name(field);
  return name;
}

void create_indexes(db::Transaction& tx, const ModuleDef& module) {
  for (const char* column : {"title", "created_at", "updated_at"})
    create_list_index(tx, module, {column});
  // The recycle bin, by what is newest and by when it was binned.
  for (const char* columns : {"id", "deleted_at, id"}) {
    tx.run_script(
        fmt::format("CREATE INDEX IF NOT EXISTS \"{0}_bin_by_{1}\" ON \"{0}\" (org_id, {2}) "
                    "WHERE deleted_at IS NOT NULL",
                    module.table_name(), split(columns, ',').front(), columns));
  }
  for (const FieldDef& field : module.fields) {
    const bool is_reference = field.kind == FieldKind::link || field.kind == FieldKind::user;
    if (field.sortable || is_reference) create_list_index(tx, module, {column_name(field)});
    if (field.unique) create_unique_index(tx, module, field);
  }
  for (const std::vector<std::string>& names : module.indexes) {
    std::vector<std::string> columns;
    for (const std::string& name : names) columns.push_back(own_column(module, name));
    create_list_index(tx, module, columns);
  }
}

void ensure_epoch(db::Transaction& tx) {
  tx.execute("INSERT INTO database_epoch (id, epoch) VALUES (1, $1) ON CONFLICT (id) DO NOTHING",
             {random_hex(16)});
}

}  // namespace

Result<void> sync_tables(db::Database& database, const Catalogue& catalogue) {
  return database.write([&](db::Transaction& tx) -> Result<void> {
    // Two nodes that start together would otherwise trip over each other's CREATE … IF NOT EXISTS.
    if (tx.kind() == db::Kind::postgres)
      tx.run_script("LOCK TABLE database_epoch IN EXCLUSIVE MODE");
    ensure_epoch(tx);
    create_change_log(tx);
    create_search_tables(tx);
    for (const ModuleDef* module : catalogue.modules()) {
      create_table(tx, *module);
      add_missing_columns(tx, *module);
      create_indexes(tx, *module);
      create_search_index(tx, module->name);
    }
    return {};
  });
}

}  // namespace tandem::records
