#pragma once

#include "base/result.h"
#include "db/database.h"

// Whom a ticket goes to when a rule or a macro names nobody: one of the active agents of its
// department who are not light agents. Manual, Automation 2.1.

namespace tandem::desk {

constexpr int64_t assignees_considered_max = 200;
constexpr int64_t load_counted_max = 1'000;

/// The one after whom `source` (a rule or macro) chose last in this department, in the order in
/// which they came to the company. Refuses with conflict "nobody_to_assign".
Result<RecordId> agent_in_turn(db::Transaction& tx, OrgId org, RecordId department,
                               RecordId source);

/// The one who owns the fewest tickets that are not closed; of several, the one who came first.
/// More than load_counted_max count the same. Refuses with conflict "nobody_to_assign".
Result<RecordId> agent_with_least_load(db::Transaction& tx, OrgId org, RecordId department);

}  // namespace tandem::desk
