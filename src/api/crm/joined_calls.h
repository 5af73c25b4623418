#pragma once

#include "api/crm/metadata.h"

// Calls of related lists that join many with many: the contacts of a deal, the members of a
// campaign. The list was found and its scopes were asked for by the caller.

namespace tandem::api::crm_dialect {

Result<http::Response> show_joined(Call& call, const RelatedList& list, RecordId parent);
Result<http::Response> show_one_joined(Call& call, const RelatedList& list,
                                       const records::Pair& pair);
/// Joins each item's record with the one of the path, and says of the pair what the item says.
Result<http::Response> join_items(Call& call, const RelatedList& list, RecordId parent,
                                  const JsonArray& items);
Result<http::Response> part_ids(Call& call, const RelatedList& list, RecordId parent,
                                const std::vector<RecordId>& ids);

}  // namespace tandem::api::crm_dialect
