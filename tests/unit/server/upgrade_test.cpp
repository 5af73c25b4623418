#include "server/upgrade.h"
#include "db/migrate.h"

#include <gtest/gtest.h>

#include <filesystem>

namespace tandem::server {

namespace {

namespace fs = std::filesystem;

const db::Migration first_step{"0001_things", "CREATE TABLE things (id BIGINT PRIMARY KEY)"};
const db::Migration second_step{"0002_more", "CREATE TABLE more (id BIGINT PRIMARY KEY)"};
const db::Migration broken_step{"0002_more", "CREATE TABLE things (id BIGINT PRIMARY KEY)"};

class Upgrade : public testing::Test {
 protected:
  Upgrade() {
    std::string pattern = (fs::temp_directory_path() / "tandem-upgrade-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
    folder_ = pattern;
    start({first_step});
  }
  ~Upgrade() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  /// Answers what went wrong; empty when nothing did.
  std::string start(const std::vector<db::Migration>& steps) {
    const auto database = db::open_database({.url = file()}, clock_);
    try {
      const Result<void> done = upgrade(*database, file(), folder_ / "backups", steps);
      return done ? "" : done.error().message;
    } catch (const db::DatabaseFailure& failure) {
      return failure.what();
    }
  }
  void add_thing(int64_t id) {
    const auto database = db::open_database({.url = file()}, clock_);
    ASSERT_TRUE(database->write([&](db::Transaction& tx) -> Result<int64_t> {
      return tx.execute("INSERT INTO things (id) VALUES ($1)", {id});
    }));
  }
  int64_t things_in(const std::string& path) {
    const auto database = db::open_database({.url = path}, clock_);
    return database->read(
        [](db::Transaction& tx) { return tx.integer("SELECT COUNT(*) FROM things"); });
  }
  std::string file() const { return folder_ / "tandem.db"; }
  std::string copy() const { return folder_ / "backups/before-upgrade-of-0001_things.db"; }
  std::vector<std::string> backups() const {
    std::vector<std::string> found;
    if (!fs::exists(folder_ / "backups")) return found;
    for (const auto& entry : fs::directory_iterator(folder_ / "backups"))
      found.push_back(entry.path());
    return found;
  }

  const SystemClock clock_;
  fs::path folder_;
};

}  // namespace

TEST_F(Upgrade, ANewDatabaseIsNotCopied) { EXPECT_TRUE(backups().empty()); }

TEST_F(Upgrade, AStartThatFailsNamesTheCopyToGoBackToAndManyMakeOneCopyOnly) {
  add_thing(1);
  for (int attempt = 0; attempt < 3; ++attempt) {
    const std::string failure = start({first_step, broken_step});
    EXPECT_NE(failure.find("To go back, put " + copy()), std::string::npos) << failure;
  }
  EXPECT_EQ(backups(), std::vector<std::string>{copy()});
  EXPECT_EQ(things_in(copy()), 1);
}

TEST_F(Upgrade, TheCopyIsMadeAnewWhenPeopleHaveWorkedSince) {
  start({first_step, broken_step});
  add_thing(1);
  add_thing(2);
  start({first_step, broken_step});
  EXPECT_EQ(things_in(copy()), 2);
  EXPECT_EQ(start({first_step, second_step}), "");
  EXPECT_EQ(things_in(copy()), 2);
}

TEST_F(Upgrade, ADatabaseThatIsUpToDateIsNotCopied) {
  EXPECT_EQ(start({first_step}), "");
  EXPECT_TRUE(backups().empty());
}

}  // namespace tandem::server
