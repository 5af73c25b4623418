#include "desk/webhooks/webhook_batch.h"

#include <algorithm>

#include "desk/webhooks/webhook_sending.h"

namespace tandem::desk {

namespace {

constexpr int64_t batches_max = 1'000;

struct Waiting {
  int64_t batch = 0;
  int64_t attempts = 0;
  Instant next_try_at;
};

/// Those that were tried, oldest first.
std::vector<Waiting> tried_batches(db::Transaction& tx, OrgId org, RecordId webhook) {
  std::vector<Waiting> found;
  for (const db::Row& row :
       tx.rows("SELECT batch_id, MAX(attempts), MAX(next_try_at) FROM webhook_deliveries "
               "WHERE org_id = $1 AND webhook_id = $2 AND state = 'waiting' AND batch_id <> 0 "
               "GROUP BY batch_id ORDER BY MIN(id) LIMIT $3",
               {org.value, webhook.value, batches_max})) {
    found.push_back({row.integer(0), row.integer(1), row.instant(2)});
  }
  return found;
}

/// Puts what was never tried into a batch; 0 when there is nothing.
int64_t new_batch(db::Transaction& tx, OrgId org, RecordId webhook) {
  std::vector<int64_t> ids;
  int64_t chars = 0;
  tx.for_each(
      "SELECT id, LENGTH(content) FROM webhook_deliveries WHERE org_id = $1 AND webhook_id = $2 "
      "AND state = 'waiting' AND batch_id = 0 ORDER BY id LIMIT $3",
      {org.value, webhook.value, webhook_batch_events_max}, [&](const db::RowView& row) {
        chars += row.integer(1);
        if (!ids.empty() && chars > webhook_batch_chars_max) return false;
        ids.push_back(row.integer(0));
        return true;
      });
  if (ids.empty()) return 0;
  const int64_t batch = tx.new_id();
  for (const int64_t id : ids) {
    tx.execute("UPDATE webhook_deliveries SET batch_id = $3 WHERE org_id = $1 AND id = $2",
               {org.value, id, batch});
  }
  return batch;
}

std::string body_of_batch(db::Transaction& tx, OrgId org, RecordId webhook, int64_t batch) {
  std::string body = "[";
  tx.for_each(
      "SELECT content FROM webhook_deliveries WHERE org_id = $1 AND webhook_id = $2 "
      "AND state = 'waiting' AND batch_id = $3 ORDER BY id",
      {org.value, webhook.value, batch}, [&](const db::RowView& row) {
        if (body.size() > 1) body += ',';
        body += row.text(0);
        return true;
      });
  return body + "]";
}

/// The batch to send, or when to look again.
struct Choice {
  int64_t batch = 0;
  std::optional<Instant> look_at;
};

Choice choose(db::Transaction& tx, OrgId org, RecordId webhook) {
  Choice choice;
  for (const Waiting& tried : tried_batches(tx, org, webhook)) {
    if (tried.next_try_at <= tx.now()) return {.batch = tried.batch, .look_at = {}};
    choice.look_at = std::min(choice.look_at.value_or(tried.next_try_at), tried.next_try_at);
    if (tried.attempts < webhook_attempts_in_order) return choice;
  }
  choice.batch = new_batch(tx, org, webhook);
  return choice;
}

/// Nothing was accepted for a day.
bool is_silent(db::Transaction& tx, const Webhook& webhook) {
  const int64_t since =
      tx.integer("SELECT failing_since FROM webhooks WHERE org_id = $1 AND id = $2",
                 {webhook.org.value, webhook.id.value});
  return since != 0 && tx.now().ms - since >= webhook_silent_max_ms &&
         webhook.failures_in_row + 1 >= webhook_silent_failures_min;
}

void count_failure(db::Transaction& tx, const Webhook& webhook) {
  tx.execute(
      "UPDATE webhooks SET failures_in_row = failures_in_row + 1, "
      "failing_since = CASE WHEN failing_since = 0 THEN $3 ELSE failing_since END "
      "WHERE org_id = $1 AND id = $2",
      {webhook.org.value, webhook.id.value, tx.now().ms});
}

std::string_view state_after(const WebhookBatch& batch, WebhookOutcome outcome) {
  switch (outcome) {
    case WebhookOutcome::delivered: return "delivered";
    case WebhookOutcome::refused: return "failed";
    case WebhookOutcome::gone: return "failed";
    case WebhookOutcome::try_again:
      return batch.attempt >= webhook_attempts_max ? "failed" : "waiting";
  }
  return "failed";
}

}  // namespace

NextBatch take_batch(db::Transaction& tx, const Desk& desk, OrgId org, RecordId webhook,
                     int64_t lease_ms) {
  const Instant until = tx.now() + lease_ms;
  const int64_t taken = tx.execute(
      "UPDATE webhooks SET sending_until = $3 WHERE org_id = $1 AND id = $2 "
      "AND sending_until <= $4 AND is_enabled = 1",
      {org.value, webhook.value, until.ms, tx.now().ms});
  if (taken == 0) {
    // Another sender has it, or nobody is to have it.
    const int64_t busy_until = tx.integer(
        "SELECT sending_until FROM webhooks WHERE org_id = $1 AND id = $2 AND is_enabled = 1",
        {org.value, webhook.value});
    if (busy_until == 0) return {};
    return {.batch = {}, .look_at = Instant{std::min(busy_until, tx.now().ms + 2 * second_ms)}};
  }
  std::optional<WebhookWithSecret> to = find_webhook(tx, desk, org, webhook);
  Choice choice;
  if (to) choice = choose(tx, org, webhook);
  if (choice.batch == 0) {
    tx.execute("UPDATE webhooks SET sending_until = 0 WHERE org_id = $1 AND id = $2",
               {org.value, webhook.value});
    return {.batch = {}, .look_at = choice.look_at};
  }
  WebhookBatch batch{.to = std::move(*to), .id = choice.batch, .lease_until = until};
  // Counted before it is sent: a try that takes the process down is a try.
  tx.execute(
      "UPDATE webhook_deliveries SET attempts = attempts + 1, tried_at = $4 "
      "WHERE org_id = $1 AND webhook_id = $2 AND batch_id = $3 AND state = 'waiting'",
      {org.value, webhook.value, batch.id, tx.now().ms});
  batch.attempt = tx.integer(
      "SELECT MAX(attempts) FROM webhook_deliveries WHERE org_id = $1 AND webhook_id = $2 "
      "AND batch_id = $3 AND state = 'waiting'",
      {org.value, webhook.value, batch.id});
  batch.body = body_of_batch(tx, org, webhook, batch.id);
  return {.batch = std::move(batch), .look_at = {}};
}

void note_report(db::Transaction& tx, const Desk& desk, const WebhookBatch& batch,
                 const WebhookReport& report, int64_t pause_ms) {
  const Webhook& webhook = batch.to.webhook;
  const int64_t ours = tx.execute(
      "UPDATE webhooks SET sending_until = 0 WHERE org_id = $1 AND id = $2 AND sending_until = $3",
      {webhook.org.value, webhook.id.value, batch.lease_until.ms});
  if (ours == 0) return;
  const std::string_view state = state_after(batch, report.outcome);
  tx.execute(
      "UPDATE webhook_deliveries SET state = $4, next_try_at = $5, status = $6, answer = $7 "
      "WHERE org_id = $1 AND webhook_id = $2 AND batch_id = $3 AND state = 'waiting'",
      {webhook.org.value, webhook.id.value, batch.id, std::string(state),
       state == "waiting" ? tx.now().ms + pause_ms : int64_t{0}, int64_t{report.status},
       report.answer});
  if (report.outcome == WebhookOutcome::delivered) {
    tx.execute(
        "UPDATE webhooks SET failures_in_row = 0, failing_since = 0 "
        "WHERE org_id = $1 AND id = $2 AND failures_in_row <> 0",
        {webhook.org.value, webhook.id.value});
    return;
  }
  count_failure(tx, webhook);
  if (report.outcome == WebhookOutcome::gone) switch_webhook_off(tx, desk, webhook, "gone");
  if (is_silent(tx, webhook)) switch_webhook_off(tx, desk, webhook, "silent");
}

}  // namespace tandem::desk
