#pragma once

#include "crm/bulk/bulk_jobs.h"

// The tables bulk_jobs and bulk_outcomes.

namespace tandem::crm {

std::optional<BulkJob> read_bulk_job(db::Transaction& tx, OrgId org, RecordId id);
void insert_bulk_job(db::Transaction& tx, const BulkJob& job);
/// Writes state, files, place, counts, cursor, fault and end.
void write_bulk_job(db::Transaction& tx, const BulkJob& job);
int64_t count_open_bulk_jobs(db::Transaction& tx, OrgId org);

/// A piece of the result of a write: of the rows up to the number `part`.
struct BulkOutcome {
  int64_t part = 0;
  std::string csv = {};
};
void insert_outcome(db::Transaction& tx, const BulkJob& job, const BulkOutcome& outcome);
/// The next one behind a part; nothing behind the last one.
std::optional<BulkOutcome> next_outcome(db::Transaction& tx, const BulkJob& job, int64_t after);

/// Ended before a moment and with something left to forget: a result, pieces of one or, before
/// `gone`, the job itself.
std::vector<BulkJob> bulk_jobs_to_forget(db::Transaction& tx, Instant before, Instant gone,
                                         int limit);
/// Forgets up to db::bulk_rows_max pieces; answers how many.
int64_t delete_outcomes(db::Transaction& tx, const BulkJob& job);
void delete_bulk_job(db::Transaction& tx, const BulkJob& job);

}  // namespace tandem::crm
