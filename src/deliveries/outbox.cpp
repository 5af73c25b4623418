#include "deliveries/outbox.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/json.h"
#include "jobs/bring_forward.h"
#include "jobs/queue.h"

namespace tandem::deliveries {

namespace {

constexpr int64_t batches_max = 1'000;
/// Whoever finds another sender at work looks again this soon.
constexpr int64_t busy_look_ms = 2 * second_ms;

/// The statement with the names of the tables, which are ours and nobody's input.
std::string sql(const Outbox& outbox, std::string_view text) {
  return fmt::format(fmt::runtime(text), fmt::arg("receivers", outbox.receivers),
                     fmt::arg("deliveries", outbox.deliveries),
                     fmt::arg("receiver", outbox.receiver));
}

struct Waiting {
  int64_t batch = 0;
  int64_t attempts = 0;
  Instant next_try_at;
};

/// Those that were tried, oldest first.
std::vector<Waiting> tried_batches(db::Transaction& tx, const Outbox& outbox, OrgId org,
                                   RecordId receiver) {
  std::vector<Waiting> found;
  for (const db::Row& row :
       tx.rows(sql(outbox,
                   "SELECT batch_id, MAX(attempts), MAX(next_try_at) FROM {deliveries} "
                   "WHERE org_id = $1 AND {receiver}_id = $2 AND state = 'waiting' "
                   "AND batch_id <> 0 GROUP BY batch_id ORDER BY MIN(id) LIMIT $3"),
               {org.value, receiver.value, batches_max})) {
    found.push_back({row.integer(0), row.integer(1), row.instant(2)});
  }
  return found;
}

/// Puts what was never tried into a batch; 0 when there is nothing.
int64_t new_batch(db::Transaction& tx, const Outbox& outbox, OrgId org, RecordId receiver) {
  std::vector<int64_t> ids;
  int64_t chars = 0;
  tx.for_each(sql(outbox,
                  "SELECT id, LENGTH(content) FROM {deliveries} WHERE org_id = $1 "
                  "AND {receiver}_id = $2 AND state = 'waiting' AND batch_id = 0 "
                  "ORDER BY id LIMIT $3"),
              {org.value, receiver.value, outbox.contents_max}, [&](const db::RowView& row) {
                chars += row.integer(1);
                if (!ids.empty() && chars > batch_chars_max) return false;
                ids.push_back(row.integer(0));
                return true;
              });
  if (ids.empty()) return 0;
  const int64_t batch = tx.new_id();
  for (const int64_t id : ids) {
    tx.execute(sql(outbox, "UPDATE {deliveries} SET batch_id = $3 WHERE org_id = $1 AND id = $2"),
               {org.value, id, batch});
  }
  return batch;
}

std::vector<std::string> contents_of(db::Transaction& tx, const Outbox& outbox,
                                     const Batch& batch) {
  std::vector<std::string> contents;
  tx.for_each(sql(outbox,
                  "SELECT content FROM {deliveries} WHERE org_id = $1 AND {receiver}_id = $2 "
                  "AND state = 'waiting' AND batch_id = $3 ORDER BY id"),
              {batch.org.value, batch.receiver.value, batch.id}, [&](const db::RowView& row) {
                contents.emplace_back(row.text(0));
                return true;
              });
  return contents;
}

/// The batch to send, or when to look again.
struct Choice {
  int64_t batch = 0;
  std::optional<Instant> look_at;
};

Choice choose(db::Transaction& tx, const Outbox& outbox, OrgId org, RecordId receiver) {
  Choice choice;
  for (const Waiting& tried : tried_batches(tx, outbox, org, receiver)) {
    if (tried.next_try_at <= tx.now()) return {.batch = tried.batch, .look_at = {}};
    choice.look_at = std::min(choice.look_at.value_or(tried.next_try_at), tried.next_try_at);
    if (tried.attempts < attempts_in_order) return choice;
  }
  choice.batch = new_batch(tx, outbox, org, receiver);
  return choice;
}

std::string_view state_after(const Batch& batch, CallOutcome outcome) {
  switch (outcome) {
    case CallOutcome::delivered: return "delivered";
    case CallOutcome::refused: return "failed";
    case CallOutcome::gone: return "failed";
    case CallOutcome::try_again: return batch.attempt >= attempts_max ? "failed" : "waiting";
  }
  return "failed";
}

void note_success(db::Transaction& tx, const Outbox& outbox, const Batch& batch) {
  tx.execute(sql(outbox,
                 "UPDATE {receivers} SET failures_in_row = 0, failing_since = 0 "
                 "WHERE org_id = $1 AND id = $2 AND failures_in_row <> 0"),
             {batch.org.value, batch.receiver.value});
}

/// Whether nothing was accepted for a day.
bool count_failure(db::Transaction& tx, const Outbox& outbox, const Batch& batch) {
  tx.execute(sql(outbox,
                 "UPDATE {receivers} SET failures_in_row = failures_in_row + 1, "
                 "failing_since = CASE WHEN failing_since = 0 THEN $3 ELSE failing_since END "
                 "WHERE org_id = $1 AND id = $2"),
             {batch.org.value, batch.receiver.value, tx.now().ms});
  const std::optional<db::Row> row = tx.row(sql(outbox,
                                                "SELECT failing_since, failures_in_row "
                                                "FROM {receivers} WHERE org_id = $1 AND id = $2"),
                                            {batch.org.value, batch.receiver.value});
  return row && tx.now() - row->instant(0) >= silent_max_ms &&
         row->integer(1) >= silent_failures_min;
}

}  // namespace

void queue_sending(db::Transaction& tx, const Outbox& outbox, OrgId org, RecordId receiver,
                   Instant at) {
  JsonWriter payload;
  payload.begin_object().id(outbox.receiver, receiver.value).end_object();
  const std::string kind = fmt::format("send_{}", outbox.receiver);
  const std::string key = fmt::format("{}-{}", outbox.receiver, receiver.value);
  // The job that waits for the next try of what failed, hours away, also sends what is new.
  if (jobs::enqueue(tx, org, kind, payload.take(), at, key) == 0) {
    jobs::bring_forward(tx, org, kind, key, at);
  }
}

bool has_room(db::Transaction& tx, const Outbox& outbox, OrgId org, RecordId receiver) {
  return tx.integer(sql(outbox,
                        "SELECT COUNT(*) FROM {deliveries} "
                        "WHERE org_id = $1 AND {receiver}_id = $2 AND state = 'waiting'"),
                    {org.value, receiver.value}) < waiting_max;
}

NextBatch take_batch(db::Transaction& tx, const Outbox& outbox, OrgId org, RecordId receiver,
                     int64_t lease_ms) {
  const Instant until = tx.now() + lease_ms;
  const int64_t taken = tx.execute(sql(outbox,
                                       "UPDATE {receivers} SET sending_until = $3 "
                                       "WHERE org_id = $1 AND id = $2 AND sending_until <= $4"),
                                   {org.value, receiver.value, until.ms, tx.now().ms});
  if (taken == 0) {
    // Another sender has it, or it was removed.
    const int64_t busy_until = tx.integer(
        sql(outbox, "SELECT sending_until FROM {receivers} WHERE org_id = $1 AND id = $2"),
        {org.value, receiver.value});
    if (busy_until == 0) return {};
    return {.batch = {}, .look_at = std::min(Instant{busy_until}, tx.now() + busy_look_ms)};
  }
  const Choice choice = choose(tx, outbox, org, receiver);
  if (choice.batch == 0) {
    tx.execute(
        sql(outbox, "UPDATE {receivers} SET sending_until = 0 WHERE org_id = $1 AND id = $2"),
        {org.value, receiver.value});
    return {.batch = {}, .look_at = choice.look_at};
  }
  Batch batch{.org = org, .receiver = receiver, .id = choice.batch, .lease_until = until};
  // Counted before it is sent: a try that takes the process down is a try.
  tx.execute(sql(outbox,
                 "UPDATE {deliveries} SET attempts = attempts + 1, tried_at = $4 "
                 "WHERE org_id = $1 AND {receiver}_id = $2 AND batch_id = $3 "
                 "AND state = 'waiting'"),
             {org.value, receiver.value, batch.id, tx.now().ms});
  batch.attempt = tx.integer(sql(outbox,
                                 "SELECT MAX(attempts) FROM {deliveries} WHERE org_id = $1 "
                                 "AND {receiver}_id = $2 AND batch_id = $3 AND state = 'waiting'"),
                             {org.value, receiver.value, batch.id});
  batch.contents = contents_of(tx, outbox, batch);
  return {.batch = std::move(batch), .look_at = {}};
}

Standing note_report(db::Transaction& tx, const Outbox& outbox, const Batch& batch,
                     const CallReport& report, int64_t pause_ms) {
  const int64_t ours = tx.execute(sql(outbox,
                                      "UPDATE {receivers} SET sending_until = 0 "
                                      "WHERE org_id = $1 AND id = $2 AND sending_until = $3"),
                                  {batch.org.value, batch.receiver.value, batch.lease_until.ms});
  if (ours == 0) return Standing::lost;
  const std::string_view state = state_after(batch, report.outcome);
  tx.execute(sql(outbox,
                 "UPDATE {deliveries} SET state = $4, next_try_at = $5, status = $6, answer = $7 "
                 "WHERE org_id = $1 AND {receiver}_id = $2 AND batch_id = $3 "
                 "AND state = 'waiting'"),
             {batch.org.value, batch.receiver.value, batch.id, std::string(state),
              state == "waiting" ? tx.now().ms + pause_ms : int64_t{0}, int64_t{report.status},
              report.answer});
  if (report.outcome == CallOutcome::delivered) {
    note_success(tx, outbox, batch);
    return Standing::fine;
  }
  const bool is_silent = count_failure(tx, outbox, batch);
  if (report.outcome == CallOutcome::gone) return Standing::gone;
  return is_silent ? Standing::silent : Standing::failing;
}

void sweep(db::Database& database, const Outbox& outbox, const StopSign& stop) {
  const Instant now = database.clock().now();
  const std::string statement =
      sql(outbox,
          "DELETE FROM {deliveries} WHERE (org_id, id) IN (SELECT org_id, id FROM {deliveries} "
          "WHERE state = $1 AND created_at < $2 LIMIT $3)");
  const auto forget = [&](const std::string& state, Instant until) {
    while (true) {
      const auto gone = database.write(
          [&](db::Transaction& tx) -> Result<int64_t> {
            return tx.execute(statement, {state, until.ms, int64_t(db::bulk_rows_max)});
          },
          db::Priority::bulk);
      if (!gone || *gone < db::bulk_rows_max || stop.is_up()) return;
    }
  };
  forget("delivered", now - delivered_kept_ms);
  forget("failed", now - failed_kept_ms);
  // Of a receiver that was switched off and never on again.
  forget("waiting", now - failed_kept_ms);
}

}  // namespace tandem::deliveries
