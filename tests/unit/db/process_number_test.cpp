#include "db/sqlite/process_number.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <optional>

namespace tandem::db {

TEST(ProcessNumber, EachThatIsOpenAtOnceHasANumberOfItsOwn) {
  std::string folder = (std::filesystem::temp_directory_path() / "tandem-number-XXXXXX").string();
  ASSERT_NE(::mkdtemp(folder.data()), nullptr);
  const std::string database = folder + "/tandem.db";
  std::optional<ProcessNumber> first(database);
  const ProcessNumber second(database);
  EXPECT_EQ(first->number(), 0);
  EXPECT_EQ(second.number(), 1);
  first.reset();
  EXPECT_EQ(ProcessNumber(database).number(), 0);
  std::filesystem::remove_all(folder);
}

}  // namespace tandem::db
