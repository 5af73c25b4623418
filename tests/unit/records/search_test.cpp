#include "tests/unit/records/shop.h"

namespace tandem::records {
namespace {

TEST(Words, AreFoldedWithoutAccentsAndEachOnce) {
  EXPECT_EQ(words_of("Café CAFÉ cafe, Straße!"), "cafe strasse");
  EXPECT_EQ(words_of("Ana@Example.com"), "ana example com");
  EXPECT_EQ(words_of("don't A-12"), "don t a 12");
  EXPECT_EQ(words_of("ＡＢＣ１２"), "abc12");
  EXPECT_EQ(words_of(" .,; "), "");
}

TEST(Words, OfChineseAndJapaneseArePairsAndTheLastCharacter) {
  EXPECT_EQ(words_of("東京都"), "東京 京都 都");
  EXPECT_EQ(words_of("サーバー"), "サー ーバ バー ー");
  EXPECT_EQ(words_of("注文No.5です"), "注文 文 no 5 です す");
  EXPECT_EQ(words_of("ｻｰﾊﾞｰ"), words_of("サーバー"));
}

TEST(Words, OfNamesPartedBySpacesAloneAreJoinedToo) {
  EXPECT_EQ(words_of("田中 太郎"), "田中 中 中太 太郎 郎");
  EXPECT_EQ(words_of("王　伟"), "王 王伟 伟");
  EXPECT_EQ(words_of("田中, 太郎"), "田中 中 太郎 郎");
  EXPECT_EQ(words_of("田中\n太郎"), "田中 中 太郎 郎") << "lines are fields, and fields stay apart";
  EXPECT_EQ(words_of("田 x 太"), "田 x 太");
  EXPECT_TRUE(holds_words("李 小明", "李小明"));
  EXPECT_FALSE(holds_words("李 小明", "小明李"));
}

TEST(Words, HaveALimitInLengthAndNumber) {
  EXPECT_EQ(words_of(std::string(200, 'x')), std::string(64, 'x'));
  std::string many;
  for (int number = 0; number < 10'000; ++number) many += std::to_string(number) + " ";
  const std::string words = words_of(many);
  EXPECT_EQ(std::count(words.begin(), words.end(), ' '), search_words_per_record_max - 1);
}

class Search : public OnBothDatabases {
 protected:
  Shop shop{GetParam()};

  /// Whether a record with this note is found by this text.
  bool finds(std::string_view note, std::string_view text) {
    const Record order = shop.add(orders_module(), {{"note", Value(note)}});
    const std::vector<int64_t> found = shop.search(orders_module(), text);
    return std::find(found.begin(), found.end(), order.id.value) != found.end();
  }
};
TANDEM_ON_BOTH_DATABASES(Search);

TEST_P(Search, FindsWhatPeopleType) {
  struct Case {
    const char* note;
    const char* text;
    bool is_found;
  };
  const Case cases[] = {
      {"The parcel arrived late", "parcel late", true},
      {"The parcel arrived late", "late PARCEL", true},
      {"The parcel arrived late", "parcel lat", true},
      {"The parcel arrived late", "parc late", false},
      {"The parcel arrived late", "parcel early", false},
      {"ana.b@example.com wrote", "ana.b@example.com", true},
      {"ana.b@example.com wrote", "example", true},
      {"Café in Orléans", "cafe orleans", true},
      {"Cafe in Orleans", "café", true},
      {"Übergröße", "ubergrosse", true},
      {"東京都に住んでいます", "東京", true},
      {"東京都に住んでいます", "京都に", true},
      {"東京都に住んでいます", "都", true},
      {"東京都に住んでいます", "す", true},
      {"東京都に住んでいます", "大阪", false},
      {"我们的订单还没有到", "订单", true},
      {"我们的订单还没有到", "订单 没有", true},
      {"我们的订单还没有到", "到", true},
      {"担当は田中 太郎です", "田中太郎", true},
      {"担当は田中 太郎です", "太郎 田中", true},
      {"李 小明", "李小明", true},
      {"王 伟", "王伟", true},
      {"王 伟", "伟王", false},
      {"김 철수", "김철수", true},
      {"주문이 도착하지 않았습니다", "도착", true},
      {"サーバーが停止", "ｻｰﾊﾞｰ", true},
      {"org 4711 § words", "org", true},
      {"invoice INV-2026-0042", "inv-2026-0042", true},
      {"quotes ' \" and \\ signs", "' \" and \\ signs", true},
      {"AND OR NOT NEAR", "or not near", true},
      {"สวัสดีครับ", "สวัสดี", true},
  };
  for (const Case& one : cases)
    EXPECT_EQ(finds(one.note, one.text), one.is_found) << one.note << " / " << one.text;
  EXPECT_TRUE(shop.search(orders_module(), " -- ").empty());
  EXPECT_TRUE(shop.search(orders_module(), "org4711").empty());
  EXPECT_TRUE(shop.search(orders_module(), "§4711").size() == 1);
}

TEST_P(Search, GivesTheNewestFirst) {
  std::vector<int64_t> newest_first;
  for (int number = 0; number < 5; ++number) {
    const Record order = shop.add(orders_module(), {{"subject", "parcel"}});
    newest_first.insert(newest_first.begin(), order.id.value);
  }
  EXPECT_EQ(shop.search(orders_module(), "parcel"), newest_first);
  EXPECT_EQ(shop.search(orders_module(), "parcel", 2),
            std::vector<int64_t>(newest_first.begin(), newest_first.begin() + 2));
  EXPECT_EQ(shop.search(orders_module(), "parc", 2),
            std::vector<int64_t>(newest_first.begin(), newest_first.begin() + 2));
}

TEST_P(Search, FollowsWhatChangesAndKeepsModulesApart) {
  const Record order = shop.add(orders_module(), {{"subject", "parcel"}, {"body", "<b>bold</b>"}});
  shop.add(companies_module(), {{"name", "parcel service"}});
  EXPECT_EQ(shop.search(orders_module(), "parcel").size(), 1u);
  EXPECT_EQ(shop.search(orders_module(), "bold").size(), 1u);
  const Record changed = shop.update(order, {{"subject", "letter"}}).value();
  EXPECT_TRUE(shop.search(orders_module(), "parcel").empty());
  EXPECT_EQ(shop.search(orders_module(), "letter bold").size(), 1u);
  shop.update(changed, {{"subject", Value()}, {"body", Value()}}).value();
  EXPECT_TRUE(shop.search(orders_module(), "bold").empty());
}

}  // namespace
}  // namespace tandem::records
