#include "db/sqlite/sqlite_transaction.h"

namespace tandem::db {

namespace {

class SqliteRowView final : public RowView {
 public:
  explicit SqliteRowView(sqlite3_stmt* statement) : statement_(statement) {}

  int columns() const override { return sqlite3_column_count(statement_); }
  bool is_null(int column) const override {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
  }
  int64_t integer(int column) const override { return sqlite3_column_int64(statement_, column); }
  std::string_view text(int column) const override {
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return data == nullptr ? std::string_view() : std::string_view(data, size(column));
  }
  std::string_view bytes(int column) const override {
    const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    return data == nullptr ? std::string_view() : std::string_view(data, size(column));
  }
  Value value(int column) const override {
    switch (sqlite3_column_type(statement_, column)) {
      case SQLITE_NULL: return nullptr;
      case SQLITE_INTEGER: return integer(column);
      case SQLITE_BLOB: return Bytes{std::string(bytes(column))};
      default: return std::string(text(column));
    }
  }

 private:
  size_t size(int column) const { return size_t(sqlite3_column_bytes(statement_, column)); }

  sqlite3_stmt* statement_ = nullptr;
};

}  // namespace

template <class Run>
void SqliteTransaction::guarded(Run&& run) {
  if (failed_) throw DatabaseFailure("an earlier statement failed: this transaction has ended");
  try {
    run();
  } catch (const DatabaseFailure&) {
    failed_ = true;
    throw;
  }
}

void SqliteTransaction::for_each(std::string_view sql, const Args& args,
                                 const std::function<bool(const RowView&)>& each) {
  guarded([&] {
    SqliteConnection::Running running(connection_, sql, args);
    const SqliteRowView view(running.handle());
    while (running.step()) {
      if (!each(view)) return;
    }
  });
}

int64_t SqliteTransaction::execute(std::string_view sql, const Args& args) {
  int64_t changed = 0;
  guarded([&] {
    // sqlite3_changes() keeps the number of an older statement when this one changes nothing by its
    // nature (DDL).
    const int64_t total_before = sqlite3_total_changes64(connection_.handle());
    SqliteConnection::Running running(connection_, sql, args);
    while (running.step()) continue;
    const bool any = sqlite3_total_changes64(connection_.handle()) != total_before;
    changed = any ? sqlite3_changes64(connection_.handle()) : 0;
  });
  return changed;
}

void SqliteTransaction::run_script(std::string_view sql) {
  guarded([&] { connection_.run(std::string(sql).c_str()); });
}

}  // namespace tandem::db
