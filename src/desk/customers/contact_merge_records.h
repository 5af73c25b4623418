#pragma once

#include <vector>

#include "desk/desk.h"
#include "jobs/queue.h"
#include "records/store.h"

// Whatever names a merged contact, tickets above all: to the target, and back when the merge is
// undone. Each batch says in its own transaction what it moved, and asks before which way the merge
// goes by now, so that it may be cut off and begun again anywhere. A target that was merged on by
// then is not where it ends: what comes late goes to the end of the chain, noted for each merge on
// the way. contact_merge_walk.h runs the batches.

namespace tandem::desk {

constexpr int merged_records_at_once_max = 200;

/// Which merge is worked off, and whom the history names.
struct ContactMergeErrand {
  const records::Catalogue& catalogue;
  OrgId org;
  RecordId merge;
  records::Author author;
};

/// Moves one batch of what the module's own fields name outside the recycle bin, by their indexes;
/// of an undone merge, of whatever had been moved. Answers how many; 0 when all of it is done.
Result<int> move_merged_records(db::Transaction& tx, const ContactMergeErrand& errand);

/// Moves these records of a module, found by looking through it, as far as they still name one of
/// the merged contacts; at most 250. Answers how many.
Result<int> move_found_records(db::Transaction& tx, const ContactMergeErrand& errand,
                               const records::ModuleDef& module, const std::vector<int64_t>& ids);

/// The links of a module to contacts that a merge moves.
std::vector<std::string> links_to_contacts(const records::Shape& shape);

/// Whose links are moved; empty when the merge is unknown or undone.
std::vector<RecordId> contacts_merged_by(db::Transaction& tx, OrgId org, RecordId merge);

}  // namespace tandem::desk
