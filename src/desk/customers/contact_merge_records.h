#pragma once

#include "desk/desk.h"
#include "jobs/queue.h"
#include "records/store.h"

// Whatever names a merged contact, tickets above all: to the target, and back when the merge is
// undone. Each batch says in its own transaction what it moved, and asks before which way the merge
// goes by now, so that it may be cut off and begun again anywhere.

namespace tandem::desk {

constexpr int merged_records_at_once_max = 200;

/// Custom fields have no index: looking through them is the worker's.
enum class NamedBy { own_fields, all_fields };

/// Moves one batch the way that the merge goes. Answers how many records it moved; 0 when all is
/// done. `author`: whom the history names.
Result<int> move_merged_records(db::Transaction& tx, const records::Catalogue& catalogue, OrgId org,
                                RecordId merge, const records::Author& author, NamedBy fields);

/// Queues the batches that are left. At least one runs after the usual length of a transaction,
/// for records that were being written for one of the contacts meanwhile.
void queue_merged_records(db::Transaction& tx, OrgId org, RecordId merge,
                          const records::Author& author);

/// The handler of the job "merge_contacts".
jobs::Outcome run_merged_records(const Desk& desk, db::Database& database, const jobs::Job& job);

}  // namespace tandem::desk
