#pragma once

#include <string_view>

#include "db/database.h"

namespace tandem::desk {

/// How long a merge of tickets or contacts can be undone.
constexpr int merge_undo_days = 30;

/// The merge into `target` that shall be undone: merged_at, undone_at, undo (JSON). `module` is
/// "tickets" or "contacts". Refuses: not_found, conflict "already_undone" and "too_late".
Result<db::Row> merge_to_undo(db::Transaction& tx, OrgId org, std::string_view module,
                              RecordId target, RecordId merge);

}  // namespace tandem::desk
