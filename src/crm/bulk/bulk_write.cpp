#include <algorithm>
#include <utility>

#include "base/csv_stream.h"
#include "base/text.h"
#include "crm/bulk/bulk_cells.h"
#include "crm/bulk/bulk_rows.h"
#include "crm/bulk/bulk_steps.h"
#include "crm/bulk/bulk_table.h"
#include "files/zip_writer.h"
#include "operations/operations.h"

// A write goes through its file from the beginning to the end, a step after the other. What a step
// wrote, what became of its rows and how far the job came are one transaction: whoever goes on
// after a crash unpacks the file again up to that place and finds no row done twice or left out.

namespace tandem::crm {

using records::Record;

namespace {

constexpr size_t cells_shown = 3;
constexpr size_t errors_per_row_max = 5;

/// What became of a row.
struct Written {
  std::string_view status = "SKIPPED";
  RecordId record = {};
};

struct Batch {
  std::vector<CsvRow> rows = {};
  CsvPlace next = {};
  bool is_last = false;
  std::string fault = {};
};

class BatchWriter {
 public:
  BatchWriter(db::Transaction& tx, const access::Actor& actor, const Bulk& bulk, BulkJob& job)
      : tx_(tx),
        actor_(actor),
        bulk_(bulk),
        job_(job),
        module_(*actor.catalogue->find(job.order.module)),
        shape_(actor.catalogue->shape(tx, actor.org, module_)),
        cells_(tx, actor, shape_, job.order) {}

  /// Writes the rows and answers their part of the result.
  std::string run(const std::vector<CsvRow>& rows) {
    for (size_t at = 0; at < rows.size();) {
      const size_t refused = run_together(rows, at, rows.size());
      if (refused == rows.size()) break;
      if (run_together(rows, at, refused) < refused)
        for (; at < refused; ++at) run_alone(rows[at]);
      run_alone(rows[refused]);
      at = refused + 1;
    }
    return std::move(csv_);
  }

 private:
  /// Rows from one place up to another as one attempt, because most rows are good: at each
  /// savepoint the index of words writes out what it has gathered, which for every row would be a
  /// piece of the index of its own. Answers the end, or which row was refused after it may have
  /// written; then all of them are undone.
  size_t run_together(const std::vector<CsvRow>& rows, size_t from, size_t end) {
    const BulkCounts counts_before = job_.counts;
    const size_t told_before = csv_.size();
    size_t at = from;
    const Result<void> done = tx_.attempt([&]() -> Result<void> {
      for (; at < end; ++at) {
        const Result<Written> written = take(rows[at]);
        if (!written && may_have_written_) return written.error();
        tell(rows[at], written);
      }
      return {};
    });
    if (done) return end;
    job_.counts = counts_before;
    csv_.resize(told_before);
    cells_.forget_links();  // they may have led to what was undone
    return at;
  }

  void run_alone(const CsvRow& row) {
    tell(row, tx_.attempt([&] { return take(row); }));
  }

  Result<Written> take(const CsvRow& row) {
    may_have_written_ = false;
    TRY(check_row(row, job_.order));
    const CellValues values = TRY(cells_.read(row.cells));
    may_have_written_ = true;
    return write(values);
  }

  Result<Written> write(const CellValues& values) {
    if (job_.order.operation == BulkOperation::insert) return add(values);
    const RecordId known = TRY(known_record(values));
    if (!known && job_.order.operation == BulkOperation::upsert) return add(values);
    if (!known) return not_found("No record has it.");
    const Record saved =
        TRY(operations::update_record(tx_, actor_, module_, known, values.changes));
    return Written{"UPDATED", saved.id};
  }

  /// What is empty takes what new records usually have.
  Result<Written> add(const CellValues& values) {
    records::Changes given;
    for (const auto& [name, value] : values.changes)
      if (!value.is_null()) given.set(name, value);
    const Record made = TRY(operations::create_record(tx_, actor_, module_, given));
    return Written{"ADDED", made.id};
  }

  Result<RecordId> known_record(const CellValues& values) {
    const std::string& by = job_.order.found_by;
    const bool may_be_new = job_.order.operation == BulkOperation::upsert;
    if (values.known_by.is_null() && may_be_new) return RecordId();
    if (values.known_by.is_null()) return invalid(by, "required", "Say which record is meant.");
    if (by == "id") return values.known_by.id();
    const std::optional<Record> found = TRY(find_known(tx_, actor_, module_, by, values.known_by));
    return found ? found->id : RecordId();
  }

  void tell(const CsvRow& row, const Result<Written>& written) {
    ++job_.counts.done;
    if (!written) ++job_.counts.skipped;
    if (written && written->status == "ADDED") ++job_.counts.added;
    if (written && written->status == "UPDATED") ++job_.counts.updated;
    std::vector<std::string> cells;
    for (const BulkColumn& column : job_.order.columns) {
      if (column.index < 0 || cells.size() == cells_shown) continue;
      const bool is_readable = row.fault.empty() && size_t(column.index) < row.cells.size();
      cells.push_back(is_readable ? row.cells[size_t(column.index)] : "");
    }
    cells.emplace_back(written ? written->status : "SKIPPED");
    cells.push_back(written ? to_string(written->record) : "");
    cells.push_back(written ? "" : errors_of(written.error()));
    cells.push_back(std::to_string(row.line));
    cells.push_back(written ? "" : reasons_of(written.error()));
    append_csv_row(csv_, cells);
  }

  static std::vector<FieldFault> faults_of(const Refusal& refusal) {
    if (refusal.faults.empty()) return {{refusal.field, refusal.code, refusal.message}};
    const size_t count = std::min(refusal.faults.size(), errors_per_row_max);
    return {refusal.faults.begin(), refusal.faults.begin() + ptrdiff_t(count)};
  }

