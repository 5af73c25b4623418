#include "desk/webhooks/webhook_sending.h"

#include <algorithm>
#include <memory>
#include <semaphore>

#include "base/json.h"
#include "desk/webhooks/webhook_batch.h"
#include "desk/webhooks/webhook_checks.h"
#include "desk/webhooks/webhook_content.h"
#include "http/receiver_turns.h"

namespace tandem::desk {

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
constexpr int tests_at_once_max = 2;
constexpr int test_timeout_ms = 10'000;

std::counting_semaphore<tests_at_once_max>& test_turns() {
  static std::counting_semaphore<tests_at_once_max> turns(tests_at_once_max);
  return turns;
}

/// Gives the turn back however the test ends.
struct TestTurn {
  TestTurn() = default;
  ~TestTurn() { test_turns().release(); }
  TestTurn(const TestTurn&) = delete;
  TestTurn& operator=(const TestTurn&) = delete;
};

RecordId webhook_in(const jobs::Job& job) {
  const Result<Json> payload = json_from_text(job.payload_json);
  return RecordId{payload ? id_from_text(text_of(*payload, "webhook")).value_or(0) : 0};
}

template <class T>
T must(Result<T> done) {
  if (!done) throw db::DatabaseFailure("a webhook can't be noted: " + done.error().message);
  return std::move(*done);
}

/// One organisation's calls of a server do not wait for those of another.
std::string receiver_name(const Desk& desk, OrgId org, RecordId webhook) {
  const std::optional<db::Row> row = desk.database.read([&](db::Transaction& tx) {
    return tx.row("SELECT url FROM webhooks WHERE org_id = $1 AND id = $2",
                  {org.value, webhook.value});
  });
  return to_string(org) + " " + (row ? http::receiver_of(row->text(0)) : "");
}

NextBatch next_batch(const Desk& desk, OrgId org, RecordId webhook, int timeout_ms) {
  return must(desk.database.write([&](db::Transaction& tx) -> Result<NextBatch> {
    return take_batch(tx, desk, org, webhook, timeout_ms + lease_spare_ms);
  }));
}

void send_batch(const Desk& desk, const WebhookBatch& batch, int timeout_ms) {
  const WebhookReport report = send_webhook_request({.url = batch.to.webhook.url,
                                                     .secret = batch.to.secret,
                                                     .id = batch.id,
                                                     .body = batch.body,
                                                     .at = desk.database.clock().now()},
                                                    desk.mail_guard, timeout_ms);
  const int64_t pause_ms =
      webhook_pause_ms(batch.attempt, report.retry_after_ms, jobs::random_seed());
  must(desk.database.write([&](db::Transaction& tx) -> Result<bool> {
    note_report(tx, desk, batch, report, pause_ms);
    return true;
  }));
}

/// Ends always: what is left to do is a job of its own, because the tries are counted for each
/// event and not for the job.
Outcome send_what_waits(const Desk& desk, const jobs::Job& job, int timeout_ms,
                        http::ReceiverTurns& turns) {
  const RecordId webhook = webhook_in(job);
  const http::ReceiverTurn turn(turns, receiver_name(desk, job.org, webhook));
  if (!turn.is_taken()) {
    return {.kind = Outcome::Kind::later, .reason = "", .retry_after_ms = turn.wait_ms()};
  }
  const Instant until = desk.database.clock().now() + run_max_ms;
  std::optional<Instant> look_at = desk.database.clock().now();
  for (int sent = 0; sent < batches_per_run_max; ++sent) {
    const bool is_over = job.stop.is_up() || desk.database.clock().now() > until;
    if (sent > 0 && is_over) break;
    const NextBatch next = next_batch(desk, job.org, webhook, timeout_ms);
    look_at = next.batch ? desk.database.clock().now() : next.look_at;
    if (!next.batch) break;
    send_batch(desk, *next.batch, timeout_ms);
  }
  if (!look_at) return {};
  must(desk.database.write([&](db::Transaction& tx) -> Result<bool> {
    queue_sending(tx, job.org, webhook, *look_at);
    return true;
  }));
  return {};
}

void note_test(db::Transaction& tx, const Webhook& webhook, const EventContent& content,
               const std::string& body, const WebhookReport& report) {
  const bool is_delivered = report.outcome == WebhookOutcome::delivered;
  tx.execute(
      "INSERT INTO webhook_deliveries (org_id, id, webhook_id, event, record_id, content, state, "
      "batch_id, attempts, created_at, next_try_at, tried_at, status, answer) "
      "VALUES ($1, $2, $3, $4, $3, $5, $6, $2, 1, $7, 0, $7, $8, $9)",
      {webhook.org.value, content.id, webhook.id.value, std::string(test_event), body,
       is_delivered ? "delivered" : "failed", tx.now().ms, int64_t{report.status}, report.answer});
}

EventContent test_content(db::Transaction& tx, const Webhook& webhook) {
  JsonWriter payload;
  payload.begin_object().id("id", webhook.id.value).string("name", webhook.name).end_object();
  return {.id = tx.new_id(),
          .org = webhook.org,
          .event = test_event,
          .at = tx.now(),
          .payload = payload.take(),
          .previous = {}};
}

}  // namespace

