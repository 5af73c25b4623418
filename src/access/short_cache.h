#pragma once

#include <atomic>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "db/database.h"

// What a cookie or token stands for is asked at every request, so the answer is kept for some
// seconds in the process. Whatever ends or changes one calls forget_cached(): in this process it
// counts at once; another node over the same database may go on for at most short_cache_ms. For the
// files of access alone.

namespace tandem::access {

constexpr int64_t short_cache_ms = 5 * second_ms;
constexpr size_t short_cache_entries_max = 10'000;

/// Moves on with each forget_cached().
uint64_t cache_epoch();
/// Everything kept becomes old when this transaction has committed.
void forget_cached(db::Transaction& tx);

/// Answers by the hash of a secret, so that answers of several databases in one process can't meet.
template <class Answer>
class ShortCache {
 public:
  std::optional<Answer> find(const std::string& hash, Instant now) {
    const std::lock_guard lock(mutex_);
    const auto at = kept_.find(hash);
    if (at == kept_.end()) return std::nullopt;
    if (at->second.epoch == cache_epoch() && now.ms >= at->second.since.ms &&
        now - at->second.since < short_cache_ms) {
      return at->second.answer;
    }
    kept_.erase(at);
    return std::nullopt;
  }

  /// `epoch` was read before the database was: an answer that was already old when it came is never
  /// used.
  void keep(const std::string& hash, Answer answer, Instant now, uint64_t epoch) {
    const std::lock_guard lock(mutex_);
    if (kept_.size() >= short_cache_entries_max) kept_.clear();
    kept_.insert_or_assign(hash, Kept{std::move(answer), now, epoch});
  }

 private:
  struct Kept {
    Answer answer;
    Instant since;
    uint64_t epoch = 0;
  };
  std::mutex mutex_;
  std::unordered_map<std::string, Kept> kept_;
};

}  // namespace tandem::access
