#include "db/migrate.h"

#include <thread>

#include "tests/unit/db/databases.h"

namespace tandem::db {
namespace {

class Migrations : public OnEveryDatabase {};
INSTANTIATE_TEST_SUITE_P(On, Migrations,
                         testing::Values(Place::memory, Place::file, Place::postgres), name_of);

const Migration cats{
    "0001_cats",
    "CREATE TABLE cats (name TEXT PRIMARY KEY); -- a 'comment'\nINSERT INTO cats VALUES ('b')"};
const Migration dogs{
    "0002_dogs",
    "ALTER TABLE cats ADD COLUMN dogs BIGINT; INSERT INTO cats (name) VALUES ('B'), ('a')"};
const Migration broken{"0003_broken", "CREATE TABLE birds (id BIGINT); SELECT * FROM nowhere"};

TEST_P(Migrations, RunOnceInOrder) {
  EXPECT_EQ(*migrate(*database_, {cats}), 1);
  EXPECT_EQ(*migrate(*database_, {cats, dogs}), 1);
  EXPECT_EQ(*migrate(*database_, {cats, dogs}), 0);
  const std::vector<Row> names = database_->read(
      [](Transaction& tx) { return tx.rows("SELECT name FROM cats ORDER BY name"); });
  ASSERT_EQ(names.size(), 3u);
  EXPECT_EQ(names[0].text(0), "B");  // both databases order by bytes
  EXPECT_EQ(names[1].text(0), "a");
}

TEST_P(Migrations, TellTheCallerBeforeTheyChangeADatabaseInUse) {
  int told = 0;
  const auto tell = [&] { ++told; };
  EXPECT_TRUE(migrate(*database_, {cats}, tell));
  EXPECT_EQ(told, 0);
  EXPECT_TRUE(migrate(*database_, {cats}, tell));
  EXPECT_EQ(told, 0);
  EXPECT_TRUE(migrate(*database_, {cats, dogs}, tell));
  EXPECT_EQ(told, 1);
}

TEST_P(Migrations, ABrokenStepLeavesNothingBehind) {
  EXPECT_THROW(static_cast<void>(migrate(*database_, {cats, broken})), DatabaseFailure);
  EXPECT_EQ(*migrate(*database_, {cats, dogs}), 1);
  const auto read_birds = [](Transaction& tx) { tx.rows("SELECT * FROM birds"); };
  EXPECT_THROW(database_->read(read_birds), DatabaseFailure);
}

TEST_P(Migrations, ANewerDatabaseIsRefused) {
  EXPECT_TRUE(migrate(*database_, {cats, dogs}));
  const Result<int> refused = migrate(*database_, {cats});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, RefusalKind::conflict);
  EXPECT_NE(refused.error().message.find("0002_dogs"), std::string::npos);
}

TEST_P(Migrations, TwoNodesThatStartTogetherRunEachStepOnce) {
  if (GetParam() == Place::memory) return;
  const std::unique_ptr<Database> other = open_again();
  std::atomic<int> steps = 0;
  {
    const std::jthread first([&] { steps += migrate(*database_, {cats, dogs}).value_or(-9); });
    const std::jthread second([&] { steps += migrate(*other, {cats, dogs}).value_or(-9); });
  }
  EXPECT_EQ(steps, 2);
}

TEST(SchemaSql, GetsAByteOrderOnPostgres) {
  EXPECT_EQ(schema_sql_for(Kind::sqlite, "a TEXT"), "a TEXT");
  EXPECT_EQ(schema_sql_for(Kind::postgres, "a TEXT, b TEXT NOT NULL"),
            "a TEXT COLLATE \"C\", b TEXT COLLATE \"C\" NOT NULL");
  for (const char* same :
       {"'TEXT'", "\"TEXT\"", "-- TEXT\n", "/* TEXT */", "CAST(a AS TEXT)", "MY_TEXT", "TEXTS",
        "text", "'it''s TEXT'", "'open TEXT", "/* open TEXT"}) {
    EXPECT_EQ(schema_sql_for(Kind::postgres, same), same);
  }
}

}  // namespace
}  // namespace tandem::db
