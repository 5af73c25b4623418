#include "db/sqlite/checkpointer.h"

#include <algorithm>
#include <utility>

#include "base/log.h"

namespace tandem::db {

namespace {

constexpr int reader_busy_ms = 200;
constexpr int rounds_ahead = 2;
/// A reader that stays must not hold up the writer in every interval.
constexpr int anew_wait_max = 64;

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

void Checkpointer::give_way() {
  std::unique_lock lock(mutex_);
  passed_.wait(lock, [this] { return !asks_to_pass_; });
}

void Checkpointer::look(bool dirty, bool overfull) {
  if (dirty) {
    quiet_intervals_ = 0;
    is_emptied_ = false;
    checkpoint(Depth::passive);
    if (overfull && --anew_wait_ <= 0) {
      anew_wait_next_ = begin_anew() ? 1 : std::min(2 * anew_wait_next_, anew_wait_max);
      anew_wait_ = anew_wait_next_ == 1 ? 0 : anew_wait_next_;
    }
    return;
  }
  if (is_emptied_ || ++quiet_intervals_ < limits_.quiet_intervals_before_truncate) return;
  quiet_intervals_ = 0;
  if (!checkpoint(Depth::truncate)) return;
  sqlite3_db_release_memory(connection_.handle());
  is_emptied_ = true;
  anew_wait_ = 0;
  anew_wait_next_ = 1;
  const std::lock_guard lock(mutex_);
  // Somebody who committed meanwhile told the new number, or will.
  if (!dirty_) wal_pages_ = 0;
}

bool Checkpointer::begin_anew() {
  // Each of these moves what was written during the one before, which is less each time: little is
  // left to do while the writer waits.
  for (int round = 0; round < rounds_ahead; ++round) checkpoint(Depth::passive);
  {
    const std::lock_guard lock(mutex_);
    asks_to_pass_ = true;
  }
  const bool done = checkpoint(Depth::restart);
  {
    const std::lock_guard lock(mutex_);
    asks_to_pass_ = false;
    if (done && !dirty_) wal_pages_ = 0;
  }
  passed_.notify_all();
  return done;
}

bool Checkpointer::checkpoint(Depth depth) {
  const int mode = depth == Depth::passive   ? SQLITE_CHECKPOINT_PASSIVE
                   : depth == Depth::restart ? SQLITE_CHECKPOINT_RESTART
                                             : SQLITE_CHECKPOINT_TRUNCATE;
  // With a reader in the log the deep ones would hold up the writer: give way soon.
  sqlite3_busy_timeout(connection_.handle(), depth == Depth::passive ? 0 : reader_busy_ms);
  const int code = sqlite3_wal_checkpoint_v2(connection_.handle(), nullptr, mode, nullptr, nullptr);
  if (code == SQLITE_OK) return true;
  if ((code & 0xff) != SQLITE_BUSY && (code & 0xff) != SQLITE_LOCKED)
    log_error(std::string("checkpoint failed: ") + sqlite3_errmsg(connection_.handle()));
  return false;
}

}  // namespace tandem::db