int64_t webhook_pause_ms(int64_t attempt, int64_t retry_after_ms, uint64_t random) {
  const int64_t doublings = std::clamp<int64_t>(attempt - 1, 0, 20);
  const int64_t longest = std::min(pause_max_ms, pause_first_ms << doublings);
  const int64_t pause = longest / 2 + int64_t(random % uint64_t(longest / 2));
  return std::max(pause, std::min(retry_after_ms, day_ms));
}

void add_webhook_jobs(jobs::Worker& worker, const Desk& desk, int timeout_ms) {
  const auto turns = std::make_shared<http::ReceiverTurns>();  // a std::function is copied
  worker.add("send_webhook",
             [&desk, timeout_ms, turns](db::Database&, const jobs::Job& job) {
               return send_what_waits(desk, job, timeout_ms, *turns);
             },
             {.lane = jobs::Lane::outgoing});
  worker.add_schedule("sweep_webhooks", sweep_every_ms,
                      [](db::Database& database, const StopSign& stop) {
                        sweep_webhook_deliveries(database, stop);
                      });
}

Result<WebhookReport> send_test_event(const Desk& desk, const access::Actor& actor,
                                      RecordId webhook) {
  EventContent content;
  const WebhookWithSecret to =
      TRY(desk.database.read([&](db::Transaction& tx) -> Result<WebhookWithSecret> {
        TRY(read_webhook(tx, actor, webhook));
        const std::optional<WebhookWithSecret> found = find_webhook(tx, desk, actor.org, webhook);
        if (!found) {
          return conflict("sealed_with_another_secret",
                          "Make a new secret; the one of this webhook can't be opened any more.");
        }
        content = test_content(tx, found->webhook);
        return *found;
      }));
  if (!test_turns().try_acquire()) {
    return busy("Other tests are on their way. Try again in a moment.");
  }
  const TestTurn turn;
  const std::string body = event_content(content);
  WebhookReport report = send_webhook_request({.url = to.webhook.url,
                                               .secret = to.secret,
                                               .id = content.id,
                                               .body = "[" + body + "]",
                                               .at = content.at},
                                              desk.mail_guard, test_timeout_ms);
  TRY(desk.database.write([&](db::Transaction& tx) -> Result<bool> {
    // It may have been removed while its server was asked.
    TRY(read_webhook(tx, actor, webhook));
    note_test(tx, to.webhook, content, body, report);
    return true;
  }));
  return report;
}

Result<void> require_answer(const Desk& desk, const std::string& url) {
  TRY(check_webhook_url(url));
  if (!test_turns().try_acquire()) {
    return busy("Other addresses are being asked. Try again in a moment.");
  }
  const TestTurn turn;
  http::OutgoingCall call{
      .method = "GET", .url = url, .headers = {}, .body = "", .timeout_ms = test_timeout_ms};
  if (http::call_out(call, desk.mail_guard).status == 200) return {};
  call.method = "POST";
  call.headers = {{"Content-Type", "application/json"}};
  call.body = "[]";
  const WebhookReport report = report_of(http::call_out(call, desk.mail_guard));
  if (report.outcome == WebhookOutcome::delivered) return {};
  return invalid("url", "no_answer",
                 "The server must answer GET or POST at this address with 200. " + report.answer);
}

}  // namespace tandem::desk
