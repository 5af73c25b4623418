#include "base/names.h"

#include <gtest/gtest.h>

namespace tandem {
namespace {

TEST(Names, ANameIsKeptTrimmedAndInOneLine) {
  const NameRule rule{.of = "the form", .chars_max = 5, .field = "title"};
  EXPECT_EQ(*checked_name("  Ärger ", rule), "Ärger");
  const Result<std::string> missing = checked_name(" \t", rule);
  EXPECT_EQ(missing.error().field, "title");
  EXPECT_EQ(missing.error().code, "required");
  EXPECT_EQ(missing.error().message, "Give the form a title.");
  const Result<std::string> long_name = checked_name("Sorrow", rule);
  EXPECT_EQ(long_name.error().code, "too_long");
  EXPECT_EQ(long_name.error().message, "Shorten the title to 5 characters.");
  EXPECT_EQ(checked_name("a\nb", rule).error().code, "control_character");
}

}  // namespace
}  // namespace tandem
