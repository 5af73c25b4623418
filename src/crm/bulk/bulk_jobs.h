#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "access/actor.h"
#include "access/applications.h"
#include "crm/bulk/bulk_order.h"
#include "files/store.h"
#include "jobs/queue.h"

// Records in bulk: a program asks for up to 200,000 of them as a file, or sends a file whose rows
// become records. Both are jobs in committed steps. Each row goes through the same operations as a
// single record, with the rights that the person has at that moment. docs/api/crm.md.

namespace tandem::crm {

constexpr int64_t bulk_read_rows_max = 200'000;
constexpr int64_t bulk_write_rows_max = 1'000'000;
constexpr int64_t bulk_zip_bytes_max = 25 * 1024 * 1024;
constexpr int64_t bulk_unpacked_bytes_max = 512 * 1024 * 1024;
/// Tables of real data are packed to a tenth or a thirtieth; what goes far beyond is made to fill a
/// disk.
constexpr int64_t bulk_ratio_max = 250;
constexpr size_t bulk_asked_bytes_max = 64 * 1024;
/// Of an organisation, not ended.
constexpr int bulk_jobs_open_max = 10;
/// Results are kept for a day, what is told of a job for a week.
constexpr int64_t bulk_result_kept_ms = day_ms;
constexpr int64_t bulk_job_kept_ms = 7 * day_ms;

enum class BulkState { added, running, completed, failed };
std::string_view word(BulkState state);

struct BulkCounts {
  int64_t done = 0;
  int64_t added = 0;
  int64_t updated = 0;
  int64_t skipped = 0;
};

struct BulkJob {
  OrgId org = {};
  RecordId id = {};
  std::string app = {};
  BulkOrder order = {};
  BulkState state = BulkState::added;
  std::string asked_json = {};    // as the program asked, to be shown again
  std::string callback_url = {};  // "" tells nobody
  std::string base = {};          // where it was asked: "/crm/bulk/v8"
  PersonId person = {};
  RecordId agent = {};
  int64_t file = 0;  // of a write, until it has ended
  std::string file_name = {};
  int64_t result_file = 0;  // 0 before the end, and a day after it
  int64_t next_offset = 0;
  int64_t next_line = 1;
  bool has_read_all = false;
  BulkCounts counts = {};
  std::string next_cursor = {};  // of a read: where the next page begins, "" at the end
  std::string fault = {};        // of a failed one, a code: lost_right, lost_file, result_too_large
  Instant created_at = {};
  Instant ended_at = {};
};

/// What bulk work needs, wired once at start. Everything outlives it.
struct Bulk {
  db::Database& database;
  files::FileStore& files;
  const access::Applications& applications;
  /// How the program that asked calls a refusal in the result: "MANDATORY_NOT_FOUND". Absent: our
  /// own code.
  std::function<std::string(const Refusal&)> word_of = {};
  /// Of a read; a multiple of db::bulk_rows_max.
  int64_t page_rows = bulk_read_rows_max;
};

struct NewBulkJob {
  BulkOrder order = {};
  std::string asked_json = {};
  std::string callback_url = {};
  std::string base = {};
};
/// Queues a read. Refuses: forbidden (right to export, to read), invalid (page, callback), busy
/// (bulk_jobs_open_max).
Result<BulkJob> add_bulk_read(db::Transaction& tx, const access::Actor& actor,
                              const NewBulkJob& asked);

/// The names of the columns of a file that was sent ahead for a bulk write. Opens its own
/// transactions. Refuses: not_found, invalid (file: no zip of one CSV, no heading), too_large.
Result<std::vector<std::string>> bulk_headings(const Bulk& bulk, const access::Actor& actor,
                                               RecordId sent);
/// Queues a write of a file that was sent ahead. Refuses: forbidden (right to import), not_found
/// (the file), invalid (columns, find_by, callback), busy (bulk_jobs_open_max).
Result<BulkJob> add_bulk_write(db::Transaction& tx, const access::Actor& actor, RecordId sent,
                               const NewBulkJob& asked);

/// Refuses with not_found what is not there, of the other direction, or somebody else's.
Result<BulkJob> find_bulk_job(db::Transaction& tx, const access::Actor& actor,
                              BulkDirection direction, RecordId id);
/// The result as a zip archive, outside any transaction. Refuses: conflict "not_ended", not_found
/// (failed, or kept for its day).
Result<std::string> bulk_result(files::FileStore& files, const BulkJob& job);

/// The job that tells whoever asked for it that a bulk job ended; its payload names the job.
constexpr const char* bulk_callback_kind = "bulk_callback";
/// The job of a payload; nothing when it is gone.
std::optional<BulkJob> bulk_job_of(db::Transaction& tx, const jobs::Job& job);

/// Handles the steps and forgets what is old. `bulk` must outlive the worker.
void add_bulk_jobs(jobs::Worker& worker, const Bulk& bulk);
/// Works on a job until it ends or `job.stop` goes up.
jobs::Outcome run_bulk_job(const Bulk& bulk, const jobs::Job& job);
/// Forgets results after their day and jobs after their week.
void forget_bulk_jobs(const Bulk& bulk, const StopSign& stop);

/// Whether a bulk job keeps this file: for FileStore::sweep.
bool is_bulk_file_kept(db::Transaction& tx, OrgId org, int64_t file);

}  // namespace tandem::crm
