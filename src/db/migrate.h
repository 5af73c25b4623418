#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.h"

namespace tandem::db {

/// One numbered step of the schema; never edited once shipped. `name` is "0001_what".
struct Migration {
  std::string_view name;
  std::string_view sql;
};

/// The steps that were in src/db/migrations when the program was built, in order.
const std::vector<Migration>& embedded_migrations();

/// Schema SQL as `kind` wants it: on PostgreSQL the column type TEXT becomes TEXT COLLATE "C". The
/// word must be in capitals; in quotes, comments and after AS (a cast) it is left alone.
std::string schema_sql_for(Kind kind, std::string_view sql);

/// Runs what this database has not had yet, each step in its own transaction. `TEXT` becomes `TEXT
/// COLLATE "C"` on PostgreSQL, so that both databases order alike. Before the first step on a
/// database that already has some, it calls `before_change` (the automatic backup). Refuses with
/// conflict when the database is newer than this program. Two nodes that start together do not run
/// a step twice.
Result<int> migrate(Database& database, const std::vector<Migration>& migrations,
                    const std::function<void()>& before_change = {});

}  // namespace tandem::db
