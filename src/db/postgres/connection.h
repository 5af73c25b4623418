#pragma once

#include <libpq-fe.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.h"
#include "db/statement_cache.h"

namespace tandem::db {

/// The transaction lost against another one, or its plans are out of date: the whole body may run
/// again.
class RunAgain : public DatabaseFailure {
 public:
  using DatabaseFailure::DatabaseFailure;
};

struct ClearResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using PostgresResult = std::unique_ptr<PGresult, ClearResult>;

/// One connection to a PostgreSQL server. Used by one thread at a time.
class PostgresConnection {
 public:
  explicit PostgresConnection(std::string url);

  /// Connects when there is no working connection. Throws DatabaseFailure.
  void ensure_open();
  /// Drops a connection that broke, so that the next use opens a new one.
  void drop_if_broken();
  bool is_open() const { return handle_ != nullptr; }
  bool is_broken() const { return handle_ == nullptr || PQstatus(handle_.get()) != CONNECTION_OK; }
  bool in_transaction() const {
    return !is_broken() && PQtransactionStatus(handle_.get()) != PQTRANS_IDLE;
  }

  /// Runs one or more statements without arguments; answers the last one's result.
  PostgresResult run(const std::string& sql);
  /// Runs one prepared statement.
  PostgresResult run(std::string_view sql, const Args& args);
  /// Ends an open transaction without a word; never throws.
  void roll_back() noexcept;

 private:
  struct Close {
    void operator()(PGconn* handle) const { PQfinish(handle); }
  };
  struct Prepared {
    std::string name;
    std::vector<Oid> types;
  };

  PostgresResult checked(PGresult* result, std::string_view sql);
  const Prepared& prepared(std::string_view sql, const Args& args);
  void prepare(Prepared& statement, std::string_view sql);
  void deallocate(const std::string& name);

  std::string url_;
  std::unique_ptr<PGconn, Close> handle_;
  StatementCache<Prepared> cache_;
  int64_t statements_made_ = 0;
  // A table changed under a prepared statement; all are prepared anew after the rollback.
  bool plans_are_stale_ = false;
};

}  // namespace tandem::db
