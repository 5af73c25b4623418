#include "server/schema_check.h"

#include <fmt/format.h>

#include <set>

#include "records/columns.h"

namespace tandem::server {

namespace {

std::set<std::string> columns_of(db::Transaction& tx, const std::string& table) {
  const std::string_view sql = tx.kind() == db::Kind::postgres
                                   ? "SELECT column_name::text FROM information_schema.columns "
                                     "WHERE table_schema = current_schema() AND table_name = $1"
                                   : "SELECT name FROM pragma_table_info($1)";
  std::set<std::string> columns;
  for (const db::Row& row : tx.rows(sql, {table})) columns.insert(row.text(0));
  return columns;
}

Refusal is_older(const std::string& what) {
  return conflict("database_is_older",
                  fmt::format("The database lacks {} of this program. Use the program of the "
                              "version that serves it, or start `tandem serve` of this version "
                              "once: it brings the database up to date.",
                              what));
}

Result<void> require_steps(db::Transaction& tx, const std::vector<db::Migration>& migrations) {
  if (columns_of(tx, "schema_migrations").empty()) return is_older("every table");
  std::set<std::string> applied;
  for (const db::Row& row : tx.rows("SELECT name FROM schema_migrations")) {
    applied.insert(row.text(0));
  }
  for (const db::Migration& migration : migrations) {
    const std::string name(migration.name);
    if (applied.erase(name) == 0) return is_older("the change " + name);
  }
  if (applied.empty()) return {};
  return conflict("database_is_newer",
                  fmt::format("The database has had the change {}, which this program does not "
                              "know. Use the program of the version that serves it.",
                              *applied.begin()));
}

Result<void> require_columns(db::Transaction& tx, const records::ModuleDef& module) {
  const std::set<std::string> existing = columns_of(tx, module.table_name());
  for (const records::FieldDef& field : module.fields) {
    const std::string name = records::column_name(field);
    if (existing.contains(name)) continue;
    return is_older(fmt::format("the column {} of the table {}", name, module.table_name()));
  }
  return {};
}

}  // namespace

Result<void> require_own_schema(db::Database& database,
                                const std::vector<db::Migration>& migrations,
                                const access::Applications& applications) {
  return database.read([&](db::Transaction& tx) -> Result<void> {
    TRY(require_steps(tx, migrations));
    for (const records::Catalogue& catalogue : applications.all()) {
      for (const records::ModuleDef* const module : catalogue.modules())
        TRY(require_columns(tx, *module));
    }
    return {};
  });
}

}  // namespace tandem::server
