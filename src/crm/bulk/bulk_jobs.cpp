#include "crm/bulk/bulk_jobs.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "crm/bulk/bulk_cells.h"
#include "crm/bulk/bulk_rows.h"
#include "crm/bulk/bulk_table.h"
#include "crm/bulk/sent_ahead.h"
#include "deliveries/receiver_url.h"
#include "operations/visible.h"

namespace tandem::crm {

namespace {

using access::Actor;
using access::Right;
using records::FieldDef;
using records::ModuleDef;

constexpr const char* job_kind = "bulk_records";

Result<void> check_callback(const std::string& url) {
  if (url.empty()) return {};
  const Result<void> checked = deliveries::check_receiver_url(url);
  if (checked) return {};
  return invalid("callback", checked.error().code, checked.error().message);
}

/// What holds for both directions.
Result<void> check_asked(db::Transaction& tx, const Actor& actor, const NewBulkJob& asked) {
  TRY(check_callback(asked.callback_url));
  if (asked.asked_json.size() > bulk_asked_bytes_max)
    return too_large("too_large", "Ask for less at a time; 64 KiB are the most.");
  if (asked.order.columns.empty()) return invalid("fields", "required", "Name at least one field.");
  if (asked.order.columns.size() > bulk_columns_max)
    return invalid("fields", "too_many", fmt::format("Name at most {}.", bulk_columns_max));
  if (count_open_bulk_jobs(tx, actor.org) >= bulk_jobs_open_max) {
    return busy(fmt::format("{} jobs are under way already. Wait until one of them has ended.",
                            bulk_jobs_open_max));
  }
  return {};
}

const ModuleDef& module_of(const Actor& actor, const BulkOrder& order) {
  return *actor.catalogue->find(order.module);
}

BulkJob queue(db::Transaction& tx, const Actor& actor, const NewBulkJob& asked,
              const SentFile& sent) {
  BulkJob job{.org = actor.org,
              .id = {tx.new_id()},
              .app = actor.catalogue->app(),
              .order = asked.order,
              .asked_json = asked.asked_json,
              .callback_url = asked.callback_url,
              .base = asked.base,
              .person = actor.person,
              .agent = actor.id,
              .file = sent.file,
              .file_name = sent.name,
              .created_at = tx.now()};
  insert_bulk_job(tx, job);
  const std::string payload =
      JsonWriter().begin_object().id("job", job.id.value).end_object().take();
  jobs::enqueue(tx, job.org, job_kind, payload, tx.now(), "bulk-" + to_string(job.id));
  return job;
}

/// Refuses a field by which records, or those that a link names, can't be found row after row.
Result<void> check_found_by(const ModuleDef& module, const FieldDef* field) {
  if (field && finds_quickly(module, *field)) return {};
  return invalid("find_by", "not_a_choice",
                 "Records are found by their id, or by a field that has an index.");
}

Result<void> check_found_by(const Actor& actor, const records::Shape& shape,
                            const BulkOrder& order) {
  if (order.operation == BulkOperation::insert) return {};
  const auto names = [&](const BulkColumn& column) { return column.field == order.found_by; };
  if (std::none_of(order.columns.begin(), order.columns.end(), names))
    return invalid("find_by", "required", "Map the field that says which record is meant.");
  if (order.found_by == "id") return {};
  TRY(operations::may_ask(actor, shape.module(), records::field(order.found_by).is_empty()));
  return check_found_by(shape.module(), shape.find(order.found_by));
}

Result<void> check_link(const Actor& actor, const records::Shape& shape, const BulkColumn& column) {
  if (column.found_by.empty() || column.found_by == "id" || column.found_by == "title") return {};
  const FieldDef* field = shape.find(column.field);
  const bool is_user = field && field->kind == records::FieldKind::user;
  const ModuleDef* other =
      field ? actor.catalogue->find(is_user ? "agents" : field->link_to) : nullptr;
  if (!other) return invalid("find_by", "not_a_choice", "Only links are found by a field.");
  TRY(operations::may_ask(actor, *other, records::field(column.found_by).is_empty()));
  return check_found_by(*other, actor.catalogue->plain_shape(*other)->find(column.found_by));
}

/// Each field once, such as the person may write, and cells that the file has.
Result<void> check_columns(const Actor& actor, const records::Shape& shape,
                           const BulkOrder& order) {
  records::Changes written;
  for (const BulkColumn& column : order.columns) {
    std::vector<std::string> fields = column.fields;
    if (column.form != CellForm::relation) fields = {column.field};
    for (const std::string& field : fields) {
      if (written.contains(field)) return invalid(field, "mapped_twice", "Map each field once.");
      written.set(field, records::Value());
    }
    if (column.index >= order.cells)
      return invalid("index", "out_of_range", "The file has no such column.");
    TRY(check_link(actor, shape, column));
  }
  written.erase("id");
  return operations::may_write(actor, shape, written);
}

Result<void> may_write_module(const Actor& actor, const ModuleDef& module, const BulkOrder& order) {
  if (!module.generic_writes)
    return invalid("module", "not_supported", "Records of this kind are not written in bulk.");
  TRY(access::require_right(actor, module, Right::import));
  if (order.operation != BulkOperation::update)
    TRY(access::require_right(actor, module, Right::create));
  if (order.operation != BulkOperation::insert)
    TRY(access::require_right(actor, module, Right::update));
  return {};
}

}  // namespace

Result<BulkJob> add_bulk_read(db::Transaction& tx, const Actor& actor, const NewBulkJob& asked) {
  const ModuleDef& module = module_of(actor, asked.order);
  TRY(access::require_right(actor, module, Right::read));
  TRY(access::require_right(actor, module, Right::export_));
  TRY(check_asked(tx, actor, asked));
  constexpr int64_t pages_max = 10'000;
  if (asked.order.page < 1 || asked.order.page > pages_max)
    return invalid("page", "out_of_range", "Give a page from 1 on.");
  // What lists refuse is refused now, and not when the job runs.
  records::Query query;
  query.filter = asked.order.filter;
  query.sort = {"id", false};
  query.cursor = asked.order.cursor;
  query.limit = 1;
  TRY(operations::list_records(tx, actor, module, std::move(query)));
  return queue(tx, actor, asked, {});
}

Result<std::vector<std::string>> bulk_headings(const Bulk& bulk, const Actor& actor,
                                               RecordId sent) {
  const SentFile file = TRY(bulk.database.read(
      [&](db::Transaction& tx) { return find_sent(tx, actor, SentFor::bulk_write, sent); }));
  const std::optional<std::string> bytes = bulk.files.get(actor.org, file.file);
  if (!bytes) return not_found("There is no such file, or its day is over. Send it again.");
  files::ZippedFile table = TRY(open_table(*bytes));
  return read_headings(table);
}

Result<BulkJob> add_bulk_write(db::Transaction& tx, const Actor& actor, RecordId sent,
                               const NewBulkJob& asked) {
  const ModuleDef& module = module_of(actor, asked.order);
  TRY(may_write_module(actor, module, asked.order));
  TRY(check_asked(tx, actor, asked));
  const SentFile file = TRY(find_sent(tx, actor, SentFor::bulk_write, sent));
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, module);
  TRY(check_columns(actor, *shape, asked.order));
  TRY(check_found_by(actor, *shape, asked.order));
  return queue(tx, actor, asked, file);
}

