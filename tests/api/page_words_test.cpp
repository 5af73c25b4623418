#include "api/page_words.h"

#include <gtest/gtest.h>

#include "api/page_word_catalogues.h"

namespace tandem::api {
namespace {

TEST(PageWords, AreThereInEveryLanguage) {
  const std::vector<PageWord>& english = english_page_words();
  for (const auto* others :
       {&japanese_page_words(), &chinese_page_words(), &portuguese_page_words()}) {
    ASSERT_EQ(others->size(), english.size());
    for (size_t index = 0; index < english.size(); ++index) {
      EXPECT_EQ((*others)[index].key, english[index].key);
      EXPECT_FALSE((*others)[index].text.empty()) << english[index].key;
    }
  }
}

TEST(PageWords, ALanguageThatIsNoneIsEnglish) {
  EXPECT_EQ(page_word("xx", "consent.accept"), "Allow");
  EXPECT_EQ(page_word("ja", "consent.accept"), "許可する");
  EXPECT_EQ(page_word("en", "consent.nothing"), "");
  EXPECT_EQ(page_language("zh"), "zh-CN");
  EXPECT_EQ(page_language("xx"), "en");
}

}  // namespace
}  // namespace tandem::api
