#pragma once

#include <string>

#include "base/result.h"
#include "db/sqlite/connection.h"

namespace tandem::db {

/// Copies the database that `source` reads to a new file: as it is now, while others write.
/// Refuses with conflict when the file exists and with invalid when its folder does not.
Result<void> copy_sqlite(SqliteConnection& source, const std::string& file);

}  // namespace tandem::db
