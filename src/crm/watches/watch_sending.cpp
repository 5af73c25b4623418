#include "crm/watches/watch_sending.h"

#include <optional>
#include <string>
#include <utility>

namespace tandem::crm {

using access::Actor;

namespace {

constexpr int64_t end_every_ms = 10 * minute_ms;

/// Fields that were hidden from the owner since the notice was queued stay here.
void leave_hidden_out(db::Transaction& tx, const Actor& owner, const Watch& watch, Notice& notice) {
  const records::ModuleDef& module = *owner.catalogue->find(watch.module);
  const records::ShapeRef shape = owner.catalogue->shape(tx, owner.org, module);
  for (ToldRecord& record : notice.records) {
    JsonObject seen;
    for (const auto& pair : record.fields) {
      const records::FieldDef* field = shape->find(std::string_view(pair.key()));
      const bool is_seen =
          field && access::field_access(owner, module.name, *field) != access::FieldAccess::hidden;
      if (is_seen) seen[pair.key()] = pair.value();
    }
    record.fields = std::move(seen);
  }
}

deliveries::NextCall next_call(db::Transaction& tx, const access::Applications& applications,
                               const WatchFace& face, OrgId org, RecordId id, int64_t lease_ms) {
  const std::optional<Watch> watch = find_watch(tx, org, id);
  if (!watch) return {};
  const std::optional<Actor> owner = owner_of(tx, applications, *watch);
  if (!owner || watch->ends_at <= tx.now()) {
    end_watch(tx, *watch, owner ? "expired" : "no_right");
    return {};
  }
  deliveries::NextBatch next = deliveries::take_batch(tx, watch_outbox, org, id, lease_ms);
  if (!next.batch) return {.call = {}, .look_at = next.look_at};
  Notice notice = notice_from_text(next.batch->contents.front());
  leave_hidden_out(tx, *owner, *watch, notice);
  std::string body = face.write(tx, *owner, *watch, notice);
  return {.call = deliveries::DueCall{.batch = std::move(*next.batch),
                                      .url = watch->url,
                                      .headers = {{"Content-Type", "application/json"}},
                                      .body = std::move(body)},
          .look_at = {}};
}

void note_call(db::Transaction& tx, const deliveries::Batch& batch,
               const deliveries::CallReport& report, int64_t pause_ms) {
  const deliveries::Standing standing =
      deliveries::note_report(tx, watch_outbox, batch, report, pause_ms);
  const bool is_gone = standing == deliveries::Standing::gone;
  if (!is_gone && standing != deliveries::Standing::silent) return;
  const std::optional<Watch> watch = find_watch(tx, batch.org, batch.receiver);
  if (watch) end_watch(tx, *watch, is_gone ? "gone" : "silent");
}

}  // namespace

void add_watch_jobs(jobs::Worker& worker, db::Database& database,
                    const access::Applications& applications, WatchFace face, WatchCalls calls) {
  deliveries::add_sender(
      worker, {.database = database,
               .outbox = watch_outbox,
               .may_reach = std::move(calls.may_reach),
               .timeout_ms = calls.timeout_ms,
               .take =
                   [&applications, face = std::move(face)](db::Transaction& tx, OrgId org,
                                                           RecordId watch, int64_t lease_ms) {
                     return next_call(tx, applications, face, org, watch, lease_ms);
                   },
               .note = note_call});
  worker.add_schedule("end_watches", end_every_ms,
                      [&applications](db::Database& on, const StopSign& stop) {
                        end_watches(on, applications, stop);
                      });
}

}  // namespace tandem::crm
