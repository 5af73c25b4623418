#include <latch>
#include <thread>

#include "db/postgres/node_lease.h"
#include "tests/support/postgres_server.h"
#include "tests/unit/db/databases.h"

namespace tandem::db {
namespace {

class Postgres : public OnEveryDatabase {};
INSTANTIATE_TEST_SUITE_P(On, Postgres, testing::Values(Place::postgres), name_of);

TEST_P(Postgres, ABodyThatLostRunsAgainOnFreshValues) {
  insert(1, "before");
  int runs = 0;
  const Result<std::string> seen = database_->write([&](Transaction& tx) -> Result<std::string> {
    ++runs;
    const std::string name = tx.row("SELECT name FROM things WHERE id = 1")->text(0);
    if (runs == 1) {
      std::thread([&] {
        const auto faster = [](Transaction& other) -> Result<void> {
          other.execute("UPDATE things SET name = 'faster' WHERE id = 1");
          return {};
        };
        EXPECT_TRUE(database_->write(faster));
      }).join();
    }
    tx.execute("UPDATE things SET name = $1 WHERE id = 1", {name + "!"});
    return name;
  });
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(*seen, "faster");
}

TEST_P(Postgres, TheLastOfThreeAttemptsRunsAlone) {
  insert(1, "before");
  std::atomic<int> runs = 0;
  std::vector<std::jthread> rivals;
  int effects = 0;
  const auto rival = [&] {
    const auto body = [](Transaction& other) -> Result<void> {
      other.execute("UPDATE things SET data = NULL WHERE id = 1");
      return {};
    };
    EXPECT_TRUE(database_->write(body));
  };
  const Result<void> done = database_->write([&](Transaction& tx) -> Result<void> {
    ++runs;
    tx.after_commit([&] { ++effects; });
    tx.row("SELECT name FROM things WHERE id = 1");
    // From the third run on the rival has to wait for us, so we do not wait for it.
    rivals.emplace_back(rival);
    if (runs < 3) rivals.back().join();
    tx.execute("UPDATE things SET name = 'mine' WHERE id = 1");
    return {};
  });
  EXPECT_TRUE(done);
  EXPECT_EQ(runs, 3);
  EXPECT_EQ(effects, 1);
}

TEST_P(Postgres, ABodyThatAsksToRunAloneSeesWhatOthersWroteAndKeepsThemOut) {
  insert(1, "in use");
  std::vector<std::jthread> rivals;
  int runs = 0;
  const Result<std::string> seen = database_->write([&](Transaction& tx) -> Result<std::string> {
    ++runs;
    const std::string before = tx.row("SELECT name FROM things WHERE id = 1")->text(0);
    const auto rival = [&] {
      const auto body = [](Transaction& other) -> Result<void> {
        other.execute("UPDATE things SET name = name || '!' WHERE id = 1");
        return {};
      };
      EXPECT_TRUE(database_->write(body));
    };
    rivals.emplace_back(rival);
    if (runs == 1) rivals.back().join();  // once alone, the rival waits for us
    tx.run_alone();
    const std::string now = tx.row("SELECT name FROM things WHERE id = 1")->text(0);
    EXPECT_EQ(now, before);
    return now;
  });
  rivals.clear();
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(*seen, "in use!");
  const std::string after = database_->read(
      [](Transaction& tx) { return tx.row("SELECT name FROM things WHERE id = 1")->text(0); });
  EXPECT_EQ(after, "in use!!");
}

TEST_P(Postgres, ADeadlockIsResolvedByRunningOneAgain) {
  insert(1, "one");
  insert(2, "two");
  std::latch both(2);
  const auto update_two = [&](int64_t first, int64_t second) {
    int runs = 0;
    const Result<void> done = database_->write([&](Transaction& tx) -> Result<void> {
      ++runs;
      tx.execute("UPDATE things SET data = NULL WHERE id = $1", {first});
      if (runs == 1) both.arrive_and_wait();
      tx.execute("UPDATE things SET data = NULL WHERE id = $1", {second});
      return {};
    });
    EXPECT_TRUE(done);
    return runs;
  };
  int other_runs = 0;
  std::thread other([&] { other_runs = update_two(2, 1); });
  const int runs = update_two(1, 2);
  other.join();
  EXPECT_GE(runs + other_runs, 3);
}

TEST_P(Postgres, CutConnectionsAreOpenedAgain) {
  insert(1, "one");
  test::cut_postgres_connections(url_);
  // The cut is noticed before anything was done, so nobody needs to see it.
  insert(2, "two");
  EXPECT_EQ(count(), 2);
  const auto cut_inside = [&](Transaction& tx) -> Result<void> {
    tx.execute("INSERT INTO things (id) VALUES (3)");
    test::cut_postgres_connections(url_);
    tx.execute("INSERT INTO things (id) VALUES (4)");
    return {};
  };
  EXPECT_THROW(static_cast<void>(database_->write(cut_inside)), DatabaseFailure);
  EXPECT_EQ(count(), 2);
  insert(5, "five");
}

TEST_P(Postgres, EachProcessTakesItsOwnNodeNumber) {
  const NodeLease first(url_);
  {
    const NodeLease second(url_);
    EXPECT_NE(first.number(), second.number());
    first.check_held();
    second.check_held();
  }
  // A number that was just given back is the last to be taken again.
  const NodeLease third(url_);
  EXPECT_EQ(third.number(), 2);
}

TEST_P(Postgres, RefusesToCopyItselfAndNamesTheTool) {
  const Result<void> refused = database_->back_up_to(file_in_folder("x"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, RefusalKind::invalid);
  EXPECT_NE(refused.error().message.find("pg_dump"), std::string::npos);
}

}  // namespace
}  // namespace tandem::db
