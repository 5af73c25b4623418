#pragma once

#include "api/desk/call.h"

// The parameters of a search, joined by and: "text*" begins with, "*text*" contains, "${empty}" and
// "${notempty}", a comma means any of, and ranges of two moments.

namespace tandem::api::desk_dialect {

/// Every condition of the query but the text over all fields, by the words of the call's module.
/// Refuses with invalid, naming the parameter.
Result<std::vector<records::Filter>> search_conditions(const Call& call,
                                                       const records::Shape& shape);

}  // namespace tandem::api::desk_dialect
