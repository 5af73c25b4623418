#include "db/sqlite/checkpointer.h"

#include <chrono>

#include "base/log.h"

namespace tandem::db {

namespace {

constexpr auto interval = std::chrono::seconds(1);
constexpr int quiet_intervals_before_truncate = 10;
constexpr int wal_pages_soft_max = 4'000;  // 16 MiB: checkpoint now
constexpr int wal_pages_hard_max =
    32'000;  // 128 MiB: make the writer wait once, so that the log can start anew
constexpr int restart_wait_ms = 200;

}  // namespace

Checkpointer::Checkpointer(const std::string& path, Durability durability)
    : connection_(path, durability, Access::write) {
  thread_ = std::thread([this] { work(); });
}

Checkpointer::~Checkpointer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void Checkpointer::committed(int wal_pages) {
  bool large = false;
  {
    const std::lock_guard lock(mutex_);
    large = wal_pages > wal_pages_soft_max && wal_pages_ <= wal_pages_soft_max;
    wal_pages_ = wal_pages;
    dirty_ = true;
  }
  if (large) wake_.notify_one();
}

void Checkpointer::work() {
  int quiet_intervals = 0;
  bool truncated = true;
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    wake_.wait_for(lock, interval);
    if (stopping_) return;
    const bool dirty = dirty_;
    const bool overfull = wal_pages_ > wal_pages_hard_max;
    dirty_ = false;
    lock.unlock();
    if (dirty) {
      quiet_intervals = 0;
      truncated = false;
      checkpoint(overfull ? Depth::restart : Depth::passive);
    } else if (!truncated && ++quiet_intervals >= quiet_intervals_before_truncate) {
      checkpoint(Depth::truncate);
      sqlite3_db_release_memory(connection_.handle());
      truncated = true;
    }
    lock.lock();
  }
}

void Checkpointer::checkpoint(Depth depth) {
  int mode = SQLITE_CHECKPOINT_PASSIVE;
  switch (depth) {
    case Depth::passive: break;
    case Depth::restart: mode = SQLITE_CHECKPOINT_RESTART; break;
    case Depth::truncate: mode = SQLITE_CHECKPOINT_TRUNCATE; break;
  }
  // With a reader in the log these two would hold up the writer: give way soon, the next interval
  // tries again.
  sqlite3_busy_timeout(connection_.handle(), depth == Depth::passive ? 0 : restart_wait_ms);
  const int code = sqlite3_wal_checkpoint_v2(connection_.handle(), nullptr, mode, nullptr, nullptr);
  const bool expected =
      code == SQLITE_OK || (code & 0xff) == SQLITE_BUSY || (code & 0xff) == SQLITE_LOCKED;
  if (!expected)
    log_error(std::string("checkpoint failed: ") + sqlite3_errmsg(connection_.handle()));
}

}  // namespace tandem::db
