#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <semaphore>
#include <string>
#include <thread>
#include <vector>

#include "db/sqlite/connection.h"

namespace tandem::db {

/// Answers whether the transaction shall be committed.
using WriteBody = std::function<bool(Transaction&)>;

/// The one thread that writes to an SQLite file.
///
/// A commit costs a disk sync, so writers that wait while another commit is under way are committed
/// together: each body runs inside its own savepoint of one transaction, and all are answered after
/// the one sync. No one is made to wait for company. Bulk bodies run alone, and only when no person
/// waits.
class SqliteWriter {
 public:
  struct Options {
    std::string path;
    Durability durability = Durability::full;
    /// Called after each commit with the pages that wait in the write-ahead log, on the writer's
    /// thread.
    std::function<void(int wal_pages)> committed;
    /// Called on the writer's thread between two transactions, when all are answered; may wait.
    std::function<void()> rest;
  };

  SqliteWriter(Options options, const Database& database, const Clock& clock, IdMaker& ids);
  ~SqliteWriter();
  SqliteWriter(const SqliteWriter&) = delete;
  SqliteWriter& operator=(const SqliteWriter&) = delete;

  /// Runs `body` on the writer's thread and returns after the disk has it; then runs its effects
  /// here. Rethrows what the body threw. Throws DatabaseFailure when the commit failed.
  void write(const WriteBody& body, Priority priority);
  /// How many transactions were committed so far.
  int64_t commits() const { return commits_.load(std::memory_order_relaxed); }
  /// How many bodies wait for their turn.
  size_t waiting();

 private:
  enum class State { waiting, committing, finished };
  struct Request {
    const WriteBody* body = nullptr;
    State state = State::waiting;
    std::exception_ptr failure;
    std::vector<std::function<void()>> effects;
    std::binary_semaphore done{0};
  };
  using Group = std::vector<Request*>;

  void work();
  Group take_group();
  void run_group(const Group& group);
  /// Runs the bodies from `next` on in one transaction; answers the first that was not run.
  size_t run_together(const Group& group, size_t next);
  /// A body that runs in company has a savepoint of its own to go back to.
  enum class Company { alone, others };
  void run_one(Request& request, Company company);
  void commit(const Group& group, size_t from, size_t end);
  static void fail_committing(const Group& group, size_t from, size_t end,
                              const std::exception_ptr& failure);

  const Database& database_;
  const Clock& clock_;
  IdMaker& ids_;
  Options options_;
  SqliteConnection connection_;
  std::atomic<int64_t> commits_{0};

  std::mutex mutex_;
  std::condition_variable work_waits_;
  std::deque<Request*> people_;
  std::deque<Request*> bulk_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace tandem::db
