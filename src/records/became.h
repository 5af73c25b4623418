#pragma once

#include <map>
#include <string>
#include <string_view>

#include "db/database.h"

// Records that became another one (contacts that were merged) while others still name them. What
// names them is given to the other one step by step; until that is done, whoever reads follows.

namespace tandem::records {

/// Of an organisation at once: a merge takes at most a handful, and each is gone in minutes.
constexpr int became_max = 400;

/// Modules whose records become another one.
bool may_become(std::string_view module);

/// By the module's name: from a record to the one that it is by now, also over several steps.
using Became = std::map<std::string, std::map<int64_t, int64_t>, std::less<>>;

Became what_became(db::Transaction& tx, OrgId org);

/// From now on `record` is read as `target`, until forget_what_became() of the same merge.
void note_became(db::Transaction& tx, OrgId org, const std::string& module, RecordId record,
                 RecordId target, RecordId merge);
void forget_what_became(db::Transaction& tx, OrgId org, RecordId merge);
/// Whether links from or to the record may still be moved.
bool is_on_its_way(db::Transaction& tx, OrgId org, const std::string& module, RecordId record);

}  // namespace tandem::records
