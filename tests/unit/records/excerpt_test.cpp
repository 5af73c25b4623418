#include "records/search/excerpt.h"

#include <gtest/gtest.h>

#include <string>

// Manual, Search 1.6.

namespace tandem::records {
namespace {

/// With the matches in brackets.
std::string shown(std::string_view text, std::string_view query,
                  int64_t chars_max = excerpt_chars_max) {
  std::string line;
  for (const ExcerptPart& part : excerpt_of(text, query, chars_max)) {
    line += part.is_match ? "[" + part.text + "]" : part.text;
  }
  return line;
}

TEST(Excerpts, MarkTheWordsAsSearchFindsThem) {
  EXPECT_EQ(shown("The router blinks", "router"), "The [router] blinks");
  EXPECT_EQ(shown("Router, ROUTER and routers", "router"), "[Router], [ROUTER] and [router]s");
  EXPECT_EQ(shown("Café on Straße 5", "cafe strasse"), "[Café] on [Straße] 5");
  EXPECT_EQ(shown("Cafe\u0301 open", "café"), "[Cafe\u0301] open");
  EXPECT_EQ(shown("ＲＯＵＴＥＲ 12", "router 1"), "[ＲＯＵＴＥＲ] [1]2");
  EXPECT_EQ(shown("ana@example.com", "example"), "ana@[example].com");
}

TEST(Excerpts, OnlyTheLastWordMayGoOn) {
  EXPECT_EQ(shown("routers and printers", "router print"), "routers and [print]ers");
}

TEST(Excerpts, MarkChineseJapaneseAndThai) {
  EXPECT_EQ(shown("注文した東京都のルーター", "東京都"), "注文した[東京都]のルーター");
  EXPECT_EQ(shown("ﾙｰﾀｰが壊れた", "ルーター"), "[ﾙｰﾀｰ]が壊れた");
  EXPECT_EQ(shown("田中 太郎様", "田中太郎"), "[田中 太郎]様");
  EXPECT_EQ(shown("我的路由器", "路"), "我的[路]由器");
  EXPECT_EQ(shown("สวัสดีครับ", "ครับ"), "สวัสดี[ครับ]");
}

TEST(Excerpts, AreEmptyWhereNoWordStands) {
  EXPECT_EQ(shown("The router blinks", "printer"), "");
  EXPECT_EQ(shown("", "printer"), "");
  EXPECT_EQ(shown("The router", ""), "");
  EXPECT_EQ(shown("The router", " .,; "), "");
}

TEST(Excerpts, AreOneLineAroundTheFirstMatch) {
  const std::string before = "one two three four five six seven eight nine ten eleven twelve ";
  EXPECT_EQ(shown(before + "router\n\n  and\tso on " + before, "router", 60),
            "…eleven twelve [router] and so on one two three four five six s…");
  EXPECT_EQ(shown("router " + before, "router", 12), "[router] one t…");
  EXPECT_EQ(shown(before + "router", "router"), before + "[router]") << "whole where there is room";
}

TEST(Excerpts, CutNoLetterAndLookThroughNoMoreThanTheirLimit) {
  EXPECT_EQ(shown("ééé ééé router ééééé", "router", 8), "…[router] é…");
  const std::string far(size_t(excerpt_text_chars_max), 'x');
  EXPECT_EQ(shown(far + " router", "router"), "");
  EXPECT_EQ(shown(std::string(200, 'x'), "x"), "[x]" + std::string(159, 'x') + "…");
}

}  // namespace
}  // namespace tandem::records
