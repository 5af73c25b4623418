#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "base/instant.h"
#include "db/database.h"

namespace tandem::db {

enum class Place { memory, file, postgres };

/// A suite of it runs on each kind of database, each test on an empty one with the table
/// `things (id BIGINT PRIMARY KEY, name TEXT UNIQUE, data BYTEA)`.
class OnEveryDatabase : public testing::TestWithParam<Place> {
 protected:
  OnEveryDatabase();
  ~OnEveryDatabase() override;

  /// Another connection to the same database; only for file and postgres.
  std::unique_ptr<Database> open_again(int node = 1);
  bool is_postgres() const { return GetParam() == Place::postgres; }
  /// A path in a folder that vanishes with the test.
  std::string file_in_folder(const std::string& name) const { return folder_ + "/" + name; }
  void insert(int64_t id, const std::string& name);
  int64_t count();

  StoppedClock clock_{{1'793'791'267'000}};
  std::string folder_;
  std::string url_;
  std::unique_ptr<Database> database_;
};

std::string name_of(const testing::TestParamInfo<Place>& info);

}  // namespace tandem::db
