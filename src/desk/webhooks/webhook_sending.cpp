#include "desk/webhooks/webhook_sending.h"

#include <optional>
#include <semaphore>

#include "base/json.h"
#include "desk/webhooks/webhook_batch.h"
#include "desk/webhooks/webhook_checks.h"
#include "desk/webhooks/webhook_content.h"
#include "http/outgoing_call.h"

namespace tandem::desk {

namespace {

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

deliveries::NextCall next_call(db::Transaction& tx, const Desk& desk, OrgId org, RecordId webhook,
                               int64_t lease_ms) {
  NextBatch next = take_batch(tx, desk, org, webhook, lease_ms);
  if (!next.batch) return {.call = {}, .look_at = next.look_at};
  const WebhookBatch& batch = *next.batch;
  const WebhookRequest request{.url = batch.to.webhook.url,
                               .secret = batch.to.secret,
                               .id = batch.id,
                               .body = batch.body,
                               .at = tx.now()};
  return {.call = deliveries::DueCall{.batch = {.org = org,
                                                .receiver = webhook,
                                                .id = batch.id,
                                                .attempt = batch.attempt,
                                                .contents = {},
                                                .lease_until = batch.lease_until},
                                      .url = request.url,
                                      .headers = webhook_headers(request),
                                      .body = request.body},
          .look_at = {}};
}

void note_call(db::Transaction& tx, const Desk& desk, const deliveries::Batch& batch,
               const WebhookReport& report, int64_t pause_ms) {
  std::optional<WebhookWithSecret> to = find_webhook(tx, desk, batch.org, batch.receiver);
  if (!to) return;
  note_report(tx, desk,
              {.to = std::move(*to),
               .id = batch.id,
               .attempt = batch.attempt,
               .body = {},
               .lease_until = batch.lease_until},
              report, pause_ms);
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

void add_webhook_jobs(jobs::Worker& worker, const Desk& desk, int timeout_ms) {
  deliveries::add_sender(
      worker,
      {.database = desk.database,
       .outbox = webhook_outbox,
       .may_reach =
           [&desk](const std::string& address) {
             return !desk.mail_guard || desk.mail_guard(address);
           },
       .timeout_ms = timeout_ms,
       .take = [&desk](db::Transaction& tx, OrgId org, RecordId webhook,
                       int64_t lease_ms) { return next_call(tx, desk, org, webhook, lease_ms); },
       .note = [&desk](db::Transaction& tx, const deliveries::Batch& batch,
                       const WebhookReport& report,
                       int64_t pause_ms) { note_call(tx, desk, batch, report, pause_ms); }});
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
  const WebhookReport report = deliveries::report_of(http::call_out(call, desk.mail_guard));
  if (report.outcome == WebhookOutcome::delivered) return {};
  return invalid("url", "no_answer",
                 "The server must answer GET or POST at this address with 200. " + report.answer);
}

}  // namespace tandem::desk
