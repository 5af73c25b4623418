#include "crm/signals/work_signals.h"

#include "base/json.h"
#include "crm/bulk/bulk_jobs.h"
#include "crm/signals/signal_list.h"

namespace tandem::crm {

namespace {

using access::Actor;

std::string json_of(const Work& work) {
  JsonWriter json;
  json.begin_object().string("module", work.module).boolean("is_read", work.is_read);
  json.string("file_name", work.file_name).string("fault", work.fault);
  json.number("count", work.count).number("added", work.added).number("updated", work.updated);
  json.number("skipped", work.skipped).number("refused", work.refused);
  return json.end_object().take();
}

int64_t number_in(const Json& json, std::string_view key) {
  const Json* const number = find(json, key);
  return number && number->is_int64() ? number->get_int64() : 0;
}

Work work_of(const notifications::Notification& told) {
  Work work{.module = told.module, .id = told.about};
  const Result<Json> detail = json_from_text(told.detail_json);
  if (!detail) return work;
  work.count = number_in(*detail, "count");
  if (told.kind == signal::records_assigned) return work;
  work.module = text_of(*detail, "module");
  const Json* const is_read = find(*detail, "is_read");
  work.is_read = is_read && *is_read == Json(true);
  work.file_name = text_of(*detail, "file_name");
  work.fault = text_of(*detail, "fault");
  work.added = number_in(*detail, "added");
  work.updated = number_in(*detail, "updated");
  work.skipped = number_in(*detail, "skipped");
  work.refused = number_in(*detail, "refused");
  return work;
}

void tell(db::Transaction& tx, const Actor& program, const char* signal, RecordId agent,
          const Work& work) {
  if (signals_switched_off(tx, program.org).contains(signal)) return;
  notifications::tell_agent(tx, program,
                            {.kind = signal,
                             .agent = agent,
                             .module = signal,
                             .record = work.id,
                             .detail_json = json_of(work)});
}

}  // namespace

void tell_of_import(db::Transaction& tx, const Actor& begun_by, const imports::Import& import) {
  const imports::ImportCounts& counts = import.counts;
  const Actor program =
      access::system_actor(*begun_by.catalogue, begun_by.org, access::Path::automation);
  tell(tx, program, signal::import_ended, begun_by.id,
       {.module = import.module,
        .id = import.id,
        .file_name = import.file_name,
        .fault = import.fault,
        .added = counts.added,
        .updated = counts.updated,
        .skipped = counts.skipped,
        .refused = counts.refused});
}

void tell_of_bulk_job(db::Transaction& tx, const Actor& program, const BulkJob& job) {
  const BulkCounts& counts = job.counts;
  const bool is_read = job.order.direction == BulkDirection::read;
  Work work{.module = job.order.module,
            .id = job.id,
            .is_read = is_read,
            .file_name = job.file_name,
            .fault = job.fault};
  if (is_read) {
    work.count = counts.done;
  } else {
    work.added = counts.added;
    work.updated = counts.updated;
    work.refused = counts.skipped;  // the dialect calls refused rows skipped
  }
  tell(tx, program, signal::bulk_job_ended, job.agent, work);
}

std::vector<ToldOfWork> told_of_work(db::Transaction& tx, const Actor& actor) {
  std::vector<ToldOfWork> shown;
  for (notifications::Notification& told : notifications::told_of_kinds(
           tx, actor, {signal::records_assigned, signal::import_ended, signal::bulk_job_ended})) {
    Work work = work_of(told);
    const records::ModuleDef* const module = actor.catalogue->find(work.module);
    const bool is_read = module && access::has_right(actor, module->name, access::Right::read);
    if (is_read) shown.push_back({std::move(told), std::move(work)});
  }
  return shown;
}

bool has_report(db::Transaction& tx, const Actor& actor, const ToldOfWork& one) {
  const Work& work = one.work;
  if (one.told.kind == signal::import_ended)
    return imports::find_import(tx, actor, work.id).has_value();
  if (one.told.kind != signal::bulk_job_ended) return false;
  const BulkDirection direction = work.is_read ? BulkDirection::read : BulkDirection::write;
  const Result<BulkJob> job = find_bulk_job(tx, actor, direction, work.id);
  return job && job->result_file != 0;
}

}  // namespace tandem::crm