  /// "MANDATORY_NOT_FOUND:Last_Name;INVALID_DATA:Email".
  std::string errors_of(const Refusal& refusal) const {
    std::vector<std::string> errors;
    for (const FieldFault& fault : faults_of(refusal)) {
      Refusal one = refusal;
      one.field = fault.field;
      one.code = fault.code;
      one.faults.clear();
      const std::string code = bulk_.word_of ? bulk_.word_of(one) : one.code;
      errors.push_back(fault.field.empty() ? code : code + ":" + name_of(fault.field));
    }
    return join(errors, ";");
  }

  static std::string reasons_of(const Refusal& refusal) {
    std::vector<std::string> reasons;
    for (const FieldFault& fault : faults_of(refusal)) reasons.push_back(fault.message);
    return join(reasons, " ");
  }

  std::string name_of(const std::string& field) const {
    for (const BulkColumn& column : job_.order.columns)
      if (column.field == field) return column.name;
    const records::FieldDef* known = shape_->find(field);
    return known ? known->label : field;
  }

  db::Transaction& tx_;
  const access::Actor& actor_;
  const Bulk& bulk_;
  BulkJob& job_;
  const records::ModuleDef& module_;
  const records::ShapeRef shape_;
  CellReader cells_;
  std::string csv_;
  bool may_have_written_ = false;
};

/// The job as it stands, when it is still at the place where a batch begins.
Result<BulkJob> still_there(db::Transaction& tx, const BulkJob& seen) {
  std::optional<BulkJob> now = read_bulk_job(tx, seen.org, seen.id);
  const bool is_same = now && now->state == seen.state && now->next_offset == seen.next_offset &&
                       now->has_read_all == seen.has_read_all;
  if (!is_same) return put_off();
  return std::move(*now);
}

/// A step: a batch of rows, and the place behind it.
Result<BulkJob> write_batch(const Bulk& bulk, const BulkJob& seen, const Batch& batch) {
  return bulk.database.write(
      [&](db::Transaction& tx) -> Result<BulkJob> {
        BulkJob job = TRY(still_there(tx, seen));
        const Result<access::Actor> actor = bulk_actor(tx, bulk, job);
        job.state = BulkState::running;
        job.has_read_all = batch.is_last || !actor;
        job.fault = actor ? batch.fault : "lost_right";
        if (actor) {
          const std::string csv = BatchWriter(tx, *actor, bulk, job).run(batch.rows);
          if (!csv.empty()) insert_outcome(tx, job, {job.counts.done, csv});
          job.next_offset = int64_t(batch.next.offset);
          job.next_line = batch.next.line;
        }
        write_bulk_job(tx, job);
        return job;
      },
      db::Priority::bulk);
}

Batch next_batch(CsvStream& table, const bool& is_damaged, int64_t rows_left) {
  Batch batch;
  while (batch.rows.size() < size_t(db::bulk_rows_max) && !batch.is_last) {
    std::optional<CsvRow> row = table.next();
    // What was unpacked right before the damage may be cut off within a row.
    if (is_damaged) batch.fault = "bad_zip";
    const bool is_over = row && int64_t(batch.rows.size()) >= rows_left;
    if (is_over && !is_damaged) batch.fault = "too_many_rows";
    batch.is_last = !row || is_over || is_damaged;
    if (!batch.is_last) batch.rows.push_back(std::move(*row));
  }
  batch.next = table.place();
  return batch;
}

}  // namespace

Result<BulkJob> write_rows(const Bulk& bulk, BulkJob job, const StopSign& stop, Instant until) {
  if (job.has_read_all) return job;
  const std::optional<std::string> bytes = bulk.files.get(job.org, job.file);
  if (!bytes) return write_batch(bulk, job, {.is_last = true, .fault = "lost_file"});
  Result<files::ZippedFile> file = open_table(*bytes);
  if (!file) return write_batch(bulk, job, {.is_last = true, .fault = "bad_zip"});
  bool is_damaged = false;
  CsvStream table(
      [&]() -> std::string {
        const Result<std::string> piece = file->read();
        is_damaged = is_damaged || !piece;
        return piece.value_or("");
      },
      ',', {size_t(job.next_offset), job.next_line});
  if (job.next_offset == 0) static_cast<void>(table.next());  // the heading
  while (!job.has_read_all) {
    const Batch batch = next_batch(table, is_damaged, bulk_write_rows_max - job.counts.done);
    job = TRY(write_batch(bulk, job, batch));
    // Asked after a step, so that each run gets somewhere.
    if (!job.has_read_all && (stop.is_up() || bulk.database.clock().now() > until))
      return put_off();
  }
  return job;
}

Result<std::string> pack_outcomes(const Bulk& bulk, const BulkJob& job, const StopSign& stop) {
  std::vector<std::string> headings;
  for (const BulkColumn& column : job.order.columns)
    if (column.index >= 0 && headings.size() < cells_shown) headings.push_back(column.name);
  for (const char* const more : {"STATUS", "RECORD_ID", "ERRORS", "LINE", "REASON"})
    headings.emplace_back(more);
  std::string heading;
  append_csv_row(heading, headings);
  int64_t after = 0;
  const auto next = [&]() -> Result<std::string> {
    if (stop.is_up()) return put_off();
    if (!heading.empty()) return std::exchange(heading, "");
    std::optional<BulkOutcome> outcome =
        bulk.database.read([&](db::Transaction& tx) { return next_outcome(tx, job, after); });
    if (!outcome) return std::string();
    after = outcome->part;
    return std::move(outcome->csv);
  };
  return files::zip_one(to_string(job.id) + ".csv", next, files::file_bytes_max);
}

}  // namespace tandem::crm
