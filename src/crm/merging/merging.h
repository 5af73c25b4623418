#pragma once

#include "access/applications.h"
#include "jobs/queue.h"
#include "operations/merged_links.h"

// Several leads, contacts or accounts that are one become one. What holds of every merge stands in
// operations/merging.h; here is what records of the sales side take along beside what links to
// them: their tags, and what they are joined with. Manual, Duplicates.

namespace tandem::crm {

/// What the others are joined with, all lists together; more refuses with conflict
/// "too_much_joined".
constexpr int moved_pairs_max = 1'000;

/// Refuses what merge_records refuses, and writes nothing.
Result<operations::MergePlan> preview_merge(db::Transaction& tx, const access::Actor& actor,
                                            const records::ModuleDef& module,
                                            const operations::MergeRequest& request);

/// The target as it is then. Refuses: as operations::plan_merge, and not_found (records of the
/// module are not merged), conflict "already_converted" (a lead that has become a contact),
/// "too_much_joined".
Result<records::Record> merge_records(db::Transaction& tx, const access::Actor& actor,
                                      const records::ModuleDef& module,
                                      const operations::MergeRequest& request);

/// Refuses: as operations::undo_merge.
Result<records::Record> undo_merge(db::Transaction& tx, const access::Actor& actor,
                                   const records::ModuleDef& module, RecordId target,
                                   RecordId merge);

/// Whether records of the module are merged at all.
bool is_merged(const records::ModuleDef& module);

/// Tells the worker to move what links to merged records. `applications` outlives it.
void add_merge_jobs(jobs::Worker& worker, const access::Applications& applications);

}  // namespace tandem::crm
