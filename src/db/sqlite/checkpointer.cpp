#include "db/sqlite/checkpointer.h"

#include <algorithm>
#include <utility>

#include "base/log.h"

namespace tandem::db {

namespace {

constexpr int truncate_busy_ms = 200;
/// A reader that stays must not hold up the writer in every interval.
constexpr int truncate_wait_max = 64;

}  // namespace

Checkpointer::Checkpointer(const std::string& path, Durability durability)
    : Checkpointer(path, durability, Limits()) {}

Checkpointer::Checkpointer(const std::string& path, Durability durability, const Limits& limits)
    : limits_(limits), connection_(path, durability, Access::write) {
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
    large = wal_pages > limits_.wal_pages_soft_max && wal_pages_ <= limits_.wal_pages_soft_max;
    wal_pages_ = wal_pages;
    dirty_ = true;
  }
  if (large) wake_.notify_one();
}

void Checkpointer::work() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    wake_.wait_for(lock, limits_.interval);
    if (stopping_) return;
    const bool dirty = std::exchange(dirty_, false);
    const bool overfull = wal_pages_ > limits_.wal_pages_hard_max;
    lock.unlock();
    look(dirty, overfull);
    lock.lock();
  }
}

void Checkpointer::look(bool dirty, bool overfull) {
  if (dirty) {
    quiet_intervals_ = 0;
    is_emptied_ = false;
  }
  if (overfull && --truncate_wait_ <= 0) {
    if (checkpoint(Depth::truncate)) return note_emptied();
    truncate_wait_ = truncate_wait_next_;
    truncate_wait_next_ = std::min(2 * truncate_wait_next_, truncate_wait_max);
  }
  if (dirty) {
    checkpoint(Depth::passive);
    return;
  }
  if (is_emptied_ || ++quiet_intervals_ < limits_.quiet_intervals_before_truncate) return;
  quiet_intervals_ = 0;
  if (!checkpoint(Depth::truncate)) return;
  sqlite3_db_release_memory(connection_.handle());
  note_emptied();
}

void Checkpointer::note_emptied() {
  is_emptied_ = true;
  truncate_wait_ = 0;
  truncate_wait_next_ = 1;
  const std::lock_guard lock(mutex_);
  // Somebody who committed meanwhile told the new number, or will.
  if (!dirty_) wal_pages_ = 0;
}

bool Checkpointer::checkpoint(Depth depth) {
  const int mode = depth == Depth::passive ? SQLITE_CHECKPOINT_PASSIVE : SQLITE_CHECKPOINT_TRUNCATE;
  // With a reader in the log the deep one would hold up the writer: give way soon.
  sqlite3_busy_timeout(connection_.handle(), depth == Depth::passive ? 0 : truncate_busy_ms);
  const int code = sqlite3_wal_checkpoint_v2(connection_.handle(), nullptr, mode, nullptr, nullptr);
  if (code == SQLITE_OK) return true;
  if ((code & 0xff) != SQLITE_BUSY && (code & 0xff) != SQLITE_LOCKED)
    log_error(std::string("checkpoint failed: ") + sqlite3_errmsg(connection_.handle()));
  return false;
}

}  // namespace tandem::db
