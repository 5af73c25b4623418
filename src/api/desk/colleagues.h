#pragma once

#include <vector>

#include "access/agents.h"
#include "api/desk/call.h"

// The people of the organisation, for whoever may read the module "agents", as everywhere else.

namespace tandem::api::desk_dialect {

/// All of them, by name. Refuses with forbidden.
Result<std::vector<access::Agent>> colleagues(db::Transaction& tx, const Call& call);
/// One of them; oneself always. Refuses with forbidden and not_found.
Result<access::Agent> colleague(db::Transaction& tx, const Call& call, RecordId id);

}  // namespace tandem::api::desk_dialect
