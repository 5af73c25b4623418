#include "db/postgres/postgres_database.h"

#include <algorithm>
#include <semaphore>

#include "db/inside.h"
#include "db/postgres/node_lease.h"
#include "db/postgres/postgres_transaction.h"
#include "db/resource_pool.h"
#include "db/write_guard.h"

// How bodies stay as simple as on SQLite, where one writer runs after the other:
//
// Writes run in REPEATABLE READ. A body that read a row, computed, and writes it can then never
// overwrite a change made in between: PostgreSQL refuses the later one with 40001, and its body
// runs again on fresh values. READ COMMITTED would lose such updates silently; SERIALIZABLE would
// also catch bodies that read each other's rows without writing them, but refuses many innocent
// ones on small tables and at high load. Such bodies must meet in a row both write, or a unique
// key; or the rarer of them (something goes for good, and must not be in use) runs alone.
//
// A popular row (a ticket counter) could refuse the same body again and again. So each write holds
// a shared lock on the table `write_turns`, and the last attempt an exclusive one: it runs alone,
// and can't lose. The lock is taken before the snapshot, which LOCK TABLE does not open.

namespace tandem::db {

namespace {

constexpr int attempts_max = 3;
constexpr int table_attempts_max = 5;
constexpr int bulk_writers_max = 64;

constexpr const char* begin_read = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
constexpr const char* begin_write =
    "BEGIN ISOLATION LEVEL REPEATABLE READ; LOCK TABLE write_turns IN ROW EXCLUSIVE MODE";
constexpr const char* begin_write_alone =
    "BEGIN ISOLATION LEVEL REPEATABLE READ; LOCK TABLE write_turns IN EXCLUSIVE MODE";

constexpr const char* own_tables =
    "CREATE TABLE IF NOT EXISTS write_turns (unused BIGINT);"
    "CREATE TABLE IF NOT EXISTS nodes "
    "(number BIGINT PRIMARY KEY, holder TEXT NOT NULL, leased_until BIGINT NOT NULL)";

/// Two processes that make a table at once collide even with IF NOT EXISTS; the next attempt finds
/// it made.
void make_own_tables(const std::string& url) {
  PostgresConnection connection(url);
  connection.ensure_open();
  for (int attempt = 1;; ++attempt) {
    try {
      connection.run(own_tables);
      return;
    } catch (const DatabaseFailure&) {
      if (attempt == table_attempts_max || connection.is_broken()) throw;
    }
  }
}

class PostgresDatabase final : public Database {
 public:
  PostgresDatabase(const OpenOptions& options, const Clock& clock)
      : clock_(clock),
        lease_(options.node < 0 ? std::make_unique<NodeLease>(options.url) : nullptr),
        ids_(clock, lease_ ? lease_->number() : options.node),
        // Bulk work leaves at least half of the connections to people.
        bulk_turns_(std::max(1, options.connections / 2)) {
    for (int i = 0; i < options.connections; ++i)
      pool_.add(std::make_unique<PostgresConnection>(options.url));
  }

  Kind kind() const override { return Kind::postgres; }
  const Clock& clock() const override { return clock_; }

  Result<void> back_up_to(const std::string&) override {
    return invalid("file", "not_on_postgres", "Back up a PostgreSQL database with pg_dump.");
  }
  /// PostgreSQL checks its pages itself when they are read; it has no counterpart to ask.
  std::vector<std::string> integrity_faults() override { return {}; }

 protected:
  void run_read(const std::function<void(Transaction&)>& body) override {
    throw_if_inside(*this);
    const auto read_body = [&](Transaction& tx) {
      body(tx);
      return Outcome::roll_back;
    };
    run_attempts(begin_read, begin_read, read_body);
  }

  void run_write(const std::function<Outcome(Transaction&)>& body, Priority priority) override {
    throw_if_inside(*this);
    const std::function<void(Transaction&)> check = WriteGuard::take();
    const Body guarded = [&](Transaction& tx) {
      if (check) check(tx);
      return body(tx);
    };
    for (const std::function<void()>& effect : write_durably(guarded, priority)) effect();
  }

