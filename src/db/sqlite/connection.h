#pragma once

#include <sqlite3.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.h"
#include "db/statement_cache.h"

namespace tandem::db {

/// One prepared statement, and which argument each of its parameters takes: SQLite knows "$1" as a
/// name.
struct SqliteStatement {
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  std::unique_ptr<sqlite3_stmt, Finalize> handle;
  std::vector<size_t> argument_of;
  bool in_use = false;
};

enum class Durability { full, none };
enum class Access { write, read };

/// One connection to an SQLite file. Used by one thread at a time.
class SqliteConnection {
 public:
  /// Opens the file, making it when it is missing. Throws DatabaseFailure.
  SqliteConnection(const std::string& path, Durability durability, Access access);

  sqlite3* handle() const { return handle_.get(); }
  /// Runs one or more statements without arguments.
  void run(const char* sql);
  /// Prepared once: each request reads in two or three transactions.
  void begin_reading();
  void end_reading();
  bool in_transaction() const { return sqlite3_get_autocommit(handle_.get()) == 0; }
  /// Ends an open transaction without a word; does nothing when none is open.
  void roll_back();
  /// Throws what the connection's last error means: UniqueViolation or DatabaseFailure.
  [[noreturn]] void fail(std::string_view sql) const;

  /// A statement while it is in use: bound, stepped, and reset at the end. A statement that is
  /// already stepping further up the call stack is prepared a second time.
  class Running {
   public:
    Running(SqliteConnection& connection, std::string_view sql, const Args& args);
    ~Running();
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;
    /// True for a row, false at the end.
    bool step();
    sqlite3_stmt* handle() const { return statement_->handle.get(); }

   private:
    void bind(const Args& args);

    SqliteConnection& connection_;
    std::string_view sql_;
    SqliteStatement own_;
    SqliteStatement* statement_ = nullptr;
  };

 private:
  struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };

  SqliteStatement prepare(std::string_view sql) const;

  // Declared before the cache, so that the statements are finalised before the connection closes.
  std::unique_ptr<sqlite3, Close> handle_;
  StatementCache<SqliteStatement> cache_;
};

}  // namespace tandem::db
