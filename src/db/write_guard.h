#pragma once

#include <functional>

#include "db/database.h"

namespace tandem::db {

/// While it lives, the first write that this thread begins runs `check` before its body, in the
/// same transaction: for what the caller took for granted since before. What `check` throws leaves
/// write(), and nothing was written. On PostgreSQL a transaction that starts over is checked again.
class WriteGuard {
 public:
  explicit WriteGuard(std::function<void(Transaction&)> check);
  ~WriteGuard();
  WriteGuard(const WriteGuard&) = delete;
  WriteGuard& operator=(const WriteGuard&) = delete;

  /// What the write that begins now has to check; nothing when no guard lives, or it has passed.
  static std::function<void(Transaction&)> take();

  /// While it lives, writes of this thread are no first ones: a file is put away before the record
  /// that names it, and it is the record that needs the rights.
  class Aside {
   public:
    Aside();
    ~Aside();
    Aside(const Aside&) = delete;
    Aside& operator=(const Aside&) = delete;

   private:
    WriteGuard* guard_;
  };

 private:
  std::function<void(Transaction&)> check_;
  WriteGuard* outer_ = nullptr;
};

}  // namespace tandem::db
