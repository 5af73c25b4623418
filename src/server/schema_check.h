#pragma once

#include <vector>

#include "access/applications.h"
#include "db/migrate.h"

namespace tandem::server {

/// Whether the database has had exactly the changes that this program knows, and the columns of its
/// modules; changes nothing. Refuses with conflict "database_is_older" or "database_is_newer" and
/// says what to do.
Result<void> require_own_schema(db::Database& database,
                                const std::vector<db::Migration>& migrations,
                                const access::Applications& applications);

}  // namespace tandem::server
