#pragma once

#include "desk/customers/contact_merge_records.h"

// The background work of a merge. First what an index finds, then what none does: links in fields
// of the organisation's own and in the recycle bin are looked for in stretches of a module, in
// snapshots that hold up nobody, and only what was found is written. A run ends after a number of
// stretches and queues the rest with its place, so that a restart loses little.

namespace tandem::desk {

/// Records looked through at once, and stretches of a run.
constexpr int64_t merge_stretch_rows = 5'000;
constexpr int merge_stretches_per_run = 50;
/// Each moved ticket is told to webhooks. With so many events waiting for one of them, a merge
/// waits for its receiver, but no longer than this in all.
constexpr int64_t merge_told_at_once_max = 1'000;
constexpr int64_t merge_waits_for_webhooks_ms = hour_ms;

/// Queues what is left. It runs once more after the usual length of a transaction, for records that
/// were being written for one of the contacts meanwhile.
void queue_merged_records(db::Transaction& tx, const ContactMergeErrand& errand);

/// The handler of the job "merge_contacts".
jobs::Outcome run_merged_records(const Desk& desk, db::Database& database, const jobs::Job& job);

}  // namespace tandem::desk
