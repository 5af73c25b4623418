#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "base/id.h"
#include "base/instant.h"
#include "base/result.h"

// One door to two databases. SQL is one text for both: placeholders are $1, $2, … (each may be used
// several times); columns are BIGINT, TEXT, BYTEA and JSONB. Booleans are BIGINT 0 or 1, instants
// BIGINT milliseconds.

namespace tandem::db {

/// Raw bytes, so that they are not taken for text.
struct Bytes {
  std::string data;
  bool operator==(const Bytes&) const = default;
};

/// What is bound to a placeholder.
using Value = std::variant<std::nullptr_t, int64_t, std::string, Bytes>;
using Args = std::vector<Value>;

template <class Tag>
Value arg(TaggedId<Tag> id) {
  return id.value == 0 ? Value(nullptr) : Value(id.value);
}
inline Value arg(Instant at) { return at.ms; }
inline Value arg(std::string_view text) { return std::string(text); }
inline Value arg(int64_t number) { return number; }

/// One row while the database shows it. Columns count from 0. Views live until the callback
/// returns.
class RowView {
 public:
  virtual ~RowView() = default;
  virtual int columns() const = 0;
  virtual bool is_null(int column) const = 0;
  /// 0 when null.
  virtual int64_t integer(int column) const = 0;
  /// Empty when null.
  virtual std::string_view text(int column) const = 0;
  virtual std::string_view bytes(int column) const = 0;
  /// A copy, with the type the database gives the column.
  virtual Value value(int column) const = 0;
};

/// A row that was kept.
class Row {
 public:
  explicit Row(const RowView& view);
  Row() = default;
  bool is_null(int column) const {
    return std::holds_alternative<std::nullptr_t>(values_[size_t(column)]);
  }
  int64_t integer(int column) const;
  const std::string& text(int column) const;
  const std::string& bytes(int column) const;
  Instant instant(int column) const { return {integer(column)}; }

 private:
  std::vector<Value> values_;
};

/// The world broke: disk full, connection lost, a statement that is wrong. Not for expected
/// answers.
class DatabaseFailure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A unique key was taken. Expected in a race; the operation that knows the key turns it into a
/// conflict. Like every failed statement it ends the transaction: the body may catch it to choose
/// its refusal, but whatever it runs after it fails, and it can't commit any more (PostgreSQL's
/// rule, kept alike on SQLite).
class UniqueViolation : public DatabaseFailure {
 public:
  using DatabaseFailure::DatabaseFailure;
};

enum class Kind { sqlite, postgres };

/// One transaction (or one read snapshot). Statements are prepared once per connection and cached
/// by their text.
class Transaction {
 public:
  virtual ~Transaction() = default;
  /// Calls `each` per row, in order. Returning false from `each` stops early.
  virtual void for_each(std::string_view sql, const Args& args,
                        const std::function<bool(const RowView&)>& each) = 0;
  /// Runs a statement and answers how many rows it changed.
  virtual int64_t execute(std::string_view sql, const Args& args = {}) = 0;
  /// Several statements in one text, without arguments: for migrations.
  virtual void run_script(std::string_view sql) = 0;
  /// From here on no other write runs beside this one, on any node. For rules that ask what nobody
  /// writes a row about ("is it still in use?") before something goes for good. Called first: on
  /// PostgreSQL the body starts over to be alone.
  virtual void run_alone() = 0;
  /// Asked only where the databases must differ; the house test about arrows lists the places.
  virtual Kind kind() const = 0;

  std::vector<Row> rows(std::string_view sql, const Args& args = {});
  /// The first row, if any.
  std::optional<Row> row(std::string_view sql, const Args& args = {});
  /// First column of the first row; 0 when there is none.
  int64_t integer(std::string_view sql, const Args& args = {});

  /// The moment of this transaction, the same at each call.
  Instant now() const { return now_; }
  /// A new time-ordered id.
  int64_t new_id() { return ids_.next(); }
  /// Runs `body() -> Result<T>` so that its writes and effects vanish when it refuses or throws,
  /// and only its: one record of many, where each stands for itself.
  template <class Body>
  auto attempt(Body&& body) -> std::invoke_result_t<Body> {
    const size_t effects_before = effects_.size();
    run_script("SAVEPOINT attempt");
    const auto undo = [&] {
      run_script("ROLLBACK TO SAVEPOINT attempt; RELEASE SAVEPOINT attempt");
      effects_.erase(effects_.begin() + ptrdiff_t(effects_before), effects_.end());
    };
    try {
      auto answer = body();
      if (answer) {
        run_script("RELEASE SAVEPOINT attempt");
      } else if (forget_failure()) {
        undo();
      }
      return answer;
    } catch (...) {
      if (forget_failure()) undo();
      throw;
    }
  }

