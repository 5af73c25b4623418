#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "db/sqlite/connection.h"

namespace tandem::db {

/// Moves committed pages from the write-ahead log into the database file, away from the threads
/// that people wait for.
class Checkpointer {
 public:
  Checkpointer(const std::string& path, Durability durability);
  ~Checkpointer();
  Checkpointer(const Checkpointer&) = delete;
  Checkpointer& operator=(const Checkpointer&) = delete;

  /// Something was committed; `wal_pages` wait in the log.
  void committed(int wal_pages);

 private:
  enum class Depth { passive, restart, truncate };

  void work();
  void checkpoint(Depth depth);

  SqliteConnection connection_;
  std::mutex mutex_;
  std::condition_variable wake_;
  int wal_pages_ = 0;
  bool dirty_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace tandem::db
