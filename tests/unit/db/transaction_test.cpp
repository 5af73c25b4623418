#include <latch>
#include <thread>

#include "tests/unit/db/databases.h"

namespace tandem::db {
namespace {

using namespace std::string_literals;

class Transactions : public OnEveryDatabase {};
INSTANTIATE_TEST_SUITE_P(On, Transactions,
                         testing::Values(Place::memory, Place::file, Place::postgres), name_of);

TEST_P(Transactions, KeepEveryKindOfValueAsItWas) {
  const Bytes bytes{"\0\x01\xff'\\"s};
  const std::string text = "é 票 😀 'quoted' \\ \"";
  ASSERT_TRUE(database_->write([&](Transaction& tx) -> Result<void> {
    tx.execute("INSERT INTO things (id, name, data, extra) VALUES ($1, $2, $3, $4)",
               {int64_t(INT64_MAX), text, bytes, "{\"a\": [1, \"b\"]}"s});
    tx.execute("INSERT INTO things (id, name, data) VALUES ($1, $2, $3)",
               {int64_t(-5), nullptr, nullptr});
    tx.execute("INSERT INTO things (id, name, data) VALUES ($1, $2, $3)",
               {int64_t(0), ""s, Bytes{}});
    return {};
  }));
  const std::vector<Row> rows = database_->read([](Transaction& tx) {
    return tx.rows("SELECT id, name, data, extra FROM things ORDER BY id");
  });
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].integer(0), -5);
  EXPECT_TRUE(rows[0].is_null(1));
  EXPECT_EQ(rows[0].text(1), "");
  EXPECT_EQ(rows[0].integer(1), 0);
  EXPECT_TRUE(rows[0].is_null(2));
  EXPECT_EQ(rows[0].bytes(2), "");
  EXPECT_FALSE(rows[1].is_null(1));
  EXPECT_EQ(rows[1].text(1), "");
  EXPECT_FALSE(rows[1].is_null(2));
  EXPECT_EQ(rows[1].bytes(2), "");
  EXPECT_EQ(rows[2].integer(0), INT64_MAX);
  EXPECT_EQ(rows[2].text(1), text);
  EXPECT_EQ(rows[2].bytes(2), bytes.data);
  EXPECT_EQ(rows[2].text(3), "{\"a\": [1, \"b\"]}");
  EXPECT_THROW(rows[2].integer(1), std::logic_error);
}

TEST_P(Transactions, ShowAViewOfEachRowUntilToldToStop) {
  for (int64_t id = 1; id <= 5; ++id) insert(id, "n" + std::to_string(id));
  std::vector<std::string> seen;
  database_->read([&](Transaction& tx) {
    tx.for_each("SELECT id, name, data FROM things ORDER BY id", {}, [&](const RowView& view) {
      EXPECT_EQ(view.columns(), 3);
      EXPECT_TRUE(view.is_null(2));
      EXPECT_EQ(view.bytes(2), "");
      seen.emplace_back(view.text(1));
      // The same text again while it is being read.
      EXPECT_EQ(tx.integer("SELECT id FROM things WHERE id = $1", {view.integer(0)}),
                view.integer(0));
      if (view.integer(0) == 1) {
        EXPECT_EQ(tx.rows("SELECT id, name, data FROM things ORDER BY id").size(), 5u);
      }
      return seen.size() < 3;
    });
  });
  EXPECT_EQ(seen, (std::vector<std::string>{"n1", "n2", "n3"}));
}

TEST_P(Transactions, AnswerNothingAsNothing) {
  database_->read([](Transaction& tx) {
    EXPECT_TRUE(tx.rows("SELECT id FROM things").empty());
    EXPECT_FALSE(tx.row("SELECT id FROM things"));
    EXPECT_EQ(tx.integer("SELECT id FROM things"), 0);
    EXPECT_EQ(tx.integer("SELECT sum(id) FROM things"), 0);
  });
}

