#include "deliveries/sending.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "base/json.h"
#include "http/receiver_turns.h"

namespace tandem::deliveries {

using jobs::Outcome;

namespace {

constexpr int64_t pause_first_ms = 60 * second_ms;
constexpr int64_t pause_max_ms = 6 * hour_ms;
/// Beyond the longest request, so that nobody takes a batch that is still on its way.
constexpr int64_t lease_spare_ms = 45 * second_ms;
/// One receiver does not keep a thread of the worker from all others: so many batches, and none is
/// begun after so long.
constexpr int batches_per_run_max = 5;
constexpr int64_t run_max_ms = 15 * second_ms;
constexpr int64_t sweep_every_ms = hour_ms;

RecordId receiver_in(const jobs::Job& job, const Outbox& outbox) {
  const Result<Json> payload = json_from_text(job.payload_json);
  return RecordId{payload ? id_from_text(text_of(*payload, outbox.receiver)).value_or(0) : 0};
}

template <class T>
T must(Result<T> done) {
  if (!done) throw db::DatabaseFailure("a delivery can't be noted: " + done.error().message);
  return std::move(*done);
}

/// One organisation's calls of a server do not wait for those of another.
std::string server_name(const Sender& sender, OrgId org, RecordId receiver) {
  const std::string sql =
      fmt::format("SELECT url FROM {} WHERE org_id = $1 AND id = $2", sender.outbox.receivers);
  const std::optional<db::Row> row = sender.database.read([&](db::Transaction& tx) {
    return tx.row(sql, {org.value, receiver.value});
  });
  return to_string(org) + " " + (row ? http::receiver_of(row->text(0)) : "");
}

NextCall next_call(const Sender& sender, OrgId org, RecordId receiver) {
  return must(sender.database.write([&](db::Transaction& tx) -> Result<NextCall> {
    return sender.take(tx, org, receiver, sender.timeout_ms + lease_spare_ms);
  }));
}

void send(const Sender& sender, const DueCall& due) {
  const http::OutgoingCall call{
      .url = due.url, .headers = due.headers, .body = due.body, .timeout_ms = sender.timeout_ms};
  const CallReport report = report_of(http::call_out(call, sender.may_reach));
  const int64_t pause = pause_ms(due.batch.attempt, report.retry_after_ms, jobs::random_seed());
  must(sender.database.write([&](db::Transaction& tx) -> Result<bool> {
    sender.note(tx, due.batch, report, pause);
    return true;
  }));
}

/// Ends always: what is left to do is a job of its own, because the tries are counted for each
/// content and not for the job.
Outcome send_what_waits(const Sender& sender, const jobs::Job& job, http::ReceiverTurns& turns) {
  const RecordId receiver = receiver_in(job, sender.outbox);
  const http::ReceiverTurn turn(turns, server_name(sender, job.org, receiver));
  if (!turn.is_taken()) {
    return {.kind = Outcome::Kind::later, .reason = "", .retry_after_ms = turn.wait_ms()};
  }
  const Clock& clock = sender.database.clock();
  const Instant until = clock.now() + run_max_ms;
  std::optional<Instant> look_at = clock.now();
  for (int sent = 0; sent < batches_per_run_max; ++sent) {
    const bool is_over = job.stop.is_up() || clock.now() > until;
    if (sent > 0 && is_over) break;
    const NextCall next = next_call(sender, job.org, receiver);
    look_at = next.call ? clock.now() : next.look_at;
    if (!next.call) break;
    send(sender, *next.call);
  }
  if (!look_at) return {};
  must(sender.database.write([&](db::Transaction& tx) -> Result<bool> {
    queue_sending(tx, sender.outbox, job.org, receiver, *look_at);
    return true;
  }));
  return {};
}

}  // namespace

int64_t pause_ms(int64_t attempt, int64_t retry_after_ms, uint64_t random) {
  const int64_t doublings = std::clamp<int64_t>(attempt - 1, 0, 20);
  const int64_t longest = std::min(pause_max_ms, pause_first_ms << doublings);
  const int64_t pause = longest / 2 + int64_t(random % uint64_t(longest / 2));
  return std::max(pause, std::min(retry_after_ms, day_ms));
}

void add_sender(jobs::Worker& worker, Sender sender) {
  const auto turns = std::make_shared<http::ReceiverTurns>();  // a std::function is copied
  const Outbox outbox = sender.outbox;
  worker.add(fmt::format("send_{}", outbox.receiver),
             [sender = std::move(sender), turns](db::Database&, const jobs::Job& job) {
               return send_what_waits(sender, job, *turns);
             },
             {.lane = jobs::Lane::outgoing});
  worker.add_schedule(
      fmt::format("sweep_{}", outbox.receivers), sweep_every_ms,
      [outbox](db::Database& database, const StopSign& stop) { sweep(database, outbox, stop); });
}

}  // namespace tandem::deliveries
