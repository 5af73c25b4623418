#include "crm/bulk/bulk_rows.h"

namespace tandem::crm {

namespace {

constexpr std::string_view selected =
    "SELECT org_id, id, app, order_json, state, asked_json, callback_url, base, person_id, "
    "agent_id, file_id, file_name, result_file_id, next_offset, next_line, has_read_all, "
    "rows_done, rows_added, rows_updated, rows_skipped, next_cursor, fault, created_at, ended_at "
    "FROM bulk_jobs WHERE ";

constexpr std::string_view state_words[] = {"added", "running", "completed", "failed"};

BulkState state_of(std::string_view text) {
  for (size_t at = 0; at < std::size(state_words); ++at)
    if (state_words[at] == text) return BulkState(at);
  return BulkState::failed;
}

BulkJob job_of(const db::Row& row) {
  return {.org = {row.integer(0)},
          .id = {row.integer(1)},
          .app = row.text(2),
          .order = order_from_json(row.text(3)),
          .state = state_of(row.text(4)),
          .asked_json = row.text(5),
          .callback_url = row.text(6),
          .base = row.text(7),
          .person = {row.integer(8)},
          .agent = {row.integer(9)},
          .file = row.integer(10),
          .file_name = row.text(11),
          .result_file = row.integer(12),
          .next_offset = row.integer(13),
          .next_line = row.integer(14),
          .has_read_all = row.integer(15) != 0,
          .counts = {.done = row.integer(16),
                     .added = row.integer(17),
                     .updated = row.integer(18),
                     .skipped = row.integer(19)},
          .next_cursor = row.text(20),
          .fault = row.text(21),
          .created_at = row.instant(22),
          .ended_at = row.instant(23)};
}

}  // namespace

std::string_view word(BulkState state) { return state_words[size_t(state)]; }

std::optional<BulkJob> read_bulk_job(db::Transaction& tx, OrgId org, RecordId id) {
  const std::optional<db::Row> row =
      tx.row(std::string(selected) + "org_id = $1 AND id = $2", {org.value, id.value});
  return row ? std::optional(job_of(*row)) : std::nullopt;
}

void insert_bulk_job(db::Transaction& tx, const BulkJob& job) {
  tx.execute(
      "INSERT INTO bulk_jobs (org_id, id, app, direction, module, state, order_json, asked_json, "
      "callback_url, base, person_id, agent_id, file_id, file_name, result_file_id, next_offset, "
      "next_line, has_read_all, rows_done, rows_added, rows_updated, rows_skipped, next_cursor, "
      "fault, created_at, ended_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, "
      "$13, $14, 0, 0, 1, 0, 0, 0, 0, 0, '', '', $15, 0)",
      {job.org.value, job.id.value, job.app, std::string(word(job.order.direction)),
       job.order.module, std::string(word(job.state)), order_to_json(job.order), job.asked_json,
       job.callback_url, job.base, job.person.value, job.agent.value, job.file, job.file_name,
       job.created_at.ms});
}

void write_bulk_job(db::Transaction& tx, const BulkJob& job) {
  tx.execute(
      "UPDATE bulk_jobs SET state = $3, file_id = $4, result_file_id = $5, next_offset = $6, "
      "next_line = $7, has_read_all = $8, rows_done = $9, rows_added = $10, rows_updated = $11, "
      "rows_skipped = $12, next_cursor = $13, fault = $14, ended_at = $15 "
      "WHERE org_id = $1 AND id = $2",
      {job.org.value, job.id.value, std::string(word(job.state)), job.file, job.result_file,
       job.next_offset, job.next_line, int64_t{job.has_read_all ? 1 : 0}, job.counts.done,
       job.counts.added, job.counts.updated, job.counts.skipped, job.next_cursor, job.fault,
       job.ended_at.ms});
}

int64_t count_open_bulk_jobs(db::Transaction& tx, OrgId org) {
  return tx.integer(
      "SELECT COUNT(*) FROM bulk_jobs WHERE org_id = $1 AND state IN ('added', 'running')",
      {org.value});
}

void insert_outcome(db::Transaction& tx, const BulkJob& job, const BulkOutcome& outcome) {
  tx.execute("INSERT INTO bulk_outcomes (org_id, job_id, part, csv) VALUES ($1, $2, $3, $4)",
             {job.org.value, job.id.value, outcome.part, outcome.csv});
}

std::optional<BulkOutcome> next_outcome(db::Transaction& tx, const BulkJob& job, int64_t after) {
  const std::optional<db::Row> row = tx.row(
      "SELECT part, csv FROM bulk_outcomes WHERE org_id = $1 AND job_id = $2 AND part > $3 "
      "ORDER BY part LIMIT 1",
      {job.org.value, job.id.value, after});
  if (!row) return std::nullopt;
  return BulkOutcome{row->integer(0), row->text(1)};
}

std::vector<BulkJob> bulk_jobs_to_forget(db::Transaction& tx, Instant before, Instant gone,
                                         int limit) {
  std::vector<BulkJob> found;
  for (const db::Row& row :
       tx.rows(std::string(selected) +
                   "created_at < $1 AND state IN ('completed', 'failed') AND ended_at < $1 AND "
                   "(result_file_id <> 0 OR ended_at < $2 OR EXISTS (SELECT 1 FROM bulk_outcomes o "
                   "WHERE o.org_id = bulk_jobs.org_id AND o.job_id = bulk_jobs.id)) "
                   "ORDER BY created_at LIMIT $3",
               {before.ms, gone.ms, int64_t{limit}})) {
    found.push_back(job_of(row));
  }
  return found;
}

int64_t delete_outcomes(db::Transaction& tx, const BulkJob& job) {
  return tx.execute(
      "DELETE FROM bulk_outcomes WHERE org_id = $1 AND job_id = $2 AND part IN (SELECT part FROM "
      "bulk_outcomes WHERE org_id = $1 AND job_id = $2 ORDER BY part LIMIT $3)",
      {job.org.value, job.id.value, int64_t{db::bulk_rows_max}});
}

void delete_bulk_job(db::Transaction& tx, const BulkJob& job) {
  tx.execute("DELETE FROM bulk_jobs WHERE org_id = $1 AND id = $2", {job.org.value, job.id.value});
}

}  // namespace tandem::crm
