#include "desk/merge_to_undo.h"

#include <fmt/format.h>

namespace tandem::desk {

Result<db::Row> merge_to_undo(db::Transaction& tx, OrgId org, std::string_view module,
                              RecordId target, RecordId merge) {
  std::optional<db::Row> row = tx.row(
      "SELECT merged_at, undone_at, undo FROM merges WHERE org_id = $1 AND id = $2 "
      "AND module = $3 AND target_id = $4",
      {org.value, merge.value, std::string(module), target.value});
  if (!row) return not_found("There is no such merge here.");
  if (!row->is_null(1)) return conflict("already_undone", "This merge was undone already.");
  if (row->integer(0) < tx.now().ms - merge_undo_days * day_ms)
    return conflict("too_late", fmt::format("A merge can be undone for {} days.", merge_undo_days));
  return std::move(*row);
}

}  // namespace tandem::desk
