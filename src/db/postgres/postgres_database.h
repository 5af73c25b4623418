#pragma once

#include <memory>

#include "db/database.h"

namespace tandem::db {

/// Connects to a PostgreSQL server; makes the two tables that must exist before the first
/// transaction.
std::unique_ptr<Database> open_postgres(const OpenOptions& options, const Clock& clock);

}  // namespace tandem::db
