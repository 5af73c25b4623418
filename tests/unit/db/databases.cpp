#include "tests/unit/db/databases.h"

#include <stdlib.h>

#include <filesystem>

#include "tests/support/postgres_server.h"

namespace tandem::db {

OnEveryDatabase::OnEveryDatabase() {
  folder_ = (std::filesystem::temp_directory_path() / "tandem-db-test-XXXXXX").string();
  if (mkdtemp(folder_.data()) == nullptr) throw std::runtime_error("no temporary folder");
  switch (GetParam()) {
    case Place::memory: url_ = ":memory:"; break;
    case Place::file: url_ = folder_ + "/tandem.db"; break;
    case Place::postgres: url_ = test::new_postgres_database(); break;
  }
  database_ = open_database({.url = url_, .connections = 4, .node = 0}, clock_);
  const Result<void> made = database_->write([](Transaction& tx) -> Result<void> {
    tx.run_script(
        "CREATE TABLE things (id BIGINT PRIMARY KEY, name TEXT, data BYTEA, extra JSONB);"
        "CREATE UNIQUE INDEX things_name ON things (name)");
    return {};
  });
  if (!made) throw std::runtime_error(made.error().message);
}

OnEveryDatabase::~OnEveryDatabase() {
  database_.reset();
  std::filesystem::remove_all(folder_);
}

std::unique_ptr<Database> OnEveryDatabase::open_again(int node) {
  return open_database({.url = url_, .connections = 2, .node = node}, clock_);
}

void OnEveryDatabase::insert(int64_t id, const std::string& name) {
  const Result<void> done = database_->write([&](Transaction& tx) -> Result<void> {
    tx.execute("INSERT INTO things (id, name) VALUES ($1, $2)", {id, name});
    return {};
  });
  ASSERT_TRUE(done);
}

int64_t OnEveryDatabase::count() {
  return database_->read([](Transaction& tx) { return tx.integer("SELECT count(*) FROM things"); });
}

std::string name_of(const testing::TestParamInfo<Place>& info) {
  switch (info.param) {
    case Place::memory: return "memory";
    case Place::file: return "file";
    case Place::postgres: return "postgres";
  }
  return "";
}

}  // namespace tandem::db
