#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "desk/desk.h"
#include "desk/webhooks/webhook_events.h"
#include "records/record.h"

namespace tandem::desk {

constexpr int64_t webhook_look_ms = 500;

/// What of a message or comment may be told.
enum class Privacy { public_alone, everything };

/// A record as receivers of an event see it: JSON in the words of the Desk dialect. Threads,
/// comments and tickets name no file that is private, and calls not what was noted of them, unless
/// `privacy` is everything.
using PayloadWriter = std::function<std::string(db::Transaction&, OrgId, const WebhookEvent& event,
                                                const records::Record&, Privacy privacy)>;

/// Reads the change log, which is written in the transaction of each change, and queues what
/// webhooks asked for: in commit order, each entry once, however many nodes read.
class WebhookFeed {
 public:
  /// `desk` outlives the feed. `on_queued` is called after something was queued.
  WebhookFeed(const Desk& desk, PayloadWriter payload, std::function<void()> on_queued = {});
  ~WebhookFeed();
  WebhookFeed(const WebhookFeed&) = delete;
  WebhookFeed& operator=(const WebhookFeed&) = delete;
  void start();
  void stop();
  /// Looks at once instead of at the next turn. From any thread.
  void wake();
  /// Reads what is new on this thread, all of it; answers how many events were queued.
  int take_news();

 private:
  struct Look {
    int entries = 0;
    int queued = 0;
  };
  Look look_once();
  void run();

  const Desk& desk_;
  const PayloadWriter payload_;
  const std::function<void()> on_queued_;
  // How far it was read where the place in the database still is `stored_`: entries that nobody
  // asked for need no write.
  std::string stored_;
  std::string read_to_;
  int unstored_entries_ = 0;
  std::mutex mutex_;
  std::condition_variable woken_;
  bool is_woken_ = false;
  bool is_stopping_ = false;
  std::thread thread_;
};

}  // namespace tandem::desk
