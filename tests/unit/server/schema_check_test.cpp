#include "server/schema_check.h"
#include "db/migrate.h"

#include <filesystem>
#include <fstream>

#include "server/program.h"
#include "tests/support/both_databases.h"

namespace tandem::server {

namespace {

class SchemaCheck : public test::OnBothDatabases {
 protected:
  SchemaCheck() : database_(test::new_database(GetParam(), clock_)) {
    add_all_applications(applications_);
    for (const records::Catalogue& catalogue : applications_.all()) {
      const Result<void> synced = records::sync_tables(*database_, catalogue);
      if (!synced) throw std::runtime_error(synced.error().message);
    }
  }
  std::string verdict(const std::vector<db::Migration>& migrations) {
    const Result<void> checked = require_own_schema(*database_, migrations, applications_);
    return checked ? "" : checked.error().code;
  }
  void run(const std::string& sql) {
    const Result<void> done = database_->write([&](db::Transaction& tx) -> Result<void> {
      tx.run_script(sql);
      return {};
    });
    ASSERT_TRUE(done);
  }

  StoppedClock clock_{Instant{1'772'442'000'000}};
  access::Applications applications_;
  std::unique_ptr<db::Database> database_;
};
TANDEM_ON_BOTH_DATABASES(SchemaCheck);

TEST_P(SchemaCheck, ADatabaseOfThisProgramIsTaken) {
  EXPECT_EQ(verdict(db::embedded_migrations()), "");
}

TEST_P(SchemaCheck, ADatabaseThatLacksAChangeIsRefusedAndStaysAsItIs) {
  std::vector<db::Migration> newer = db::embedded_migrations();
  newer.push_back({"9999_more", "CREATE TABLE more (id BIGINT)"});
  EXPECT_EQ(verdict(newer), "database_is_older");
  EXPECT_EQ(verdict(db::embedded_migrations()), "");
}

TEST_P(SchemaCheck, ADatabaseOfANewerProgramIsRefused) {
  std::vector<db::Migration> older = db::embedded_migrations();
  older.pop_back();
  EXPECT_EQ(verdict(older), "database_is_newer");
}

TEST_P(SchemaCheck, AMissingColumnOfAModuleIsRefused) {
  run("ALTER TABLE departments DROP COLUMN description");
  EXPECT_EQ(verdict(db::embedded_migrations()), "database_is_older");
}

TEST_P(SchemaCheck, AnEmptyDatabaseIsRefused) {
  run("DROP TABLE schema_migrations");
  EXPECT_EQ(verdict(db::embedded_migrations()), "database_is_older");
}

TEST(OpenAsItIs, RefusesAFolderWithoutADatabaseAndMakesNone) {
  char pattern[] = "/tmp/tandem-nothing-XXXXXX";
  Config config;
  config.data_folder = mkdtemp(pattern);
  const SystemClock clock;
  const auto opened = Program::open_as_it_is(config, clock);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, RefusalKind::not_found);
  EXPECT_TRUE(std::filesystem::is_empty(config.data_folder));
  std::filesystem::remove_all(config.data_folder);
}

}  // namespace

}  // namespace tandem::server
