#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "db/postgres/connection.h"

namespace tandem::db {

/// A node number that no other process on this database has: a row of the table `nodes`, leased for
/// a minute and renewed by a thread. Of the free numbers it takes the one unused for longest,
/// because ids carry the time of the machine that made them and the next holder's clock may be
/// behind.
class NodeLease {
 public:
  /// Throws DatabaseFailure when all 256 numbers are taken.
  explicit NodeLease(const std::string& url);
  ~NodeLease();
  NodeLease(const NodeLease&) = delete;
  NodeLease& operator=(const NodeLease&) = delete;

  int number() const { return number_; }
  /// Throws DatabaseFailure when the lease may have run out, so that no two processes make the same
  /// ids: the process was stopped, or the database was out of reach, for a minute.
  void check_held() const;

 private:
  void work();
  void renew();

  PostgresConnection connection_;
  std::string holder_;
  int number_ = 0;
  std::atomic<int64_t> held_until_ms_{0};  // on the steady clock
  std::atomic<bool> lost_{false};

  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace tandem::db
