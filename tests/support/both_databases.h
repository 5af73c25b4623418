#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>

#include "db/migrate.h"
#include "tests/support/postgres_server.h"

namespace tandem::test {

/// A new database with all tables of the program. `clock` must outlive it.
inline std::unique_ptr<db::Database> new_database(db::Kind kind, const Clock& clock) {
  const std::string url =
      kind == db::Kind::sqlite ? std::string(":memory:") : new_postgres_database();
  auto database = db::open_database({.url = url}, clock);
  const auto migrated = db::migrate(*database, db::embedded_migrations());
  if (!migrated) throw std::runtime_error(migrated.error().message);
  return database;
}

/// Base of suites that run on both databases; instantiate with TANDEM_ON_BOTH_DATABASES(Suite).
class OnBothDatabases : public ::testing::TestWithParam<db::Kind> {
 public:
  static std::string name_of(const ::testing::TestParamInfo<db::Kind>& info) {
    return info.param == db::Kind::sqlite ? "SQLite" : "PostgreSQL";
  }
};

#define TANDEM_ON_BOTH_DATABASES(Suite)                                                         \
  INSTANTIATE_TEST_SUITE_P(                                                                     \
      Both, Suite, ::testing::Values(::tandem::db::Kind::sqlite, ::tandem::db::Kind::postgres), \
      ::tandem::test::OnBothDatabases::name_of)

}  // namespace tandem::test
