#pragma once

#include "base/id.h"
#include "db/database.h"

// Who owns the records of the sales side.

namespace tandem::crm {

/// An owner is an active member.
bool may_own(db::Transaction& tx, OrgId org, RecordId agent);

}  // namespace tandem::crm
