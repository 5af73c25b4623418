#pragma once

#include "db/postgres/connection.h"

namespace tandem::db {

/// A body's view of one PostgreSQL connection.
class PostgresTransaction final : public Transaction {
 public:
  PostgresTransaction(PostgresConnection& connection, Instant now, IdMaker& ids, bool is_alone)
      : Transaction(now, ids), connection_(connection), is_alone_(is_alone) {}

  /// The whole answer is fetched first, so `each` may run other statements.
  void for_each(std::string_view sql, const Args& args,
                const std::function<bool(const RowView&)>& each) override;
  int64_t execute(std::string_view sql, const Args& args) override;
  void run_script(std::string_view sql) override;
  void run_alone() override;
  Kind kind() const override { return Kind::postgres; }

  /// A statement failed: PostgreSQL has ended the transaction.
  bool has_failed() const { return failed_; }
  /// It failed in a way that another run may not meet.
  bool should_run_again() const { return run_again_; }
  /// The body asked to run alone, and did not yet.
  bool should_run_alone() const { return wants_to_be_alone_; }

 private:
  template <class Run>
  PostgresResult guarded(Run&& run);

  PostgresConnection& connection_;
  bool forget_failure() override {
    if (run_again_) return false;
    failed_ = false;
    return true;
  }

  bool is_alone_;
  bool wants_to_be_alone_ = false;
  bool failed_ = false;
  bool run_again_ = false;
};

}  // namespace tandem::db
