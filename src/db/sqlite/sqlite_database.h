#pragma once

#include <memory>

#include "db/database.h"

namespace tandem::db {

/// Opens (and creates) an SQLite file, or a private temporary one for ":memory:".
std::unique_ptr<Database> open_sqlite(const OpenOptions& options, const Clock& clock);

/// How many transactions the writer of an SQLite database has committed, for tests and
/// measurements.
int64_t sqlite_commits(const Database& database);
/// How many bodies wait for that writer.
size_t sqlite_waiting(Database& database);

}  // namespace tandem::db
