#include "db/migrate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>

namespace tandem::db {

namespace {

constexpr int table_attempts_max = 5;

bool is_word_char(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// Where the quoted text or comment that starts at `at` ends, or `at` when none starts there.
size_t end_of_opaque(std::string_view sql, size_t at) {
  const auto after = [&](std::string_view closing, size_t from) {
    const size_t found = sql.find(closing, from);
    return found == sql.npos ? sql.size() : found + closing.size();
  };
  const std::string_view rest = sql.substr(at);
  // A doubled quote inside ends one text and starts the next: the same result.
  if (rest.starts_with('\'')) return after("'", at + 1);
  if (rest.starts_with('"')) return after("\"", at + 1);
  if (rest.starts_with("--")) return after("\n", at + 2);
  if (rest.starts_with("/*")) return after("*/", at + 2);
  return at;
}

void make_migrations_table(Database& database) {
  const auto make = [](Transaction& tx) -> Result<void> {
    tx.run_script(schema_sql_for(tx.kind(),
                                 "CREATE TABLE IF NOT EXISTS schema_migrations (name TEXT PRIMARY "
                                 "KEY, applied_at BIGINT NOT NULL)"));
    return {};
  };
  // Two nodes that make a PostgreSQL table at once collide even with IF NOT EXISTS.
  for (int attempt = 1;; ++attempt) {
    try {
      const Result<void> made = database.write(make);
      if (made) return;
    } catch (const DatabaseFailure&) {
      if (attempt == table_attempts_max) throw;
    }
  }
}

std::set<std::string> applied_names(Database& database) {
  return database.read([](Transaction& tx) {
    std::set<std::string> names;
    for (const Row& row : tx.rows("SELECT name FROM schema_migrations")) names.insert(row.text(0));
    return names;
  });
}

Result<void> refuse_newer(const std::set<std::string>& applied,
                          const std::vector<Migration>& migrations) {
  for (const std::string& name : applied) {
    const bool known =
        std::any_of(migrations.begin(), migrations.end(),
                    [&](const Migration& migration) { return migration.name == name; });
    if (known) continue;
    return conflict(
        "database_is_newer",
        fmt::format(
            "The database has had the change {}, which this program does not know. Start a newer "
            "version of the program.",
            name));
  }
  return {};
}

/// Answers 1 when the step ran and 0 when another node had run it in the meantime.
Result<int> run_step(Database& database, const Migration& migration) {
  return database.write([&](Transaction& tx) -> Result<int> {
    if (tx.kind() == Kind::postgres)
      tx.run_script("LOCK TABLE schema_migrations IN EXCLUSIVE MODE");
    const std::string name(migration.name);
    if (tx.integer("SELECT count(*) FROM schema_migrations WHERE name = $1", {name}) > 0) return 0;
    tx.run_script(schema_sql_for(tx.kind(), migration.sql));
    tx.execute("INSERT INTO schema_migrations (name, applied_at) VALUES ($1, $2)",
               {name, arg(tx.now())});
    return 1;
  });
}

}  // namespace

std::string schema_sql_for(Kind kind, std::string_view sql) {
  if (kind == Kind::sqlite) return std::string(sql);
  std::string out;
  std::string_view previous_word;
  for (size_t at = 0; at < sql.size();) {
    size_t end = end_of_opaque(sql, at);
    if (end == at && is_word_char(sql[at])) {
      while (end < sql.size() && is_word_char(sql[end])) ++end;
      const std::string_view word = sql.substr(at, end - at);
      out += word;
      if (word == "TEXT" && previous_word != "AS") out += " COLLATE \"C\"";
      previous_word = word;
    } else {
      end = std::max(end, at + 1);
      out += sql.substr(at, end - at);
    }
    at = end;
  }
  return out;
}

Result<int> migrate(Database& database, const std::vector<Migration>& migrations,
                    const std::function<void()>& before_change) {
  make_migrations_table(database);
  const std::set<std::string> applied = applied_names(database);
  TRY(refuse_newer(applied, migrations));
  int steps = 0;
  bool prepared = applied.empty();
  for (const Migration& migration : migrations) {
    if (applied.contains(std::string(migration.name))) continue;
    if (!prepared && before_change) before_change();
    prepared = true;
    const int ran = TRY(run_step(database, migration));
    steps += ran;
  }
  return steps;
}

}  // namespace tandem::db
