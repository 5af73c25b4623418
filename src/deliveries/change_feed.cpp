#include "deliveries/change_feed.h"

#include <chrono>
#include <exception>

#include "base/log.h"

namespace tandem::deliveries {

namespace {

/// Of the log at once: their records are read in one snapshot.
constexpr int entries_at_once = 200;
/// After so many entries that nobody asked for, the place is stored all the same.
constexpr int unstored_entries_max = 2'000;

std::string stored_place(db::Transaction& tx, const std::string& reader) {
  const auto row = tx.row("SELECT place FROM feed_places WHERE name = $1", {reader});
  return row ? row->text(0) : "";
}

/// What one look found.
struct Found {
  std::string before;  // the stored place
  std::string after;
  int entries = 0;
  Queueing queueing;
};

/// Whoever moves the place queues what stands behind it; another node that read the same entries
/// finds the place moved and queues nothing.
bool move_place(db::Transaction& tx, const std::string& reader, const Found& found) {
  return tx.execute("UPDATE feed_places SET place = $1 WHERE name = $2 AND place = $3",
                    {found.after, reader, found.before}) == 1;
}

}  // namespace

void begin_at_end(db::Transaction& tx, const std::string& reader) {
  tx.execute(
      "INSERT INTO feed_places (name, place) VALUES ($1, $2) "
      "ON CONFLICT (name) DO UPDATE SET place = excluded.place",
      {reader, records::cursor_at_end(tx)});
}

ChangeFeed::ChangeFeed(db::Database& database, FeedReader reader, std::function<void()> on_queued)
    : database_(database), reader_(std::move(reader)), on_queued_(std::move(on_queued)) {}

ChangeFeed::~ChangeFeed() { stop(); }

void ChangeFeed::start() {
  thread_ = std::thread([this] { run(); });
}

void ChangeFeed::stop() {
  {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
  }
  woken_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void ChangeFeed::wake() {
  {
    const std::lock_guard lock(mutex_);
    is_woken_ = true;
  }
  woken_.notify_all();
}

void ChangeFeed::run() {
  while (true) {
    {
      std::unique_lock lock(mutex_);
      woken_.wait_for(lock, std::chrono::milliseconds(look_ms),
                      [this] { return is_woken_ || is_stopping_; });
      if (is_stopping_) return;
      is_woken_ = false;
    }
    try {
      take_news();
    } catch (const std::exception& failure) {
      // The log keeps what was missed.
      log_warning("a reader of the change log waits for the database: " +
                  std::string(failure.what()));
    }
  }
}

int ChangeFeed::take_news() {
  int queued = 0;
  while (true) {
    const Look look = look_once();
    queued += look.queued;
    if (look.entries < entries_at_once) break;
  }
  if (queued > 0 && on_queued_) on_queued_();
  return queued;
}

ChangeFeed::Look ChangeFeed::look_once() {
  const Result<Found> found = database_.read([&](db::Transaction& tx) -> Result<Found> {
    Found news;
    if (!reader_.is_wanted(tx)) return news;
    news.before = stored_place(tx, reader_.name);
    const std::string& from = news.before == stored_ ? read_to_ : news.before;
    const records::Feed feed = TRY(records::read_feed(tx, from, entries_at_once));
    news.after = feed.cursor;
    news.entries = int(feed.entries.size());
    if (news.entries > 0) news.queueing = reader_.read(tx, feed);
    return news;
  });
  if (!found) {
    // The place belongs to another database (a backup was restored): begin at its end.
    log_warning("a reader begins at the end of the change log: " + found.error().message);
    const auto begun = database_.write([&](db::Transaction& tx) -> Result<bool> {
      begin_at_end(tx, reader_.name);
      return true;
    });
    (void)begun;
    return {};
  }
  if (found->entries == 0) return {};
  if (!found->queueing && unstored_entries_ + found->entries < unstored_entries_max) {
    if (found->before != stored_) unstored_entries_ = 0;
    stored_ = found->before;
    read_to_ = found->after;
    unstored_entries_ += found->entries;
    return {.entries = found->entries};
  }
  int queued = 0;
  const auto moved = database_.write([&](db::Transaction& tx) -> Result<bool> {
    if (!move_place(tx, reader_.name, *found)) return false;
    queued = found->queueing ? found->queueing(tx) : 0;
    return true;
  });
  if (moved && *moved) {
    stored_ = read_to_ = found->after;
    unstored_entries_ = 0;
    return {.entries = found->entries, .queued = queued};
  }
  return {.entries = entries_at_once};  // Another node was faster; look again from its place.
}

}  // namespace tandem::deliveries
