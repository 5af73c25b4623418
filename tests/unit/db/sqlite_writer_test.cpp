#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <thread>

#include "db/sqlite/sqlite_database.h"
#include "tests/unit/db/databases.h"

namespace tandem::db {
namespace {

class Writer : public OnEveryDatabase {
 protected:
  void insert_as(int64_t id, Priority priority) {
    const auto body = [&](Transaction& tx) -> Result<void> {
      tx.execute("INSERT INTO things (id) VALUES ($1)", {id});
      return {};
    };
    EXPECT_TRUE(database_->write(body, priority));
  }
  std::vector<int64_t> ids_in_order_of_writing() {
    return database_->read([](Transaction& tx) {
      std::vector<int64_t> ids;
      for (const Row& row : tx.rows("SELECT id FROM things ORDER BY rowid"))
        ids.push_back(row.integer(0));
      return ids;
    });
  }
  using Threads = std::vector<std::jthread>;
  void wait_until_queued(size_t writers) {
    while (sqlite_waiting(*database_) < writers) std::this_thread::yield();
  }
  /// Lets the writer sit in a body until `others` writers wait behind it.
  void while_writer_is_busy(const std::function<void(Threads&)>& start, size_t others) {
    Threads threads;
    ASSERT_TRUE(database_->write([&](Transaction&) -> Result<void> {
      start(threads);
      wait_until_queued(others);
      return {};
    }));
  }
};
INSTANTIATE_TEST_SUITE_P(On, Writer, testing::Values(Place::memory, Place::file), name_of);

TEST_P(Writer, CommitsTogetherWhoeverWaits) {
  const int64_t before = sqlite_commits(*database_);
  constexpr int threads_count = 16;
  while_writer_is_busy(
      [&](Threads& threads) {
        for (int64_t id = 1; id <= threads_count; ++id) {
          threads.emplace_back([&, id] { insert_as(id, Priority::person); });
        }
      },
      threads_count);
  EXPECT_EQ(count(), threads_count);
  EXPECT_LT(sqlite_commits(*database_) - before, threads_count / 2);
}

TEST_P(Writer, OneBodysRefusalOrFailureLeavesTheOthersOfItsGroupAlone) {
  constexpr int threads_count = 12;
  std::atomic<int> refused = 0;
  std::atomic<int> thrown = 0;
  while_writer_is_busy(
      [&](Threads& threads) {
        for (int64_t id = 0; id < threads_count; ++id) {
          threads.emplace_back([&, id] {
            try {
              const Result<void> done = database_->write([&](Transaction& tx) -> Result<void> {
                tx.execute("INSERT INTO things (id) VALUES ($1)", {id});
                if (id % 3 == 1) return not_found("Gone.");
                if (id % 3 == 2) tx.execute("INSERT INTO things (id) VALUES ($1)", {id});
                return {};
              });
              if (!done) ++refused;
            } catch (const UniqueViolation&) {
              ++thrown;
            }
          });
        }
      },
      threads_count);
  EXPECT_EQ(refused, threads_count / 3);
  EXPECT_EQ(thrown, threads_count / 3);
  std::vector<int64_t> ids = ids_in_order_of_writing();
  std::sort(ids.begin(), ids.end());
  EXPECT_EQ(ids, (std::vector<int64_t>{0, 3, 6, 9}));
}

TEST_P(Writer, PeopleGoBeforeBulkWork) {
  while_writer_is_busy(
      [&](Threads& threads) {
        for (int64_t id = 101; id <= 103; ++id) {
          threads.emplace_back([&, id] { insert_as(id, Priority::bulk); });
        }
        wait_until_queued(3);
        for (int64_t id = 1; id <= 3; ++id) {
          threads.emplace_back([&, id] { insert_as(id, Priority::person); });
        }
      },
      6);
  const std::vector<int64_t> ids = ids_in_order_of_writing();
  ASSERT_EQ(ids.size(), 6u);
  for (size_t i = 0; i < 3; ++i) EXPECT_LT(ids[i], 100);
  for (size_t i = 3; i < 6; ++i) EXPECT_GT(ids[i], 100);
}

TEST_P(Writer, AFailedCommitFailsEveryoneOfTheGroup) {
  ASSERT_TRUE(database_->write([](Transaction& tx) -> Result<void> {
    tx.run_script(
        "CREATE TABLE parents (id BIGINT PRIMARY KEY);"
        "CREATE TABLE children (parent BIGINT REFERENCES parents (id) DEFERRABLE INITIALLY "
        "DEFERRED)");
    return {};
  }));
  bool effect_ran = false;
  const auto orphan = [&](Transaction& tx) -> Result<void> {
    tx.execute("INSERT INTO children (parent) VALUES (5)");
    tx.after_commit([&] { effect_ran = true; });
    return {};
  };
  EXPECT_THROW(static_cast<void>(database_->write(orphan)), DatabaseFailure);
  EXPECT_FALSE(effect_ran);
  insert_as(1, Priority::person);
  EXPECT_EQ(count(), 1);
}

TEST_P(Writer, ACopyIsCompleteAndConsistentWhileOthersWrite) {
  for (int64_t id = 1; id <= 200; ++id) insert_as(id, Priority::person);
  std::atomic<bool> stop = false;
  std::jthread writer([&] {
    // Two rows per transaction: a consistent copy holds an even number.
    for (int64_t id = 1'000; !stop; id += 2) {
      const Result<void> done = database_->write([&](Transaction& tx) -> Result<void> {
        tx.execute("INSERT INTO things (id, data) VALUES ($1, $2)",
                   {id, Bytes{std::string(2'000, 'x')}});
        tx.execute("INSERT INTO things (id, data) VALUES ($1, $2)",
                   {id + 1, Bytes{std::string(2'000, 'x')}});
        return {};
      });
      EXPECT_TRUE(done);
    }
  });
  const std::string file = file_in_folder("copy.db");
  const Result<void> copied = database_->back_up_to(file);
  stop = true;
  writer.join();
  ASSERT_TRUE(copied) << copied.error().message;
  EXPECT_FALSE(std::filesystem::exists(file + ".part"));
  const std::unique_ptr<Database> copy =
      open_database({.url = file, .connections = 1, .node = 0}, clock_);
  EXPECT_TRUE(copy->integrity_faults().empty());
  const int64_t rows =
      copy->read([](Transaction& tx) { return tx.integer("SELECT count(*) FROM things"); });
  EXPECT_GE(rows, 200);
  EXPECT_EQ(rows % 2, 0);
}

TEST_P(Writer, ACopyGoesToANewFileInAFolderThatExists) {
  const std::string file = file_in_folder("copy.db");
  ASSERT_TRUE(database_->back_up_to(file));
  const Result<void> again = database_->back_up_to(file);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind, RefusalKind::conflict);
  const Result<void> nowhere = database_->back_up_to(file_in_folder("missing/copy.db"));
  ASSERT_FALSE(nowhere);
  EXPECT_EQ(nowhere.error().kind, RefusalKind::invalid);
}

TEST_P(Writer, FaultsOfTheFileAreNamed) {
  EXPECT_TRUE(database_->integrity_faults().empty());
  if (GetParam() != Place::file) return;
  ASSERT_TRUE(database_->write([](Transaction& tx) -> Result<void> {
    tx.run_script(
        "CREATE TABLE parents (id BIGINT PRIMARY KEY);"
        "CREATE TABLE children (parent BIGINT REFERENCES parents (id))");
    return {};
  }));
  database_.reset();
  sqlite3* raw = nullptr;
  ASSERT_EQ(sqlite3_open(url_.c_str(), &raw), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(raw, "INSERT INTO children VALUES (7)", nullptr, nullptr, nullptr),
            SQLITE_OK);
  sqlite3_close(raw);
  database_ = open_again(0);
  const std::vector<std::string> faults = database_->integrity_faults();
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_NE(faults[0].find("children"), std::string::npos);
}

TEST_P(Writer, WhatWasWrittenIsThereAfterReopening) {
  if (GetParam() != Place::file) return;
  insert_as(1, Priority::person);
  database_.reset();
  database_ = open_again(0);
  EXPECT_EQ(count(), 1);
}

TEST(Opening, SaysWhatIsWrong) {
  const SystemClock clock;
  for (const OpenOptions& options :
       {OpenOptions{"/nowhere/at/all.db", 4, 0}, OpenOptions{":memory:", 0, 0},
        OpenOptions{":memory:", 65, 0}, OpenOptions{":memory:", 4, 256},
        OpenOptions{"postgresql://127.0.0.1:1/none", 4, -1}}) {
    EXPECT_THROW(open_database(options, clock), DatabaseFailure) << options.url;
  }
}

}  // namespace
}  // namespace tandem::db
