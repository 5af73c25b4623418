#pragma once

#include "operations/operations.h"

namespace tandem::operations {

/// What of a module is gone for good, newest first, 1 to 200 a page: ids, moments and who did it.
/// Refuses: forbidden (no read right), invalid (cursor, limit).
Result<records::LogPage> list_purged(db::Transaction& tx, const Actor& actor,
                                     const ModuleDef& module, const std::string& cursor, int limit);

}  // namespace tandem::operations
