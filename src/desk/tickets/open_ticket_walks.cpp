#include "desk/tickets/open_ticket_walks.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/log.h"
#include "desk/modules.h"
#include "desk/tickets/still_open.h"
#include "records/store.h"

namespace tandem::desk {

namespace {

constexpr int64_t retry_ms = 5 * second_ms;

std::string word(Walk walk) {
  switch (walk) {
    case Walk::service_levels: return "service_levels";
    case Walk::timed_rules: return "timed_rules";
  }
  return "";
}

std::string job_of(Walk walk) { return "walk_" + word(walk); }

struct Place {
  std::string status_type;
  std::string position;
};

std::optional<Place> place_of(db::Transaction& tx, OrgId org, Walk walk) {
  const std::optional<db::Row> row = tx.row(
      "SELECT status_type, position FROM ticket_walks WHERE org_id = $1 AND kind = $2 "
      "AND finished_at IS NULL",
      {org.value, word(walk)});
  if (!row) return std::nullopt;
  return Place{row->text(0), row->text(1)};
}

struct Batch {
  int64_t looked_at = 0;
  int64_t changed = 0;
  Place next;  // no status_type: all was walked
};

void note(db::Transaction& tx, OrgId org, Walk walk, const Batch& batch) {
  const bool is_over = batch.next.status_type.empty();
  tx.execute(
      "UPDATE ticket_walks SET status_type = $3, position = $4, looked_at = looked_at + $5, "
      "changed = changed + $6, finished_at = $7 WHERE org_id = $1 AND kind = $2",
      {org.value, word(walk), batch.next.status_type, batch.next.position, batch.looked_at,
       batch.changed, is_over ? db::arg(tx.now()) : db::Value(nullptr)});
}

/// "" behind the last one.
std::string type_after(const std::string& status_type) {
  const std::vector<std::string>& types = still_open_types();
  const auto found = std::find(types.begin(), types.end(), status_type);
  return found == types.end() || found + 1 == types.end() ? "" : *(found + 1);
}

Result<Batch> look_at_some(db::Transaction& tx, const Desk& desk, OrgId org, const Place& place,
                           const WalkStep& step) {
  records::Query query;
  query.filter = records::field("status_type").is(place.status_type);
  query.sort = {"last_activity_at", false};
  query.cursor = place.position;
  query.limit = walk_batch_tickets;
  const records::ShapeRef shape = desk.catalogue.shape(tx, org, tickets_module());
  const records::Page page = TRY(records::select_page(tx, org, shape, query));
  Batch batch;
  for (const records::Record& ticket : page.records) {
    ++batch.looked_at;
    const Result<bool> changed = tx.attempt([&] { return step(tx, ticket); });
    if (changed && *changed) ++batch.changed;
    if (!changed) {
      log_error(fmt::format("ticket {} of {} was left as it was: {}", ticket.id.value, org.value,
                            changed.error().message));
    }
  }
  if (!page.next_cursor.empty()) {
    batch.next = {place.status_type, page.next_cursor};
  } else {
    batch.next = {type_after(place.status_type), ""};
  }
  return batch;
}

void queue_job(db::Transaction& tx, OrgId org, Walk walk) {
  jobs::enqueue(tx, org, job_of(walk), "{}", tx.now(), job_of(walk));
}

}  // namespace

void start_walk(db::Transaction& tx, OrgId org, Walk walk) {
  const int64_t expected = tx.integer(
      "SELECT COUNT(*) FROM (SELECT 1 FROM tickets WHERE org_id = $1 "
      "AND " +
          still_open_sql() + " AND deleted_at IS NULL LIMIT $2) AS counted",
      {org.value, walk_expected_max});
  tx.execute(
      "INSERT INTO ticket_walks (org_id, kind, status_type, position, looked_at, changed, "
      "expected, started_at, finished_at) VALUES ($1, $2, $5, '', 0, 0, $3, $4, NULL) "
      "ON CONFLICT (org_id, kind) DO UPDATE SET status_type = excluded.status_type, position = '', "
      "looked_at = 0, changed = 0, expected = excluded.expected, "
      "started_at = excluded.started_at, finished_at = NULL",
      {org.value, word(walk), expected, db::arg(tx.now()), still_open_types().front()});
  queue_job(tx, org, walk);
}

std::optional<WalkProgress> walk_progress(db::Transaction& tx, OrgId org, Walk walk) {
  const std::optional<db::Row> row = tx.row(
      "SELECT looked_at, changed, expected, started_at, finished_at FROM ticket_walks "
      "WHERE org_id = $1 AND kind = $2",
      {org.value, word(walk)});
  if (!row) return std::nullopt;
  WalkProgress progress{.looked_at = row->integer(0),
                        .changed = row->integer(1),
                        .expected = row->integer(2),
                        .started_at = row->instant(3),
                        .finished_at = std::nullopt};
  if (!row->is_null(4)) progress.finished_at = row->instant(4);
  return progress;
}

void add_walk(jobs::Worker& worker, const Desk& desk, Walk walk,
              std::function<WalkStep(db::Transaction&, OrgId)> step_for) {
  const auto one_batch = [&desk, walk, step_for](const jobs::Job& job, bool is_last) {
    return desk.database.write(
        [&](db::Transaction& tx) -> Result<bool> {
          const std::optional<Place> place = place_of(tx, job.org, walk);
          if (!place) return false;
          const Batch batch = TRY(look_at_some(tx, desk, job.org, *place, step_for(tx, job.org)));
          note(tx, job.org, walk, batch);
          const bool goes_on = !batch.next.status_type.empty();
          if (goes_on && is_last) queue_job(tx, job.org, walk);
          return goes_on;
        },
        db::Priority::bulk);
  };
  worker.add(job_of(walk), [one_batch](db::Database&, const jobs::Job& job) -> jobs::Outcome {
    bool is_last = false;
    for (int batch = 1; !is_last; ++batch) {
      is_last = batch == walk_batches_per_job || job.stop.is_up();
      const Result<bool> goes_on = one_batch(job, is_last);
      if (!goes_on) {
        return {.kind = jobs::Outcome::Kind::retry,
                .reason = goes_on.error().message,
                .retry_after_ms = retry_ms};
      }
      if (!*goes_on) break;
    }
    return {};
  });
}

}  // namespace tandem::desk
