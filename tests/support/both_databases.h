#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>

#include "db/database.h"
#include "tests/support/postgres_server.h"

namespace tandem::test {

using Prepare = std::function<void(db::Database&)>;

/// SQLite, or PostgreSQL when TANDEM_TEST_DATABASE is "postgres".
db::Kind database_of_run();

/// A database with all tables of the program and no rows, on PostgreSQL one that may have served
/// other tests. `prepare` adds what all tests that give the same `name` begin with, such as the
/// tables of their modules; on SQLite it runs once, and its result is copied. `clock` must outlive
/// the database.
std::unique_ptr<db::Database> new_database(
    db::Kind kind, const Clock& clock, const std::string& name = "none",
    const Prepare& prepare = [](db::Database&) {});

/// The SQLite file that those begin as, closed: for programs that open a copy themselves.
const std::string& first_sqlite_file(const std::string& name, const Clock& clock,
                                     const Prepare& prepare);

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
