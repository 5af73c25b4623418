#include "db/sqlite/connection.h"

#include <fmt/format.h>

#include <charconv>

#include "db/inside.h"

namespace tandem::db {

namespace {

// Only another process makes us wait, such as an import from the command line beside a busy server.
// SQLite gives the lock to whoever asks in the right moment: who waits may be passed over for long.
constexpr int busy_timeout_ms = 30'000;
constexpr int cache_kib =
    16'384;  // per connection, filled by use: six full ones leave a busy process below 200 MB
// What is left of a write-ahead log that was longer once, when it starts anew.
constexpr int64_t wal_kept_bytes = 64LL * 1024 * 1024;

/// "$12" is argument 11.
size_t argument_index(const char* name, std::string_view sql) {
  const std::string_view text = name == nullptr ? "" : name;
  size_t number = 0;
  const auto [end, error] =
      std::from_chars(text.data() + (text.empty() ? 0 : 1), text.data() + text.size(), number);
  const bool good = text.starts_with('$') && error == std::errc() &&
                    end == text.data() + text.size() && number > 0;
  if (!good)
    throw DatabaseFailure(fmt::format("a placeholder is not $1, $2, …: {}", shown_sql(sql)));
  return number - 1;
}

}  // namespace

SqliteConnection::SqliteConnection(const std::string& path, Durability durability, Access access) {
  // Before the first connection. Nobody reads SQLite's own account of its memory, and all threads
  // would queue for the lock on it at every allocation.
  static const int configured = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  (void)configured;  // refused when SQLite runs already; it works as before then
  sqlite3* opened = nullptr;
  const int flags =
      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int code = sqlite3_open_v2(path.c_str(), &opened, flags, nullptr);
  handle_.reset(opened);
  if (code != SQLITE_OK) {
    throw DatabaseFailure(
        fmt::format("can't open the database file {}: {}", path, sqlite3_errstr(code)));
  }
  sqlite3_busy_timeout(opened, busy_timeout_ms);
  // A plan that looks at bound values is made anew for each of them: a LIKE with a pattern that was
  // bound cost 40 µs per run, ten times the query.
  sqlite3_db_config(opened, SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr);
  run("PRAGMA journal_mode=WAL");
  // No mmap: a disk error would be a signal instead of a failure, and each connection's map counts
  // as our memory.
  run(fmt::format("PRAGMA synchronous={}; PRAGMA foreign_keys=ON; PRAGMA mmap_size=0; PRAGMA "
                  "cache_size=-{}; "
                  "PRAGMA wal_autocheckpoint=0; PRAGMA journal_size_limit={}; "
                  "PRAGMA query_only={}; PRAGMA trusted_schema=OFF",
                  durability == Durability::full ? "FULL" : "OFF", cache_kib, wal_kept_bytes,
                  access == Access::read ? "ON" : "OFF")
          .c_str());
}

void SqliteConnection::run(const char* sql) {
  if (sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail(sql);
}

void SqliteConnection::begin_reading() { Running(*this, "BEGIN", {}).step(); }

void SqliteConnection::end_reading() { Running(*this, "COMMIT", {}).step(); }

void SqliteConnection::roll_back() {
  if (in_transaction()) sqlite3_exec(handle_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void SqliteConnection::fail(std::string_view sql) const {
  const int code = sqlite3_extended_errcode(handle_.get());
  const std::string message =
      fmt::format("{} ({}): {}", sqlite3_errmsg(handle_.get()), code, shown_sql(sql));
  const bool unique = code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY ||
                      code == SQLITE_CONSTRAINT_ROWID;
  if (unique) throw UniqueViolation(message);
  throw DatabaseFailure(message);
}

SqliteStatement SqliteConnection::prepare(std::string_view sql) const {
  sqlite3_stmt* prepared = nullptr;
  const char* rest = nullptr;
  const int code = sqlite3_prepare_v3(handle_.get(), sql.data(), int(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &prepared, &rest);
  SqliteStatement statement;
  statement.handle.reset(prepared);
  if (code != SQLITE_OK) fail(sql);
  const std::string_view left(rest, size_t(sql.data() + sql.size() - rest));
  if (prepared == nullptr || left.find_first_not_of(" \t\r\n;") != left.npos) {
    throw DatabaseFailure(fmt::format("not exactly one statement: {}", shown_sql(sql)));
  }
  const int parameters = sqlite3_bind_parameter_count(prepared);
  for (int i = 1; i <= parameters; ++i) {
    statement.argument_of.push_back(argument_index(sqlite3_bind_parameter_name(prepared, i), sql));
  }
  return statement;
}

SqliteConnection::Running::Running(SqliteConnection& connection, std::string_view sql,
                                   const Args& args)
    : connection_(connection), sql_(sql) {
  statement_ = connection.cache_.find(sql);
  if (statement_ == nullptr) {
    statement_ = &connection.cache_.keep(
        sql, connection.prepare(sql), [](const SqliteStatement& old) { return !old.in_use; },
        [](const SqliteStatement&) {});
  } else if (statement_->in_use) {
    own_ = connection.prepare(sql);
    statement_ = &own_;
  }
  bind(args);
  statement_->in_use = true;
}

SqliteConnection::Running::~Running() {
  sqlite3_reset(handle());
  sqlite3_clear_bindings(handle());
  statement_->in_use = false;
}

void SqliteConnection::Running::bind(const Args& args) {
  for (size_t i = 0; i < statement_->argument_of.size(); ++i) {
    const size_t argument = statement_->argument_of[i];
    if (argument >= args.size()) {
      throw DatabaseFailure(fmt::format("no argument for ${}: {}", argument + 1, shown_sql(sql_)));
    }
    const int parameter = int(i) + 1;
    const Value& value = args[argument];
    int code = SQLITE_OK;
    // SQLITE_STATIC: the arguments outlive the statement's run.
    if (const int64_t* number = std::get_if<int64_t>(&value)) {
      code = sqlite3_bind_int64(handle(), parameter, *number);
    } else if (const std::string* text = std::get_if<std::string>(&value)) {
      check_bindable(*text);
      code = sqlite3_bind_text64(handle(), parameter, text->data(), text->size(), SQLITE_STATIC,
                                 SQLITE_UTF8);
    } else if (const Bytes* bytes = std::get_if<Bytes>(&value)) {
      // Without the spare address an empty value would be bound as null.
      const char* data = bytes->data.empty() ? "" : bytes->data.data();
      code = sqlite3_bind_blob64(handle(), parameter, data, bytes->data.size(), SQLITE_STATIC);
    } else {
      code = sqlite3_bind_null(handle(), parameter);
    }
    if (code != SQLITE_OK) connection_.fail(sql_);
  }
}

bool SqliteConnection::Running::step() {
  const int code = sqlite3_step(handle());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  connection_.fail(sql_);
}

}  // namespace tandem::db
