#pragma once

#include <string>
#include <vector>

#include "db/migrate.h"

namespace tandem::server {

/// Runs the steps that the database lacks. SQLite is copied to `backups` before the first one: one
/// copy for each version that was upgraded from, the newest, however often a start fails. A step
/// that fails throws DatabaseFailure, whose text names the copy to go back to.
Result<void> upgrade(db::Database& database, const std::string& database_file,
                     const std::string& backups, const std::vector<db::Migration>& migrations);

}  // namespace tandem::server
