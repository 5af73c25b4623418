#include "desk/webhooks/webhook_deliveries.h"

#include <limits>

#include "access/audit.h"
#include "base/crypto.h"

namespace tandem::desk {

using access::Actor;

namespace {

constexpr std::string_view columns =
    "id, webhook_id, event, record_id, state, attempts, created_at, next_try_at, tried_at, status, "
    "answer";

std::optional<Instant> moment_or_none(Instant at) {
  return at.ms == 0 ? std::nullopt : std::optional<Instant>(at);
}

WebhookDelivery delivery_of(const db::Row& row) {
  WebhookDelivery delivery;
  delivery.id = {row.integer(0)};
  delivery.webhook = {row.integer(1)};
  delivery.event = row.text(2);
  delivery.record = {row.integer(3)};
  delivery.state = row.text(4);
  delivery.attempts = row.integer(5);
  delivery.created_at = row.instant(6);
  delivery.next_try_at = moment_or_none(row.instant(7));
  delivery.tried_at = moment_or_none(row.instant(8));
  delivery.status = row.integer(9);
  delivery.answer = row.text(10);
  return delivery;
}

Result<int64_t> place_below(const std::string& cursor) {
  if (cursor.empty()) return std::numeric_limits<int64_t>::max();
  const auto id = id_from_text(from_base64url(cursor).value_or("x"));
  if (!id) return invalid("cursor", "bad_cursor", "Start again without a cursor.");
  return *id;
}

Result<void> check_state(const std::string& state) {
  for (const std::string_view known : {"", "waiting", "delivered", "failed"}) {
    if (state == known) return {};
  }
  return invalid("state", "not_a_choice", "Choose waiting, delivered or failed.");
}

}  // namespace

void queue_webhook_event(db::Transaction& tx, const Webhook& webhook,
                         const WebhookDelivery& delivery) {
  tx.execute(
      "INSERT INTO webhook_deliveries (org_id, id, webhook_id, event, record_id, content, state, "
      "batch_id, attempts, created_at, next_try_at, tried_at, status, answer) "
      "VALUES ($1, $2, $3, $4, $5, $6, 'waiting', 0, 0, $7, 0, 0, 0, '')",
      {webhook.org.value, delivery.id.value, webhook.id.value, delivery.event,
       delivery.record.value, delivery.content, tx.now().ms});
}

Result<DeliveryPage> list_webhook_deliveries(db::Transaction& tx, const Actor& actor,
                                             RecordId webhook, const std::string& state,
                                             const std::string& cursor, int limit) {
  TRY(read_webhook(tx, actor, webhook));
  TRY(check_state(state));
  const int64_t below = TRY(place_below(cursor));
  if (limit < 1 || limit > webhook_log_rows_max) {
    return invalid("limit", "out_of_range", "Ask for 1 to 100 deliveries.");
  }
  const std::string sql = "SELECT " + std::string(columns) +
                          " FROM webhook_deliveries WHERE org_id = $1 AND webhook_id = $2 "
                          "AND id < $3 " +
                          (state.empty() ? "" : "AND state = $5 ") + "ORDER BY id DESC LIMIT $4";
  db::Args args{actor.org.value, webhook.value, below, int64_t(limit) + 1};
  if (!state.empty()) args.emplace_back(state);
  DeliveryPage page;
  for (const db::Row& row : tx.rows(sql, args)) page.deliveries.push_back(delivery_of(row));
  if (page.deliveries.size() > size_t(limit)) {
    page.deliveries.pop_back();
    page.next_cursor = to_base64url(to_string(page.deliveries.back().id));
  }
  return page;
}

Result<WebhookDelivery> read_webhook_delivery(db::Transaction& tx, const Actor& actor,
                                              RecordId webhook, RecordId delivery) {
  TRY(read_webhook(tx, actor, webhook));
  const std::optional<db::Row> row = tx.row("SELECT " + std::string(columns) +
                                                ", content FROM webhook_deliveries "
                                                "WHERE org_id = $1 AND id = $2 AND webhook_id = $3",
                                            {actor.org.value, delivery.value, webhook.value});
  if (!row) return not_found("There is no such delivery, or it was forgotten by now.");
  WebhookDelivery found = delivery_of(*row);
  found.content = row->text(11);
  return found;
}

Result<WebhookDelivery> redeliver(db::Transaction& tx, const Actor& actor, RecordId webhook,
                                  RecordId delivery) {
  const WebhookDelivery before = TRY(read_webhook_delivery(tx, actor, webhook, delivery));
  const Webhook to = TRY(read_webhook(tx, actor, webhook));
  if (before.state == "waiting") {
    return conflict("is_waiting", "It is on its way already; wait for its next try.");
  }
  if (!to.is_enabled) return conflict("webhook_is_off", "Switch the webhook on first.");
  tx.execute(
      "UPDATE webhook_deliveries SET state = 'waiting', batch_id = 0, attempts = 0, "
      "next_try_at = 0 WHERE org_id = $1 AND id = $2",
      {actor.org.value, delivery.value});
  deliveries::queue_sending(tx, webhook_outbox, actor.org, webhook, tx.now());
  access::audit(tx, actor, "webhook_redelivered", to.name + ": " + before.event);
  return read_webhook_delivery(tx, actor, webhook, delivery);
}

void sweep_webhook_deliveries(db::Database& database, const StopSign& stop) {
  deliveries::sweep(database, webhook_outbox, stop);
}

}  // namespace tandem::desk