TEST_P(Transactions, APlaceholderMayStandTwiceAndInAnyOrder) {
  insert(1, "one");
  insert(2, "two");
  database_->read([](Transaction& tx) {
    EXPECT_EQ(tx.integer("SELECT count(*) FROM things WHERE id = $2 OR id = $2 + 1 OR name = $1",
                         {"two"s, int64_t(1)}),
              2);
    EXPECT_EQ(tx.integer("SELECT id FROM things WHERE $1 = name AND id > $2 AND name = $1",
                         {"two"s, int64_t(0)}),
              2);
  });
}

TEST_P(Transactions, AStatementTakesNullWhereItTookANumber) {
  insert(1, "one");
  ASSERT_TRUE(database_->write([](Transaction& tx) -> Result<void> {
    for (const Value& name : {Value(nullptr), Value("x"s), Value(nullptr), Value("y"s)}) {
      EXPECT_EQ(tx.execute("UPDATE things SET name = $1 WHERE id = $2", {name, int64_t(1)}), 1);
    }
    EXPECT_EQ(tx.execute("UPDATE things SET data = $1 WHERE id = $2", {nullptr, int64_t(1)}), 1);
    EXPECT_EQ(tx.execute("UPDATE things SET data = $1 WHERE id = $2", {Bytes{"b"}, int64_t(1)}), 1);
    EXPECT_EQ(tx.execute("UPDATE things SET data = $1 WHERE id = $2", {Bytes{"b"}, nullptr}), 0);
    return {};
  }));
}

TEST_P(Transactions, SayHowManyRowsTheyChanged) {
  insert(1, "one");
  insert(2, "two");
  ASSERT_TRUE(database_->write([](Transaction& tx) -> Result<void> {
    EXPECT_EQ(tx.execute("UPDATE things SET data = NULL"), 2);
    EXPECT_EQ(tx.execute("UPDATE things SET data = NULL WHERE id = 9"), 0);
    EXPECT_EQ(tx.execute("CREATE TABLE others (id BIGINT)"), 0);
    EXPECT_EQ(tx.integer("INSERT INTO things (id, name) VALUES ($1, $2) RETURNING id",
                         {int64_t(3), "three"s}),
              3);
    EXPECT_EQ(tx.execute("INSERT INTO things (id, name) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE "
                         "SET name = $2",
                         {int64_t(3), "drei"s}),
              1);
    EXPECT_EQ(tx.execute("DELETE FROM things"), 3);
    return {};
  }));
}

TEST_P(Transactions, ARefusalRollsBackAndIsTheAnswer) {
  const Result<int> answer = database_->write([](Transaction& tx) -> Result<int> {
    tx.execute("INSERT INTO things (id) VALUES (1)");
    return conflict("taken", "Choose another.");
  });
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, "taken");
  EXPECT_EQ(count(), 0);
}

TEST_P(Transactions, AnExceptionRollsBackAndArrivesAtTheCaller) {
  const auto broken = [](Transaction& tx) -> Result<int> {
    tx.execute("INSERT INTO things (id) VALUES (1)");
    throw std::out_of_range("mine");
  };
  EXPECT_THROW(static_cast<void>(database_->write(broken)), std::out_of_range);
  EXPECT_THROW(database_->read([](Transaction&) { throw std::out_of_range("mine"); }),
               std::out_of_range);
  EXPECT_EQ(count(), 0);
}