 private:
  using Body = std::function<Outcome(Transaction&)>;
  using BulkTurns = std::counting_semaphore<bulk_writers_max>;
  using Effects = std::vector<std::function<void()>>;

  /// A bulk writer's place; nothing for a person.
  class BulkTurn {
   public:
    explicit BulkTurn(BulkTurns* turns) : turns_(turns) {
      if (turns_) turns_->acquire();
    }
    ~BulkTurn() {
      if (turns_) turns_->release();
    }
    BulkTurn(const BulkTurn&) = delete;
    BulkTurn& operator=(const BulkTurn&) = delete;

   private:
    BulkTurns* turns_ = nullptr;
  };

  Effects write_durably(const Body& body, Priority priority) {
    const BulkTurn turn(priority == Priority::bulk ? &bulk_turns_ : nullptr);
    if (lease_) lease_->check_held();
    return run_attempts(begin_write, begin_write_alone, body);
  }

  /// What may follow on an attempt that failed.
  enum class Next { give_up, again, alone };

  Effects run_attempts(const char* begin, const char* begin_alone, const Body& body) {
    const ResourcePool<PostgresConnection>::Lent connection(pool_);
    bool is_alone = false;
    for (int attempt = 1;; ++attempt) {
      is_alone = is_alone || attempt == attempts_max;
      Next next = Next::give_up;
      try {
        return run_once(*connection, is_alone ? begin_alone : begin, is_alone, body, next);
      } catch (...) {
        connection->roll_back();
        connection->drop_if_broken();
        if (next == Next::give_up || attempt == attempts_max) throw;
        is_alone = next == Next::alone;
      }
    }
  }

  static Next next_after(const PostgresTransaction& transaction) {
    if (transaction.should_run_alone()) return Next::alone;
    return transaction.should_run_again() ? Next::again : Next::give_up;
  }

  /// Runs the body in a transaction. When it throws, `next` says whether another attempt may
  /// succeed; what the body itself made of the failure it saw does not matter then.
  Effects run_once(PostgresConnection& connection, const char* begin, bool is_alone,
                   const Body& body, Next& next) {
    open_transaction(connection, begin);
    PostgresTransaction transaction(connection, clock_.now(), ids_, is_alone);
    Outcome outcome = Outcome::roll_back;
    try {
      const InsideBody inside(*this);
      outcome = body(transaction);
    } catch (...) {
      next = next_after(transaction);
      throw;
    }
    next = next_after(transaction);
    if (next != Next::give_up) throw RunAgain("the transaction lost against another one");
    if (outcome == Outcome::roll_back) {
      connection.roll_back();
      connection.drop_if_broken();
      return {};
    }
    if (transaction.has_failed()) {
      throw DatabaseFailure("a statement failed earlier: this transaction can't be committed");
    }
    commit(connection, next);
    return transaction.take_effects();
  }

  /// An idle connection may have died unseen (the server restarted); nothing was done on it yet, so
  /// a new one is opened.
  static void open_transaction(PostgresConnection& connection, const char* begin) {
    const bool was_open = connection.is_open();
    connection.ensure_open();
    try {
      connection.run(begin);
    } catch (const DatabaseFailure&) {
      if (!was_open || !connection.is_broken()) throw;
      connection.ensure_open();
      connection.run(begin);
    }
  }

  static void commit(PostgresConnection& connection, Next& next) {
    try {
      connection.run("COMMIT");
    } catch (const RunAgain&) {
      next = Next::again;
      throw;
    }
  }

  const Clock& clock_;
  std::unique_ptr<NodeLease> lease_;
  IdMaker ids_;
  BulkTurns bulk_turns_;
  ResourcePool<PostgresConnection> pool_;
};

}  // namespace

std::unique_ptr<Database> open_postgres(const OpenOptions& options, const Clock& clock) {
  make_own_tables(options.url);
  return std::make_unique<PostgresDatabase>(options, clock);
}

}  // namespace tandem::db
