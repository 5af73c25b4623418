#pragma once

#include <string>

#include "db/database.h"

namespace tandem::desk {

/// Forgets rows that are older than `age_ms`, db::bulk_rows_max in a transaction, so that people
/// never wait for it. `sql` deletes what is older than $1, $2 rows at most. What can't be written
/// now waits for the next time.
void delete_in_steps(db::Database& database, int64_t age_ms, const std::string& sql);

}  // namespace tandem::desk
