#pragma once

#include "crm/bulk/bulk_jobs.h"

// The steps of a bulk job. Each answers the job as it stands afterwards.

namespace tandem::crm {

/// The person who asked, with the rights of this moment. Refuses with forbidden "lost_right".
Result<access::Actor> bulk_actor(db::Transaction& tx, const Bulk& bulk, const BulkJob& job);

/// A refusal that leaves a job as it is: its worker is told to stop, or another one has it.
Refusal put_off();
bool is_put_off(const Refusal& refusal);

/// Writes the rows of the file, step by step. Refuses with put_off() between two steps when the
/// sign is up or `until` is over. What ends it early stands in `fault`.
Result<BulkJob> write_rows(const Bulk& bulk, BulkJob job, const StopSign& stop, Instant until);
/// The result of a write as a table in a zip archive.
Result<std::string> pack_outcomes(const Bulk& bulk, const BulkJob& job, const StopSign& stop);

/// The records of a read as a table in a zip archive; counts them, and says where the next page
/// begins.
Result<std::string> pack_records(const Bulk& bulk, BulkJob& job, const StopSign& stop);

}  // namespace tandem::crm