Result<BulkJob> find_bulk_job(db::Transaction& tx, const Actor& actor, BulkDirection direction,
                              RecordId id) {
  std::optional<BulkJob> job = read_bulk_job(tx, actor.org, id);
  const bool is_theirs = job && job->person == actor.person && job->order.direction == direction &&
                         job->app == actor.catalogue->app();
  if (!is_theirs) return not_found("There is no such job, or its week is over.");
  return std::move(*job);
}

Result<std::string> bulk_result(files::FileStore& files, const BulkJob& job) {
  if (job.state == BulkState::added || job.state == BulkState::running)
    return conflict("not_ended", "The job has not ended yet. Ask again later.");
  std::optional<std::string> bytes =
      job.result_file == 0 ? std::nullopt : files.get(job.org, job.result_file);
  if (!bytes) return not_found("There is no result, or its day is over. Start a new job.");
  return std::move(*bytes);
}

std::optional<BulkJob> bulk_job_of(db::Transaction& tx, const jobs::Job& job) {
  const Result<Json> payload = json_from_text(job.payload_json);
  const std::optional<int64_t> id = payload ? id_from_text(text_of(*payload, "job")) : std::nullopt;
  return id ? read_bulk_job(tx, job.org, RecordId{*id}) : std::nullopt;
}

bool is_bulk_file_kept(db::Transaction& tx, OrgId org, int64_t file) {
  const std::optional<db::Row> row = tx.row(
      "SELECT 1 FROM bulk_jobs WHERE org_id = $1 AND (file_id = $2 OR result_file_id = $2) LIMIT 1",
      {org.value, file});
  return row.has_value() || is_sent_file_kept(tx, org, file);
}

}  // namespace tandem::crm