TEST_P(Transactions, EffectsRunOnTheCallersThreadAfterACommitAndNeverAfterARollback) {
  std::vector<std::string> effects;
  const std::thread::id caller = std::this_thread::get_id();
  ASSERT_TRUE(database_->write([&](Transaction& tx) -> Result<void> {
    tx.execute("INSERT INTO things (id) VALUES (1)");
    tx.after_commit([&] {
      EXPECT_EQ(std::this_thread::get_id(), caller);
      EXPECT_EQ(count(), 1);
      effects.emplace_back("first");
      insert(2, "from an effect");
    });
    tx.after_commit([&] { effects.emplace_back("second"); });
    EXPECT_TRUE(effects.empty());
    return {};
  }));
  EXPECT_EQ(effects, (std::vector<std::string>{"first", "second"}));
  const Result<void> refused = database_->write([&](Transaction& tx) -> Result<void> {
    tx.after_commit([&] { effects.emplace_back("never"); });
    return not_found("Gone.");
  });
  EXPECT_FALSE(refused);
  const auto broken = [&](Transaction& tx) -> Result<void> {
    tx.after_commit([&] { effects.emplace_back("never"); });
    throw std::out_of_range("mine");
  };
  EXPECT_THROW(static_cast<void>(database_->write(broken)), std::out_of_range);
  EXPECT_EQ(effects.size(), 2u);
}

TEST_P(Transactions, ATakenKeyIsAUniqueViolationAndEndsTheTransaction) {
  insert(1, "one");
  const auto same_id = [](Transaction& tx) -> Result<void> {
    tx.execute("INSERT INTO things (id) VALUES (1)");
    return {};
  };
  const auto same_name = [](Transaction& tx) -> Result<void> {
    tx.execute("INSERT INTO things (id, name) VALUES (2, 'one')");
    return {};
  };
  EXPECT_THROW(static_cast<void>(database_->write(same_id)), UniqueViolation);
  EXPECT_THROW(static_cast<void>(database_->write(same_name)), UniqueViolation);

  const Result<void> refused = database_->write([&](Transaction& tx) -> Result<void> {
    try {
      tx.execute("INSERT INTO things (id, name) VALUES (2, 'one')");
    } catch (const UniqueViolation&) {
      EXPECT_THROW(tx.integer("SELECT 1"), DatabaseFailure);
      return conflict("name_taken", "Choose another name.");
    }
    return {};
  });
  EXPECT_EQ(refused.error().code, "name_taken");

  const auto swallowed = [&](Transaction& tx) -> Result<void> {
    try {
      tx.execute("INSERT INTO things (id) VALUES (1)");
    } catch (const UniqueViolation&) {
    }
    return {};
  };
  EXPECT_THROW(static_cast<void>(database_->write(swallowed)), DatabaseFailure);
  EXPECT_EQ(count(), 1);
}

TEST_P(Transactions, AWrongStatementIsAFailureAndTheNextTransactionWorks) {
  const auto wrong = [](const char* sql) { return [sql](Transaction& tx) { tx.rows(sql); }; };
  for (const char* sql :
       {"SELEKT 1", "SELECT * FROM nowhere", "SELECT $1", "SELECT 1; SELECT 2", "SELECT nothing"}) {
    EXPECT_THROW(database_->read(wrong(sql)), DatabaseFailure) << sql;
    EXPECT_EQ(count(), 0);
  }
}

TEST_P(Transactions, TextThatHoldsNulOrIsNotUtf8IsNotBound) {
  for (const std::string& text : {"a\0b"s, "\xff"s, "\xed\xa0\x80"s}) {
    const auto bind = [&](Transaction& tx) {
      tx.rows("SELECT id FROM things WHERE name = $1", {text});
    };
    EXPECT_THROW(database_->read(bind), DatabaseFailure);
  }
}

TEST_P(Transactions, AReadCanNotWrite) {
  const auto writes = [](Transaction& tx) { tx.execute("INSERT INTO things (id) VALUES (1)"); };
  EXPECT_THROW(database_->read(writes), DatabaseFailure);
  EXPECT_EQ(count(), 0);
}

TEST_P(Transactions, AReadSeesOneMomentWhileOthersWrite) {
  insert(1, "one");
  database_->read([&](Transaction& tx) {
    EXPECT_EQ(tx.integer("SELECT count(*) FROM things"), 1);
    std::thread([&] { insert(2, "two"); }).join();
    EXPECT_EQ(tx.integer("SELECT count(*) FROM things"), 1);
  });
  EXPECT_EQ(count(), 2);
}

