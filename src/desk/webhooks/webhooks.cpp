#include "desk/webhooks/webhooks.h"

#include "access/audit.h"
#include "base/crypto.h"
#include "base/text.h"
#include "deliveries/change_feed.h"
#include "desk/webhooks/webhook_checks.h"
#include "desk/webhooks/webhook_deliveries.h"
#include "desk/webhooks/webhook_notice.h"

namespace tandem::desk {

using access::Actor;

namespace {

constexpr size_t secret_bytes = 32;

constexpr std::string_view columns =
    "SELECT id, org_id, name, description, url, subscriptions, includes_private, "
    "includes_automation, source_id, is_enabled, off_reason, failures_in_row, since_at, "
    "created_by, created_at, updated_at, sealed_secret FROM webhooks ";

/// What a webhook carries asks no right of anybody any more.
Result<void> may_set_webhooks(const Actor& actor) {
  TRY(access::require_duty(actor, access::Duty::manage_api));
  if (actor.is_administrator() || actor.is_system()) return {};
  return forbidden("administrators_only", "Ask an administrator; webhooks carry every record.");
}

Webhook webhook_of(const db::Row& row) {
  Webhook webhook;
  webhook.id = {row.integer(0)};
  webhook.org = {row.integer(1)};
  webhook.name = row.text(2);
  webhook.description = row.text(3);
  webhook.url = row.text(4);
  const Result<Json> stored = json_from_text(row.text(5));
  auto subscriptions =
      stored ? subscriptions_from_json(*stored) : Result<std::vector<Subscription>>(stored.error());
  if (subscriptions) webhook.subscriptions = std::move(*subscriptions);
  webhook.includes_private = row.integer(6) != 0;
  webhook.includes_automation = row.integer(7) != 0;
  webhook.source_id = row.text(8);
  webhook.is_enabled = row.integer(9) != 0;
  webhook.off_reason = row.text(10);
  webhook.failures_in_row = row.integer(11);
  webhook.since_at = row.instant(12);
  webhook.created_by = {row.integer(13)};
  webhook.created_at = row.instant(14);
  webhook.updated_at = row.instant(15);
  return webhook;
}

std::string new_secret() { return "whsec_" + to_base64(random_bytes(secret_bytes)); }

/// The first one that is switched on begins at the present end of the change log, however long ago
/// it was read last.
void begin_feed(db::Transaction& tx) {
  if (tx.row("SELECT 1 FROM webhooks WHERE is_enabled = 1 LIMIT 1")) return;
  deliveries::begin_at_end(tx, std::string(webhook_reader));
}

void audit(db::Transaction& tx, const Actor& actor, std::string_view what, const Webhook& webhook) {
  // The address may hold a token.
  const std::string carries = webhook.includes_private ? " (with private comments)" : "";
  access::audit(tx, actor, what, webhook.name + carries);
}

}  // namespace

Result<std::vector<Webhook>> list_webhooks(db::Transaction& tx, const Actor& actor) {
  TRY(may_set_webhooks(actor));
  std::vector<Webhook> webhooks;
  for (const db::Row& row :
       tx.rows(std::string(columns) + "WHERE org_id = $1 ORDER BY name, id LIMIT $2",
               {actor.org.value, webhooks_max})) {
    webhooks.push_back(webhook_of(row));
  }
  return webhooks;
}

Result<Webhook> read_webhook(db::Transaction& tx, const Actor& actor, RecordId id) {
  TRY(may_set_webhooks(actor));
  const std::optional<db::Row> row =
      tx.row(std::string(columns) + "WHERE org_id = $1 AND id = $2", {actor.org.value, id.value});
  if (!row) return not_found("There is no such webhook.");
  return webhook_of(*row);
}

Result<WebhookWithSecret> add_webhook(db::Transaction& tx, const Desk& desk, const Actor& actor,
                                      const Webhook& webhook) {
  TRY(may_set_webhooks(actor));
  WebhookWithSecret added;
  added.webhook = TRY(checked_webhook(tx, actor, webhook));
  const int64_t present =
      tx.integer("SELECT COUNT(*) FROM webhooks WHERE org_id = $1", {actor.org.value});
  if (present >= webhooks_max) {
    return conflict("too_many", "Delete a webhook first; there are 20.");
  }
  if (webhook.is_enabled) begin_feed(tx);
  Webhook& made = added.webhook;
  added.secret = new_secret();
  made.id = {tx.new_id()};
  made.created_by = actor.id;
  made.since_at = made.created_at = made.updated_at = tx.now();
  tx.execute(
      "INSERT INTO webhooks (org_id, id, name, description, url, subscriptions, sealed_secret, "
      "includes_private, includes_automation, source_id, is_enabled, off_reason, since_at, "
      "failures_in_row, failing_since, sending_until, created_by, created_at, updated_at) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '', $12, 0, 0, 0, $13, $12, $12)",
      {actor.org.value, made.id.value, made.name, made.description, made.url,
       subscriptions_to_json(made.subscriptions), db::Bytes{seal(desk.secret, added.secret)},
       int64_t{made.includes_private}, int64_t{made.includes_automation}, made.source_id,
       int64_t{made.is_enabled}, tx.now().ms, db::arg(actor.id)});
  audit(tx, actor, "webhook_added", made);
  return added;
}

Result<Webhook> change_webhook(db::Transaction& tx, const Actor& actor, const Webhook& webhook) {
  const Webhook before = TRY(read_webhook(tx, actor, webhook.id));
  const Webhook changed = TRY(checked_webhook(tx, actor, webhook));
  const bool is_begun = changed.is_enabled && !before.is_enabled;
  if (is_begun) begin_feed(tx);
  tx.execute(
      "UPDATE webhooks SET name = $3, description = $4, url = $5, subscriptions = $6, "
      "includes_private = $7, includes_automation = $8, source_id = $9, is_enabled = $10, "
      "updated_at = $11 WHERE org_id = $1 AND id = $2",
      {actor.org.value, webhook.id.value, changed.name, changed.description, changed.url,
       subscriptions_to_json(changed.subscriptions), int64_t{changed.includes_private},
       int64_t{changed.includes_automation}, changed.source_id, int64_t{changed.is_enabled},
       tx.now().ms});
  if (is_begun) {
    tx.execute(
        "UPDATE webhooks SET off_reason = '', failures_in_row = 0, failing_since = 0, "
        "since_at = $3 WHERE org_id = $1 AND id = $2",
        {actor.org.value, webhook.id.value, tx.now().ms});
    deliveries::queue_sending(tx, webhook_outbox, actor.org, webhook.id, tx.now());
  }
  audit(tx, actor, "webhook_changed", changed);
  return read_webhook(tx, actor, webhook.id);
}

Result<void> remove_webhook(db::Transaction& tx, const Actor& actor, RecordId id) {
  const Webhook webhook = TRY(read_webhook(tx, actor, id));
  tx.execute("DELETE FROM webhook_deliveries WHERE org_id = $1 AND webhook_id = $2",
             {actor.org.value, id.value});
  tx.execute("DELETE FROM webhooks WHERE org_id = $1 AND id = $2", {actor.org.value, id.value});
  audit(tx, actor, "webhook_removed", webhook);
  return {};
}

Result<std::string> renew_webhook_secret(db::Transaction& tx, const Desk& desk, const Actor& actor,
                                         RecordId id) {
  const Webhook webhook = TRY(read_webhook(tx, actor, id));
  std::string secret = new_secret();
  tx.execute("UPDATE webhooks SET sealed_secret = $3 WHERE org_id = $1 AND id = $2",
             {actor.org.value, id.value, db::Bytes{seal(desk.secret, secret)}});
  deliveries::queue_sending(tx, webhook_outbox, actor.org, id, tx.now());
  audit(tx, actor, "webhook_secret_renewed", webhook);
  return secret;
}

std::vector<Webhook> enabled_webhooks(db::Transaction& tx, OrgId org) {
  std::vector<Webhook> webhooks;
  for (const db::Row& row :
       tx.rows(std::string(columns) + "WHERE org_id = $1 AND is_enabled = 1 ORDER BY id LIMIT $2",
               {org.value, webhooks_max})) {
    webhooks.push_back(webhook_of(row));
  }
  return webhooks;
}

std::optional<WebhookWithSecret> find_webhook(db::Transaction& tx, const Desk& desk, OrgId org,
                                              RecordId id) {
  const std::optional<db::Row> row =
      tx.row(std::string(columns) + "WHERE org_id = $1 AND id = $2", {org.value, id.value});
  if (!row) return std::nullopt;
  const std::optional<std::string> secret = open_sealed(desk.secret, row->bytes(16));
  if (!secret) return std::nullopt;
  return WebhookWithSecret{webhook_of(*row), *secret};
}

void switch_webhook_off(db::Transaction& tx, const Desk& desk, const Webhook& webhook,
                        const std::string& reason) {
  const int64_t switched = tx.execute(
      "UPDATE webhooks SET is_enabled = 0, off_reason = $3, updated_at = $4 "
      "WHERE org_id = $1 AND id = $2 AND is_enabled = 1",
      {webhook.org.value, webhook.id.value, reason, tx.now().ms});
  if (switched == 0) return;
  access::audit(tx, access::AuditAuthor{.org = webhook.org, .name = "Tandem"},
                "webhook_switched_off", webhook.name + ": " + reason);
  tell_administrators(tx, desk, webhook, reason);
}

}  // namespace tandem::desk
