#include "desk/webhooks/webhook_feed.h"

#include <chrono>
#include <exception>
#include <map>
#include <set>

#include "base/log.h"
#include "desk/webhooks/webhook_content.h"
#include "records/change_log.h"

namespace tandem::desk {

namespace {

/// Of the log at once: their records are read in one snapshot.
constexpr int entries_at_once = 200;
/// After so many entries that nobody asked for, the place is stored all the same.
constexpr int unstored_entries_max = 2'000;

std::string stored_place(db::Transaction& tx) {
  const auto row = tx.row("SELECT place FROM webhook_feed WHERE name = 'all'");
  return row ? row->text(0) : "";
}

bool is_any_enabled(db::Transaction& tx) {
  return tx.row("SELECT 1 FROM webhooks WHERE is_enabled = 1 LIMIT 1").has_value();
}

/// What one look found.
struct Found {
  std::string before;  // the stored place
  std::string after;
  int entries = 0;
  std::vector<TellWebhook> told;
};

/// Whoever moves the place queues what stands behind it; another node that read the same entries
/// finds the place moved and queues nothing.
bool move_place(db::Transaction& tx, const Found& found) {
  return tx.execute("UPDATE webhook_feed SET place = $1 WHERE name = 'all' AND place = $2",
                    {found.after, found.before}) == 1;
}

/// A receiver that takes nothing must not fill the database.
bool has_room(db::Transaction& tx, const Webhook& webhook) {
  return tx.integer(
             "SELECT COUNT(*) FROM webhook_deliveries "
             "WHERE org_id = $1 AND webhook_id = $2 AND state = 'waiting'",
             {webhook.org.value, webhook.id.value}) < webhook_waiting_max;
}

void queue_all(db::Transaction& tx, const Desk& desk, const std::vector<TellWebhook>& told) {
  std::map<int64_t, bool> has_room_by_webhook;
  for (const TellWebhook& one : told) {
    const auto [room, is_first] = has_room_by_webhook.try_emplace(one.webhook.id.value, true);
    if (is_first) {
      room->second = has_room(tx, one.webhook);
      if (room->second) {
        queue_sending(tx, one.webhook.org, one.webhook.id, tx.now());
      } else {
        switch_webhook_off(tx, desk, one.webhook, "backlog");
      }
    }
    if (room->second) queue_webhook_event(tx, one.webhook, one.delivery);
  }
}

}  // namespace

WebhookFeed::WebhookFeed(const Desk& desk, PayloadWriter payload, std::function<void()> on_queued)
    : desk_(desk), payload_(std::move(payload)), on_queued_(std::move(on_queued)) {}

WebhookFeed::~WebhookFeed() { stop(); }

void WebhookFeed::start() {
  thread_ = std::thread([this] { run(); });
}

void WebhookFeed::stop() {
  {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
  }
  woken_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void WebhookFeed::wake() {
  {
    const std::lock_guard lock(mutex_);
    is_woken_ = true;
  }
  woken_.notify_all();
}

void WebhookFeed::run() {
  while (true) {
    {
      std::unique_lock lock(mutex_);
      woken_.wait_for(lock, std::chrono::milliseconds(webhook_look_ms),
                      [this] { return is_woken_ || is_stopping_; });
      if (is_stopping_) return;
      is_woken_ = false;
    }
    try {
      take_news();
    } catch (const std::exception& failure) {
      // The log keeps what was missed.
      log_warning(std::string("webhooks wait for the database: ") + failure.what());
    }
  }
}

int WebhookFeed::take_news() {
  int queued = 0;
  while (true) {
    const Look look = look_once();
    queued += look.queued;
    if (look.entries < entries_at_once) break;
  }
  if (queued > 0 && on_queued_) on_queued_();
  return queued;
}

WebhookFeed::Look WebhookFeed::look_once() {
  const Result<Found> found = desk_.database.read([&](db::Transaction& tx) -> Result<Found> {
    Found news;
    if (!is_any_enabled(tx)) return news;
    news.before = stored_place(tx);
    const std::string& from = news.before == stored_ ? read_to_ : news.before;
    const records::Feed feed = TRY(records::read_feed(tx, from, entries_at_once));
    news.after = feed.cursor;
    news.entries = int(feed.entries.size());
    std::map<int64_t, std::vector<Webhook>> by_organisation;
    for (const auto& [org, entry] : feed.entries) {
      const auto [known, is_new] = by_organisation.try_emplace(org.value);
      if (is_new) known->second = enabled_webhooks(tx, org);
      auto told = told_of_entry(tx, desk_, org, entry, known->second, payload_);
      std::move(told.begin(), told.end(), std::back_inserter(news.told));
    }
    return news;
  });
  if (!found) {
    // The place belongs to another database (a backup was restored): begin at its end.
    log_warning("webhooks begin at the end of the change log: " + found.error().message);
    const auto begun = desk_.database.write([](db::Transaction& tx) -> Result<bool> {
      tx.execute("UPDATE webhook_feed SET place = $1 WHERE name = 'all'",
                 {records::cursor_at_end(tx)});
      return true;
    });
    (void)begun;
    return {};
  }
  if (found->entries == 0) return {};
  if (found->told.empty() && unstored_entries_ + found->entries < unstored_entries_max) {
    if (found->before != stored_) unstored_entries_ = 0;
    stored_ = found->before;
    read_to_ = found->after;
    unstored_entries_ += found->entries;
    return {.entries = found->entries};
  }
  const auto moved = desk_.database.write([&](db::Transaction& tx) -> Result<bool> {
    if (!move_place(tx, *found)) return false;
    queue_all(tx, desk_, found->told);
    return true;
  });
  if (moved && *moved) {
    stored_ = read_to_ = found->after;
    unstored_entries_ = 0;
    return {.entries = found->entries, .queued = int(found->told.size())};
  }
  return {.entries = entries_at_once};  // Another node was faster; look again from its place.
}

}  // namespace tandem::desk
