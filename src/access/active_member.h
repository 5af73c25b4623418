#pragma once

#include "base/id.h"
#include "db/database.h"

namespace tandem::access {

/// Whether the person may act in the organisation now: an account that is active, and an agent
/// there who is neither disabled nor removed. What a token promised ends with that.
bool is_active_member(db::Transaction& tx, OrgId org, PersonId person);

}  // namespace tandem::access
