#pragma once

#include <functional>
#include <string>

#include "deliveries/change_feed.h"
#include "desk/desk.h"
#include "desk/webhooks/webhook_events.h"
#include "records/record.h"

namespace tandem::desk {

/// What of a message or comment may be told.
enum class Privacy { public_alone, everything };

/// A record as receivers of an event see it: JSON in the words of the Desk dialect. Threads,
/// comments and tickets name no file that is private, and calls not what was noted of them, unless
/// `privacy` is everything.
using PayloadWriter = std::function<std::string(db::Transaction&, OrgId, const WebhookEvent& event,
                                                const records::Record&, Privacy privacy)>;

/// Reads the change log and queues what webhooks asked for.
class WebhookFeed {
 public:
  /// `desk` outlives the feed. `on_queued` is called after something was queued.
  WebhookFeed(const Desk& desk, PayloadWriter payload, std::function<void()> on_queued = {});
  void start() { feed_.start(); }
  void stop() { feed_.stop(); }
  /// Looks at once instead of at the next turn. From any thread.
  void wake() { feed_.wake(); }
  /// Reads what is new on this thread, all of it; answers how many events were queued.
  int take_news() { return feed_.take_news(); }

 private:
  deliveries::ChangeFeed feed_;
};

}  // namespace tandem::desk
