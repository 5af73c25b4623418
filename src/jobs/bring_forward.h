#pragma once

#include <string>

#include "db/database.h"

namespace tandem::jobs {

/// Lets the waiting job of this org, kind and key run at `run_at` at the latest: a job that waits
/// for a later moment must not hold up what is new. One that is due sooner, one that runs and one
/// that is not there stay as they are. In the caller's transaction.
void bring_forward(db::Transaction& tx, OrgId org, const std::string& kind,
                   const std::string& unique_key, Instant run_at);

}  // namespace tandem::jobs
