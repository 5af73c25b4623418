#pragma once

#include "db/sqlite/connection.h"

namespace tandem::db {

/// A body's view of one SQLite connection.
class SqliteTransaction final : public Transaction {
 public:
  SqliteTransaction(SqliteConnection& connection, Instant now, IdMaker& ids)
      : Transaction(now, ids), connection_(connection) {}

  void for_each(std::string_view sql, const Args& args,
                const std::function<bool(const RowView&)>& each) override;
  int64_t execute(std::string_view sql, const Args& args) override;
  void run_script(std::string_view sql) override;
  /// One writer runs after the other anyway.
  void run_alone() override {}
  Kind kind() const override { return Kind::sqlite; }

  /// A statement failed: nothing more runs and nothing can be committed, as on PostgreSQL.
  bool has_failed() const { return failed_; }

 private:
  template <class Run>
  void guarded(Run&& run);

  SqliteConnection& connection_;
  bool forget_failure() override {
    failed_ = false;
    return true;
  }

  bool failed_ = false;
};

}  // namespace tandem::db
