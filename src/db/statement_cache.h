#pragma once

#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace tandem::db {

constexpr size_t cached_statements_max = 200;

/// Prepared statements of one connection by their text; the one used longest ago makes room.
template <class Statement>
class StatementCache {
 public:
  /// Null when the text was not prepared yet.
  Statement* find(std::string_view sql) {
    const auto found = by_sql_.find(sql);
    if (found == by_sql_.end()) return nullptr;
    entries_.splice(entries_.begin(), entries_, found->second);
    return &found->second->second;
  }

  /// Keeps a statement. What makes room for it is given to `forget`; a statement that `may_go`
  /// denies stays.
  template <class MayGo, class Forget>
  Statement& keep(std::string_view sql, Statement statement, MayGo&& may_go, Forget&& forget) {
    if (entries_.size() >= cached_statements_max && may_go(entries_.back().second)) {
      forget(entries_.back().second);
      by_sql_.erase(entries_.back().first);
      entries_.pop_back();
    }
    entries_.emplace_front(std::string(sql), std::move(statement));
    by_sql_[entries_.front().first] = entries_.begin();
    return entries_.front().second;
  }

  void clear() {
    by_sql_.clear();
    entries_.clear();
  }

 private:
  using Entry = std::pair<std::string, Statement>;
  std::list<Entry> entries_;
  // The keys are views of the entries' own text, which a list never moves.
  std::unordered_map<std::string_view, typename std::list<Entry>::iterator> by_sql_;
};

}  // namespace tandem::db
