#include "desk/webhooks/webhook_feed.h"

#include <map>
#include <memory>
#include <vector>

#include "desk/webhooks/webhook_content.h"
#include "desk/webhooks/webhook_deliveries.h"

namespace tandem::desk {

namespace {

bool is_any_enabled(db::Transaction& tx) {
  return tx.row("SELECT 1 FROM webhooks WHERE is_enabled = 1 LIMIT 1").has_value();
}

void queue_all(db::Transaction& tx, const Desk& desk, const std::vector<TellWebhook>& told) {
  std::map<int64_t, bool> has_room_by_webhook;
  for (const TellWebhook& one : told) {
    const Webhook& webhook = one.webhook;
    const auto [room, is_first] = has_room_by_webhook.try_emplace(webhook.id.value, true);
    if (is_first) {
      room->second = deliveries::has_room(tx, webhook_outbox, webhook.org, webhook.id);
      if (room->second) {
        deliveries::queue_sending(tx, webhook_outbox, webhook.org, webhook.id, tx.now());
      } else {
        switch_webhook_off(tx, desk, webhook, "backlog");
      }
    }
    if (room->second) queue_webhook_event(tx, webhook, one.delivery);
  }
}

deliveries::Queueing read(db::Transaction& tx, const Desk& desk, const records::Feed& feed,
                          const PayloadWriter& payload) {
  const auto told = std::make_shared<std::vector<TellWebhook>>();  // a std::function is copied
  std::map<int64_t, std::vector<Webhook>> by_organisation;
  for (const auto& [org, entry] : feed.entries) {
    const auto [known, is_new] = by_organisation.try_emplace(org.value);
    if (is_new) known->second = enabled_webhooks(tx, org);
    for (TellWebhook& one : told_of_entry(tx, desk, org, entry, known->second, payload))
      told->push_back(std::move(one));
  }
  if (told->empty()) return {};
  return [&desk, told](db::Transaction& write) {
    queue_all(write, desk, *told);
    return int(told->size());
  };
}

deliveries::FeedReader reader_of(const Desk& desk, PayloadWriter payload) {
  return {.name = std::string(webhook_reader),
          .is_wanted = is_any_enabled,
          .read = [&desk, payload = std::move(payload)](db::Transaction& tx,
                                                        const records::Feed& feed) {
            return read(tx, desk, feed, payload);
          }};
}

}  // namespace

WebhookFeed::WebhookFeed(const Desk& desk, PayloadWriter payload, std::function<void()> on_queued)
    : feed_(desk.database, reader_of(desk, std::move(payload)), std::move(on_queued)) {}

}  // namespace tandem::desk
