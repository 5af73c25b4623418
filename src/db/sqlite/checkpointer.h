#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "db/sqlite/connection.h"

namespace tandem::db {

/// Moves committed pages from the write-ahead log into the database file, away from the threads
/// that people wait for, and keeps the log small: it is emptied when nobody writes, and above
/// `wal_pages_hard_max` it begins anew also while people work; the writer gives way for that. A
/// reader that stays for long keeps its snapshot in the log, which grows as long; the log shrinks
/// again when the reader has gone.
class Checkpointer {
 public:
  struct Limits {
    std::chrono::milliseconds interval{1'000};
    int quiet_intervals_before_truncate = 10;
    int wal_pages_soft_max = 4'000;   // 16 MiB: checkpoint now
    int wal_pages_hard_max = 32'000;  // 128 MiB: make the writer wait once, and begin anew
  };

  Checkpointer(const std::string& path, Durability durability);
  Checkpointer(const std::string& path, Durability durability, const Limits& limits);
  ~Checkpointer();
  Checkpointer(const Checkpointer&) = delete;
  Checkpointer& operator=(const Checkpointer&) = delete;

  /// Something was committed; `wal_pages` wait in the log.
  void committed(int wal_pages);
  /// Called by the writer between two transactions, when nobody waits for its answer: waits while
  /// the log begins anew. Without that a writer that never rests would leave the lock free for too
  /// short a time to be met, and the log would grow as long as it writes.
  void give_way();

 private:
  enum class Depth { passive, restart, truncate };

  void work();
  /// What this interval asks for, if anything.
  void look(bool dirty, bool overfull);
  /// False when a reader was in the way.
  bool begin_anew();
  /// False when a reader or writer was in the way.
  bool checkpoint(Depth depth);

  const Limits limits_;
  SqliteConnection connection_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::condition_variable passed_;
  int wal_pages_ = 0;
  bool dirty_ = false;
  bool asks_to_pass_ = false;
  bool stopping_ = false;

  // Of the thread alone.
  int quiet_intervals_ = 0;
  bool is_emptied_ = true;
  int anew_wait_ = 0;  // intervals until an overfull log is tried again
  int anew_wait_next_ = 1;
  std::thread thread_;
};

}  // namespace tandem::db
