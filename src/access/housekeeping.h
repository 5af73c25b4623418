#pragma once

#include "base/stop_sign.h"
#include "db/database.h"

namespace tandem::access {

/// Deletes what has expired: sessions, codes, tokens, resets, invitations' tokens, old attempts.
/// For an hourly schedule; at most db::bulk_rows_max rows per table and transaction;
/// the sign is asked between two transactions.
void forget_expired(db::Database& database, const StopSign& stop = {});

}  // namespace tandem::access
