#pragma once

#include <functional>
#include <string>
#include <vector>

#include "jobs/queue.h"
#include "operations/merging.h"
#include "records/store.h"

// Whatever names a merged record: to the target, and back when the merge is undone. Each batch says
// in its own transaction what it moved, and asks before which way the merge goes by now, so that it
// may be cut off and begun again anywhere. A target that was merged on by then is not where it
// ends: what comes late goes to the end of the chain, noted for each merge on the way. Sends
// nothing to anybody and runs no rule on what moves; the change log tells each of them.
//
// First what an index finds, the beginning of it in the transaction of the merge itself; then, by a
// job, what none does: links in fields of the organisation's own and in the recycle bin are looked
// for in stretches of a module, in snapshots that hold up nobody, and only what was found is
// written. A run ends after a number of stretches and queues the rest with its place, so that a
// restart loses little.

namespace tandem::operations {

constexpr int merged_links_at_once_max = 200;
/// Records looked through at once, and stretches of a run.
constexpr int64_t merge_stretch_rows = 5'000;
constexpr int merge_stretches_per_run = 50;
/// Each moved record is told to receivers. With so much waiting for one of them, a merge waits for
/// it, but no longer than this in all.
constexpr int64_t merge_told_at_once_max = 1'000;
constexpr int64_t merge_waits_max_ms = hour_ms;

/// What an application knows of the links that its merges move.
struct MergeTies {
  std::string job;  // the kind of the job that moves the rest
  /// After `field` of a record went over to `to`. Absent: nothing hangs on it.
  std::function<void(db::Transaction&, OrgId, const Record& before, const std::string& field,
                     RecordId to)>
      after_move = {};
  /// Whether somebody is told of each record, and whether so much waits for one of them that more
  /// would only pile up. Absent: nobody.
  std::function<bool(db::Transaction&, OrgId)> tells_receivers = {};
  std::function<bool(db::Transaction&, OrgId)> has_much_to_tell = {};
};

/// Which merge is worked off, and whom the history names.
struct MergeErrand {
  const records::Catalogue& catalogue;
  const MergeTies& ties;
  OrgId org;
  const ModuleDef& module;
  RecordId merge;
  records::Author author;
};

/// Moves the first batch of what the modules' own fields name, and queues the rest. For the
/// transaction that merged, or took a merge apart.
Result<void> follow_merge(db::Transaction& tx, const MergeErrand& errand);

/// Moves one batch of what the modules' own fields name outside the recycle bin, by their indexes;
/// of an undone merge, of whatever had been moved. Answers how many; 0 when all of it is done.
Result<int> move_merged_links(db::Transaction& tx, const MergeErrand& errand);
/// Moves these records of a module, found by looking through it, as far as they still name one of
/// those that were merged; at most 250. Answers how many.
Result<int> move_found_links(db::Transaction& tx, const MergeErrand& errand,
                             const ModuleDef& module, const std::vector<int64_t>& ids);

/// The links of a module to records of `merged` that a merge moves.
std::vector<std::string> links_to(const ModuleDef& merged, const records::Shape& shape);
/// Whose links are moved; empty when the merge is unknown or undone.
std::vector<RecordId> merged_by(db::Transaction& tx, OrgId org, RecordId merge);

/// Queues what is left. It runs once more after the usual length of a transaction, for records that
/// were being written for one of the others meanwhile.
void queue_merged_links(db::Transaction& tx, const MergeErrand& errand);
/// The handler of the job of `ties`.
jobs::Outcome run_merged_links(const records::Catalogue& catalogue, const MergeTies& ties,
                               db::Database& database, const jobs::Job& job);

}  // namespace tandem::operations
