#include <fmt/format.h>

#include <semaphore>

#include "access/actor_of.h"
#include "access/audit.h"
#include "base/json.h"
#include "crm/bulk/bulk_rows.h"
#include "crm/bulk/bulk_steps.h"
#include "crm/bulk/sent_ahead.h"
#include "crm/signals/work_signals.h"

// From the queue to the end of a job.

namespace tandem::crm {

namespace {

using jobs::Outcome;

/// Jobs that are worked on by one process at a time: they leave threads to mails and to people.
constexpr int turns_max = 2;
constexpr int64_t turn_wait_ms = 2 * second_ms;
/// Then others have their turn.
constexpr int64_t run_max_ms = 30 * second_ms;
constexpr int64_t forget_every_ms = hour_ms;
constexpr int forgotten_at_once = 50;

constexpr const char* put_off_code = "put_off";

std::counting_semaphore<turns_max>& turns() {
  static std::counting_semaphore<turns_max> all(turns_max);
  return all;
}

/// Gives the turn back however the run ends.
class Turn {
 public:
  Turn() : is_taken_(turns().try_acquire()) {}
  ~Turn() {
    if (is_taken_) turns().release();
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  bool is_taken() const { return is_taken_; }

 private:
  bool is_taken_;
};

bool is_open(const BulkJob& job) {
  return job.state == BulkState::added || job.state == BulkState::running;
}

std::string told(const BulkJob& job) {
  if (job.order.direction == BulkDirection::read)
    return fmt::format("{} of {}, by a bulk read", job.counts.done, job.order.module);
  return fmt::format("{} of {}: {} added, {} updated, {} skipped, by a bulk write",
                     job.order.module, job.file_name, job.counts.added, job.counts.updated,
                     job.counts.skipped);
}

/// The end, with the signal and the job that tell of it.
void end_job(db::Transaction& tx, const Bulk& bulk, BulkJob& job) {
  job.state = job.fault.empty() ? BulkState::completed : BulkState::failed;
  job.ended_at = tx.now();
  job.file = 0;
  write_bulk_job(tx, job);
  const bool is_read = job.order.direction == BulkDirection::read;
  if (const Result<access::Actor> actor = bulk_actor(tx, bulk, job); actor && job.counts.done > 0)
    access::audit(tx, *actor, is_read ? "records_exported" : "records_imported", told(job));
  tell_of_bulk_job(
      tx, access::system_actor(*bulk.applications.find(job.app), job.org, access::Path::automation),
      job);
  if (job.callback_url.empty()) return;
  const std::string payload =
      JsonWriter().begin_object().id("job", job.id.value).end_object().take();
  jobs::enqueue(tx, job.org, bulk_callback_kind, payload, tx.now(), "bulk-" + to_string(job.id));
}

/// Keeps what was packed, or why nothing could be.
Outcome keep_result(const Bulk& bulk, const BulkJob& packed, const Result<std::string>& archive) {
  if (!archive && is_put_off(archive.error())) return {.kind = Outcome::Kind::later};
  BulkJob job = packed;
  if (archive) {
    const Result<files::StoredFile> stored = bulk.files.put(job.org, *archive);
    if (!stored) return {.kind = Outcome::Kind::retry, .reason = stored.error().message};
    job.result_file = stored->id;
  } else if (job.fault.empty()) {
    const bool is_large = archive.error().kind == RefusalKind::too_large;
    job.fault = is_large ? "result_too_large" : archive.error().code;
  }
  const Result<int> ended = bulk.database.write([&](db::Transaction& tx) -> Result<int> {
    const std::optional<BulkJob> now = read_bulk_job(tx, job.org, job.id);
    if (!now || !is_open(*now)) return 0;
    BulkJob last = job;
    end_job(tx, bulk, last);
    return 0;
  });
  return ended ? Outcome{} : Outcome{.kind = Outcome::Kind::retry, .reason = ended.error().message};
}

void forget_outcomes(const Bulk& bulk, const BulkJob& job) {
  int64_t gone = db::bulk_rows_max;
  while (gone == db::bulk_rows_max) {
    const Result<int64_t> deleted = bulk.database.write(
        [&](db::Transaction& tx) -> Result<int64_t> { return delete_outcomes(tx, job); },
        db::Priority::bulk);
    gone = deleted.value_or(0);
  }
}

Outcome run_write(const Bulk& bulk, BulkJob job, const StopSign& stop) {
  const Instant until = bulk.database.clock().now() + run_max_ms;
  Result<BulkJob> written = write_rows(bulk, std::move(job), stop, until);
  if (!written) return {.kind = Outcome::Kind::later};
  const Outcome outcome = keep_result(bulk, *written, pack_outcomes(bulk, *written, stop));
  if (outcome.kind == Outcome::Kind::done) forget_outcomes(bulk, *written);
  return outcome;
}

Outcome run_read(const Bulk& bulk, BulkJob job, const StopSign& stop) {
  const Result<int> begun = bulk.database.write([&](db::Transaction& tx) -> Result<int> {
    job.state = BulkState::running;
    write_bulk_job(tx, job);
    return 0;
  });
  if (!begun) return {.kind = Outcome::Kind::retry, .reason = begun.error().message};
  const Result<std::string> archive = pack_records(bulk, job, stop);
  return keep_result(bulk, job, archive);
}

void give_up(db::Transaction& tx, const Bulk& bulk, const jobs::Job& job) {
  std::optional<BulkJob> given_up = bulk_job_of(tx, job);
  if (!given_up || !is_open(*given_up)) return;
  given_up->fault = "given_up";
  end_job(tx, bulk, *given_up);
}

void forget_job(const Bulk& bulk, const BulkJob& job, Instant now) {
  forget_outcomes(bulk, job);
  if (job.result_file != 0) bulk.files.forget(job.org, job.result_file);
  const Result<int> forgotten = bulk.database.write([&](db::Transaction& tx) -> Result<int> {
    BulkJob left = job;
    left.result_file = 0;
    const bool is_gone = job.ended_at < now - bulk_job_kept_ms;
    is_gone ? delete_bulk_job(tx, job) : write_bulk_job(tx, left);
    return 0;
  });
  static_cast<void>(forgotten);
}

}  // namespace

Refusal put_off() { return conflict(put_off_code, "The job goes on later."); }
bool is_put_off(const Refusal& refusal) { return refusal.code == put_off_code; }

Result<access::Actor> bulk_actor(db::Transaction& tx, const Bulk& bulk, const BulkJob& job) {
  const records::Catalogue& catalogue = *bulk.applications.find(job.app);
  const Refusal lost = forbidden("lost_right", "The person may not do this any more.");
  Result<access::Actor> actor =
      access::actor_of(tx, catalogue, job.person, job.org, access::Path::bulk);
  if (!actor) return lost;
  const bool is_read = job.order.direction == BulkDirection::read;
  const records::ModuleDef& module = *catalogue.find(job.order.module);
  const access::Right right = is_read ? access::Right::export_ : access::Right::import;
  if (!access::require_right(*actor, module, right)) return lost;
  return actor;
}

jobs::Outcome run_bulk_job(const Bulk& bulk, const jobs::Job& job) {
  const Turn turn;
  if (!turn.is_taken()) return {.kind = Outcome::Kind::later, .retry_after_ms = turn_wait_ms};
  const std::optional<BulkJob> found =
      bulk.database.read([&](db::Transaction& tx) { return bulk_job_of(tx, job); });
  if (!found || !is_open(*found)) return {};
  return found->order.direction == BulkDirection::read ? run_read(bulk, *found, job.stop)
                                                       : run_write(bulk, *found, job.stop);
}

void forget_bulk_jobs(const Bulk& bulk, const StopSign& stop) {
  const Instant now = bulk.database.clock().now();
  while (!stop.is_up()) {
    const std::vector<BulkJob> old = bulk.database.read([&](db::Transaction& tx) {
      return bulk_jobs_to_forget(tx, now - bulk_result_kept_ms, now - bulk_job_kept_ms,
                                 forgotten_at_once);
    });
    for (const BulkJob& job : old) forget_job(bulk, job, now);
    if (old.size() < size_t(forgotten_at_once)) break;
  }
  forget_sent(bulk.database, stop);
}

void add_bulk_jobs(jobs::Worker& worker, const Bulk& bulk) {
  worker.add(
      "bulk_records",
      [&bulk](db::Database&, const jobs::Job& job) { return run_bulk_job(bulk, job); }, {},
      [&bulk](db::Transaction& tx, const jobs::Job& job, const std::string&) {
        give_up(tx, bulk, job);
      });
  worker.add_schedule(
      "forget_bulk_jobs", forget_every_ms,
      [&bulk](db::Database&, const StopSign& stop) { forget_bulk_jobs(bulk, stop); });
}

}  // namespace tandem::crm
