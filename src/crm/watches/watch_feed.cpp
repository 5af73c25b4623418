#include "crm/watches/watch_feed.h"

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "crm/watches/watch_news.h"

namespace tandem::crm {

namespace {

void queue_notice(db::Transaction& tx, const ToldWatch& told) {
  tx.execute(
      "INSERT INTO crm_watch_deliveries (org_id, id, watch_id, content, state, batch_id, attempts, "
      "created_at, next_try_at, tried_at, status, answer) "
      "VALUES ($1, $2, $3, $4, 'waiting', 0, 0, $5, 0, 0, 0, '')",
      {told.watch.org.value, tx.new_id(), told.watch.id.value, notice_to_text(told.notice),
       tx.now().ms});
}

/// Whether the watch is still there and takes more.
bool is_open(db::Transaction& tx, const Watch& watch) {
  if (!find_watch(tx, watch.org, watch.id)) return false;
  if (deliveries::has_room(tx, watch_outbox, watch.org, watch.id)) return true;
  end_watch(tx, watch, "backlog");
  return false;
}

void queue_all(db::Transaction& tx, const std::vector<ToldWatch>& told) {
  std::map<int64_t, bool> open;
  for (const ToldWatch& one : told) {
    const auto [known, is_first] = open.try_emplace(one.watch.id.value, true);
    if (is_first) {
      known->second = is_open(tx, one.watch);
      if (known->second)
        deliveries::queue_sending(tx, watch_outbox, one.watch.org, one.watch.id, tx.now());
    }
    if (known->second) queue_notice(tx, one);
  }
}

deliveries::Queueing read(db::Transaction& tx, const access::Applications& applications,
                          const WatchFace& face, const records::Feed& feed) {
  WatchNews news(tx, applications, face);
  for (const auto& [org, entry] : feed.entries) news.add(org, entry);
  const auto told = std::make_shared<std::vector<ToldWatch>>(news.take());  // copied with its user
  if (told->empty()) return {};
  return [told](db::Transaction& write) {
    queue_all(write, *told);
    return int(told->size());
  };
}

}  // namespace

deliveries::FeedReader watch_feed_reader(const access::Applications& applications, WatchFace face) {
  return {.name = std::string(watch_reader),
          .is_wanted = is_any_watch_live,
          .read = [&applications, face = std::move(face)](db::Transaction& tx,
                                                          const records::Feed& feed) {
            return read(tx, applications, face, feed);
          }};
}

}  // namespace tandem::crm
