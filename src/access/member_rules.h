#pragma once

#include <vector>

#include "access/agents.h"
#include "access/roles.h"

// What every change of members keeps to. For the files of access alone.

namespace tandem::access {

/// The role, when the actor may give it. Refuses: invalid (field "role_id"), forbidden
/// "more_than_own".
Result<Role> grantable_role(db::Transaction& tx, const Actor& actor, RecordId role_id);
/// Refuses with forbidden "more_than_own" to touch somebody who may more than the actor.
Result<void> may_manage(db::Transaction& tx, const Actor& actor, const Agent& agent);
/// Refuses with conflict "last_administrator" when `agent` is the only active one.
Result<void> keep_an_administrator(db::Transaction& tx, OrgId org, const Agent& agent);
/// Refuses with invalid (field "department_ids") ids that are no departments of the organisation.
Result<void> set_departments(db::Transaction& tx, const Actor& actor, RecordId agent,
                             std::vector<int64_t> department_ids);

}  // namespace tandem::access
