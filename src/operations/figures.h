#pragma once

#include "operations/operations.h"
#include "records/groups.h"

// Figures and free orders over what list_records lists.

namespace tandem::operations {

/// Counts what list_records lists, further than count_records does.
constexpr int64_t far_count_cap = 1'000'000;
Result<records::Count> count_far(db::Transaction& tx, const Actor& actor, const ModuleDef& module,
                                 const records::Filter& filter);

/// Refuses: forbidden (no read right; a field hidden from the role), invalid as
/// records::select_groups.
Result<std::vector<records::Group>> group_records(db::Transaction& tx, const Actor& actor,
                                                  const ModuleDef& module,
                                                  records::GroupQuery query);
/// Refuses: forbidden (no read right; a field hidden from the role), invalid as
/// records::select_ordered.
Result<std::vector<Record>> list_ordered(db::Transaction& tx, const Actor& actor,
                                         const ModuleDef& module, records::OrderedQuery query);

}  // namespace tandem::operations