TEST_P(Transactions, AReadDoesNotWaitForAWriteInProgress) {
  const Result<void> written = database_->write([&](Transaction& tx) -> Result<void> {
    tx.execute("INSERT INTO things (id) VALUES (1)");
    std::thread([&] { EXPECT_EQ(count(), 0); }).join();
    return {};
  });
  ASSERT_TRUE(written);
  EXPECT_EQ(count(), 1);
}

TEST_P(Transactions, NoBodyStartsAnotherTransactionOfTheSameDatabase) {
  const auto write_in_write = [&](Transaction&) -> Result<void> {
    insert(1, "inner");
    return {};
  };
  EXPECT_THROW(static_cast<void>(database_->write(write_in_write)), std::logic_error);
  const auto read_in_read = [&](Transaction&) { count(); };
  EXPECT_THROW(database_->read(read_in_read), std::logic_error);
  EXPECT_EQ(count(), 0);
}

TEST_P(Transactions, TellTheirMomentAndMakeIdsThatRise) {
  ASSERT_TRUE(database_->write([&](Transaction& tx) -> Result<void> {
    EXPECT_EQ(tx.now(), clock_.now());
    clock_.advance_ms(5);
    EXPECT_EQ(tx.now(), clock_.now() - 5);
    const int64_t id = tx.new_id();
    EXPECT_GT(tx.new_id(), id);
    return {};
  }));
}

TEST_P(Transactions, MoreReadersThanConnectionsWaitForTheirTurn) {
  std::atomic<int> done = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 16; ++i) {
      threads.emplace_back([&] {
        for (int n = 0; n < 20; ++n) done += count() == 0 ? 1 : 0;
      });
    }
  }
  EXPECT_EQ(done, 320);
}

TEST_P(Transactions, MoreStatementsThanTheCacheHoldsStillWork) {
  database_->read([](Transaction& tx) {
    for (int round = 0; round < 2; ++round) {
      for (int64_t i = 0; i < 300; ++i) {
        EXPECT_EQ(tx.integer("SELECT count(*) + " + std::to_string(i) + " FROM things"), i);
      }
    }
  });
}

TEST_P(Transactions, ATableMayChangeUnderAPreparedStatement) {
  insert(1, "one");
  const auto read_all = [&] {
    return database_->read([](Transaction& tx) { return tx.rows("SELECT * FROM things").size(); });
  };
  EXPECT_EQ(read_all(), 1u);
  ASSERT_TRUE(database_->write([](Transaction& tx) -> Result<void> {
    tx.run_script("ALTER TABLE things ADD COLUMN more TEXT");
    return {};
  }));
  for (int i = 0; i < 8; ++i) EXPECT_EQ(read_all(), 1u);
}

TEST_P(Transactions, NoUpdateIsLostWhenManyCountInOneRow) {
  insert(1, "counter");
  constexpr int threads_count = 8;
  constexpr int rounds = 25;
  ASSERT_TRUE(database_->write([](Transaction& tx) -> Result<void> {
    tx.run_script(
        "CREATE TABLE counters (id BIGINT PRIMARY KEY, n BIGINT NOT NULL);"
        "INSERT INTO counters VALUES (1, 0)");
    return {};
  }));
  const auto count_up = [](Transaction& tx) -> Result<void> {
    const int64_t n = tx.integer("SELECT n FROM counters WHERE id = 1");
    tx.execute("UPDATE counters SET n = $1 WHERE id = 1", {n + 1});
    return {};
  };
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < threads_count; ++i) {
      threads.emplace_back([&] {
        for (int n = 0; n < rounds; ++n) EXPECT_TRUE(database_->write(count_up));
      });
    }
  }
  const int64_t total =
      database_->read([](Transaction& tx) { return tx.integer("SELECT n FROM counters"); });
  EXPECT_EQ(total, threads_count * rounds);
}

}  // namespace
}  // namespace tandem::db
