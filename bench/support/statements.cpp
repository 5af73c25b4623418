#include "bench/support/statements.h"

#include <atomic>
#include <chrono>
#include <thread>
#include <utility>

#include "bench/support/portal.h"

namespace tandem::bench {

namespace {

constexpr int other_node = 200;  // ids that meet none of the database's own

bool is_wanted(std::string_view sql, Keep keep) {
  const bool is_read = sql.starts_with("SELECT");
  return keep == Keep::reads ? is_read : !is_read;
}

class ListeningTransaction final : public db::Transaction {
 public:
  ListeningTransaction(db::Transaction& inner, IdMaker& ids, Keep keep)
      : Transaction(inner.now(), ids), inner_(inner), keep_(keep) {}

  void for_each(std::string_view sql, const db::Args& args,
                const std::function<bool(const db::RowView&)>& each) override {
    note(sql, args);
    inner_.for_each(sql, args, each);
  }
  int64_t execute(std::string_view sql, const db::Args& args) override {
    note(sql, args);
    return inner_.execute(sql, args);
  }
  void run_script(std::string_view sql) override { inner_.run_script(sql); }
  void run_alone() override { inner_.run_alone(); }
  db::Kind kind() const override { return inner_.kind(); }

  Statements take() { return std::move(statements_); }

 protected:
  /// A refused attempt is undone; a statement that failed stays failed in the inner transaction,
  /// which then says so.
  bool forget_failure() override { return true; }

 private:
  void note(std::string_view sql, const db::Args& args) {
    if (is_wanted(sql, keep_)) statements_.push_back({std::string(sql), args});
  }

  db::Transaction& inner_;
  Keep keep_;
  Statements statements_;
};

}  // namespace

ListeningDatabase::ListeningDatabase(db::Database& inner, Keep keep)
    : inner_(inner), keep_(keep), ids_(inner.clock(), other_node) {}
ListeningDatabase::~ListeningDatabase() = default;

std::vector<Statements> ListeningDatabase::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(kept_, {});
}

void ListeningDatabase::keep(Statements statements) {
  if (statements.empty()) return;
  const std::lock_guard lock(mutex_);
  kept_.push_back(std::move(statements));
}

void ListeningDatabase::run_read(const std::function<void(db::Transaction&)>& body) {
  inner_.read([&](db::Transaction& tx) {
    ListeningTransaction listening(tx, ids_, keep_);
    body(listening);
    keep(listening.take());
  });
}

void ListeningDatabase::run_write(const std::function<Outcome(db::Transaction&)>& body,
                                  db::Priority priority) {
  Statements statements;
  const Result<void> written = inner_.write(
      [&](db::Transaction& tx) -> Result<void> {
        ListeningTransaction listening(tx, ids_, keep_);
        if (body(listening) == Outcome::roll_back) return conflict("rolled_back", "Rolled back.");
        statements = listening.take();
        for (std::function<void()>& effect : listening.take_effects()) {
          tx.after_commit(std::move(effect));
        }
        return {};
      },
      priority);
  if (written) keep(std::move(statements));
}

void replay(db::Transaction& tx, const Statements& statements) {
  size_t bytes = 0;
  for (const Statement& statement : statements) {
    tx.for_each(statement.sql, statement.args, [&](const db::RowView& row) {
      const int columns = row.columns();
      for (int column = 0; column < columns; ++column) {
        if (!row.is_null(column)) bytes += row.text(column).size();
      }
      return true;
    });
  }
  // The sum is used, so that no compiler leaves the reading out.
  if (bytes == size_t(-1)) throw std::logic_error("no text is that long");
}

double replay_s(db::Database& database, const std::vector<Statements>& all, size_t from, size_t end,
                int threads) {
  std::atomic<size_t> next{from};
  std::vector<std::jthread> replaying;
  const auto start = std::chrono::steady_clock::now();
  for (int number = 0; number < threads; ++number) {
    replaying.emplace_back([&] {
      for (size_t at = next++; at < end; at = next++) {
        must(database.write([&](db::Transaction& tx) -> Result<void> {
          replay(tx, all[at]);
          return {};
        }));
      }
    });
  }
  replaying.clear();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace tandem::bench
