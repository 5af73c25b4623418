#include <utility>

#include "base/csv.h"
#include "crm/bulk/bulk_cells.h"
#include "crm/bulk/bulk_steps.h"
#include "files/zip_writer.h"
#include "operations/operations.h"

// A read walks through its records by their ids. It keeps nothing between two runs: a page takes
// seconds, and who is stopped within one begins it again.

namespace tandem::crm {

namespace {

class PageWalk {
 public:
  PageWalk(const Bulk& bulk, const BulkJob& job) : bulk_(bulk), job_(job) {}

  bool is_over() const { return is_over_; }
  const std::string& cursor() const { return cursor_; }
  int64_t rows() const { return rows_; }

  /// Passes over the pages before the one that is asked for.
  Result<void> begin(const StopSign& stop) {
    cursor_ = job_.order.cursor;
    if (!cursor_.empty()) return {};
    const int64_t before = (job_.order.page - 1) * bulk_.page_rows;
    while (rows_ < before && !is_over_) {
      if (stop.is_up()) return put_off();
      TRY(step(nullptr));
    }
    rows_ = 0;
    return {};
  }

  /// Reads the next few, appends them to `csv` unless it is null, and moves on.
  Result<void> step(std::string* csv) {
    return bulk_.database.read([&](db::Transaction& tx) -> Result<void> {
      const access::Actor actor = TRY(bulk_actor(tx, bulk_, job_));
      const records::ModuleDef& module = *actor.catalogue->find(job_.order.module);
      records::Query query;
      query.filter = job_.order.filter;
      query.sort = {"id", false};
      query.cursor = cursor_;
      query.limit = db::bulk_rows_max;
      const records::Page page = TRY(operations::list_records(tx, actor, module, std::move(query)));
      if (csv) CellWriter(tx, actor.org, page.shape, job_.order.columns).append(*csv, page.records);
      cursor_ = page.next_cursor;
      is_over_ = cursor_.empty();
      rows_ += int64_t(page.records.size());
      return {};
    });
  }

 private:
  const Bulk& bulk_;
  const BulkJob& job_;
  std::string cursor_;
  int64_t rows_ = 0;
  bool is_over_ = false;
};

}  // namespace

Result<std::string> pack_records(const Bulk& bulk, BulkJob& job, const StopSign& stop) {
  PageWalk walk(bulk, job);
  TRY(walk.begin(stop));
  std::vector<std::string> names;
  for (const BulkColumn& column : job.order.columns) names.push_back(column.name);
  std::string heading;
  append_csv_row(heading, names);
  const auto next = [&]() -> Result<std::string> {
    if (stop.is_up()) return put_off();
    if (!heading.empty()) return std::exchange(heading, "");
    std::string csv;
    if (!walk.is_over() && walk.rows() < bulk.page_rows) TRY(walk.step(&csv));
    return csv;
  };
  static_assert(bulk_read_rows_max % db::bulk_rows_max == 0, "a page ends with a step");
  std::string archive =
      TRY(files::zip_one(to_string(job.id) + ".csv", next, files::file_bytes_max));
  job.counts.done = walk.rows();
  job.next_cursor = walk.cursor();
  return archive;
}

}  // namespace tandem::crm
