#include "access/currency.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace tandem::access {
namespace {

TEST(Currencies, AreThreeCapitalsInAlphabeticalOrder) {
  EXPECT_TRUE(std::is_sorted(currencies().begin(), currencies().end()));
  for (const std::string_view code : currencies()) {
    EXPECT_EQ(code.size(), 3U) << code;
    EXPECT_TRUE(std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; }))
        << code;
  }
}

}  // namespace
}  // namespace tandem::access
