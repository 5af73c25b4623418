#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "db/database.h"
#include "records/change_log.h"

namespace tandem::deliveries {

constexpr int64_t look_ms = 500;

/// Queues what a look at the log found, in the transaction that moves the reader's place; answers
/// how much was found.
using Queueing = std::function<int(db::Transaction&)>;

/// Whoever is told of changes by what the log says.
struct FeedReader {
  /// Of the row that keeps its place, the same for good.
  std::string name;
  /// Whether anybody is to be told of anything; the log is not read otherwise.
  std::function<bool(db::Transaction&)> is_wanted;
  /// What is to be queued of these entries, worked out in the snapshot that they were read in. An
  /// empty function: nobody asked for any of them.
  std::function<Queueing(db::Transaction&, const records::Feed&)> read;
};

/// Whoever is told from now on begins at the present end of the log, however long ago it was read
/// last.
void begin_at_end(db::Transaction& tx, const std::string& reader);

/// Reads the change log, which is written in the transaction of each change, and has queued what
/// was asked for: in commit order, each entry once, however many nodes read.
class ChangeFeed {
 public:
  /// `database` outlives the feed. `on_queued` is called after something was queued.
  ChangeFeed(db::Database& database, FeedReader reader, std::function<void()> on_queued = {});
  ~ChangeFeed();
  ChangeFeed(const ChangeFeed&) = delete;
  ChangeFeed& operator=(const ChangeFeed&) = delete;
  void start();
  void stop();
  /// Looks at once instead of at the next turn. From any thread.
  void wake();
  /// Reads what is new on this thread, all of it; answers how much was queued.
  int take_news();

 private:
  struct Look {
    int entries = 0;
    int queued = 0;
  };
  Look look_once();
  void run();

  db::Database& database_;
  const FeedReader reader_;
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

}  // namespace tandem::deliveries
