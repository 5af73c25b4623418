#pragma once

#include "api/crm/conditions.h"
#include "base/json.h"

namespace tandem::api::crm_dialect {

/// The criteria of a bulk read: {"group_operator":"and","group":[…]} around
/// {"field":{"api_name":"Email"},"comparator":"equal","value":"…"}; older clients write "api_name"
/// instead of "field". The comparators are those of search criteria, "${EMPTY}" and "${NOTEMPTY}"
/// stand for a value as there. At most 25 conditions. Refuses with invalid "invalid_criteria",
/// "unsupported_operator".
Result<Condition> condition_of_bulk(const Json& criteria);

}  // namespace tandem::api::crm_dialect