  /// Runs once, after this transaction is durable, on the thread that called write(). Never after a
  /// rollback.
  void after_commit(std::function<void()> effect) { effects_.push_back(std::move(effect)); }
  std::vector<std::function<void()>> take_effects() { return std::move(effects_); }

 protected:
  Transaction(Instant now, IdMaker& ids) : now_(now), ids_(ids) {}
  /// A failed statement ends a transaction, unless a savepoint before it is gone back to. False
  /// when nothing but the whole transaction can be undone.
  virtual bool forget_failure() = 0;

 private:
  Instant now_;
  IdMaker& ids_;
  std::vector<std::function<void()>> effects_;
};

/// Who waits: people's writes go before bulk work.
enum class Priority { person, bulk };

/// Bulk work writes at most this many rows per transaction, so that a person never waits long
/// behind it.
constexpr int bulk_rows_max = 250;

class Database {
 public:
  virtual ~Database() = default;

  /// Runs `body(Transaction&)` on one consistent snapshot and gives its answer. A body that writes
  /// fails. Inside a body neither read() nor write() of the same database may be called
  /// (std::logic_error): use the transaction at hand. Text that holds NUL or is not UTF-8 can't be
  /// bound (DatabaseFailure).
  template <class Body>
  auto read(Body&& body) -> std::invoke_result_t<Body, Transaction&> {
    using Answer = std::invoke_result_t<Body, Transaction&>;
    if constexpr (std::is_void_v<Answer>) {
      run_read([&](Transaction& tx) { body(tx); });
    } else {
      std::optional<Answer> answer;
      run_read([&](Transaction& tx) { answer.emplace(body(tx)); });
      return std::move(*answer);
    }
  }

  /// Runs `body(Transaction&) -> Result<T>` in one durable transaction: commits when it answers,
  /// rolls back when it refuses or throws. On PostgreSQL a body may run up to three times, so it
  /// has no effect outside the database; such effects go to tx.after_commit() or a job row. The
  /// lambda must say its return type (`-> Result<T>`).
  template <class Body>
  auto write(Body&& body, Priority priority = Priority::person)
      -> std::invoke_result_t<Body, Transaction&> {
    using Answer = std::invoke_result_t<Body, Transaction&>;
    std::optional<Answer> answer;
    run_write(
        [&](Transaction& tx) {
          answer.emplace(body(tx));
          return answer->has_value() ? Outcome::commit : Outcome::roll_back;
        },
        priority);
    return std::move(*answer);
  }

  virtual Kind kind() const = 0;
  virtual const Clock& clock() const = 0;
  /// Writes a consistent copy to `file` while people work (SQLite: a database file; PostgreSQL:
  /// refuses with invalid, naming pg_dump). Refuses with conflict when the file exists.
  virtual Result<void> back_up_to(const std::string& file) = 0;
  /// What the database itself finds wrong with its files; empty when nothing.
  virtual std::vector<std::string> integrity_faults() = 0;

 protected:
  enum class Outcome { commit, roll_back };
  virtual void run_read(const std::function<void(Transaction&)>& body) = 0;
  virtual void run_write(const std::function<Outcome(Transaction&)>& body, Priority priority) = 0;
};

struct OpenOptions {
  /// A path to an SQLite file, ":memory:", or "postgresql://…".
  std::string url;
  /// Reading connections of SQLite, pool size of PostgreSQL. 1 to 64.
  int connections = 4;
  /// Moves the ids of this process apart from those of other processes on the same database, 0 to
  /// 255; -1 takes a free number from the database.
  int node = -1;
};

/// Opens (and for SQLite creates) the database. Does not migrate. Throws DatabaseFailure when it
/// can't. `clock` must outlive the database.
std::unique_ptr<Database> open_database(const OpenOptions& options, const Clock& clock);

}  // namespace tandem::db
