#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "db/database.h"

// What a request asks of the database, kept so that it can be asked again without the program
// around it. That is the measure for everything that reads or writes.

namespace tandem::bench {

enum class Keep { reads, writes };

struct Statement {
  std::string sql;
  db::Args args;
};
/// The statements of one transaction, in their order.
using Statements = std::vector<Statement>;

/// A database that hands everything on to another one, and keeps the statements that go by.
/// Transactions that were rolled back are not kept.
class ListeningDatabase final : public db::Database {
 public:
  ListeningDatabase(db::Database& inner, Keep keep);
  ~ListeningDatabase() override;

  db::Kind kind() const override { return inner_.kind(); }
  const Clock& clock() const override { return inner_.clock(); }
  Result<void> back_up_to(const std::string& file) override { return inner_.back_up_to(file); }
  std::vector<std::string> integrity_faults() override { return inner_.integrity_faults(); }

  /// Everything kept so far, transaction by transaction.
  std::vector<Statements> take();

 protected:
  void run_read(const std::function<void(db::Transaction&)>& body) override;
  void run_write(const std::function<Outcome(db::Transaction&)>& body,
                 db::Priority priority) override;

 private:
  void keep(Statements statements);

  db::Database& inner_;
  Keep keep_ = Keep::reads;
  IdMaker ids_;
  std::mutex mutex_;
  std::vector<Statements> kept_;
};

/// Runs the statements and looks at every column of every row, as whoever asks does.
void replay(db::Transaction& tx, const Statements& statements);

/// Seconds that the transactions [from, end) take, each run by one of `threads` threads.
double replay_s(db::Database& database, const std::vector<Statements>& all, size_t from, size_t end,
                int threads);

}  // namespace tandem::bench
