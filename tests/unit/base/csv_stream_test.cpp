#include "base/csv_stream.h"

#include <gmock/gmock.h>

#include <random>

namespace tandem {
namespace {

using testing::ElementsAre;

/// The text in pieces of at most so many bytes.
CsvStream::Source in_pieces(std::string text, size_t bytes) {
  return [text = std::move(text), bytes, at = size_t(0)]() mutable {
    const std::string piece = text.substr(at, bytes);
    at += piece.size();
    return piece;
  };
}

std::vector<CsvRow> rows_of(const std::string& text, size_t bytes, CsvPlace from = {}) {
  CsvStream stream(in_pieces(text, bytes), ',', from);
  std::vector<CsvRow> rows;
  while (std::optional<CsvRow> row = stream.next()) rows.push_back(std::move(*row));
  return rows;
}

TEST(CsvStreams, ATableIsTheSameHoweverItsPiecesFall) {
  const std::string text = "\xEF\xBB\xBFname,said\r\n\"Silva, Ana\",\"a\r\nb\"\r\n\r\n\nBen,\"\"\n";
  for (const size_t bytes : {1, 2, 3, 7, 1'000}) {
    const auto rows = rows_of(text, bytes);
    ASSERT_EQ(rows.size(), 3U) << bytes;
    EXPECT_THAT(rows[0].cells, ElementsAre("name", "said"));
    EXPECT_THAT(rows[1].cells, ElementsAre("Silva, Ana", "a\nb"));
    EXPECT_THAT(rows[2].cells, ElementsAre("Ben", ""));
    EXPECT_EQ(rows[2].line, 6) << bytes;
  }
  EXPECT_TRUE(rows_of("", 5).empty());
  EXPECT_TRUE(rows_of("\r\n\n\r", 1).empty());
}

TEST(CsvStreams, AStreamGoesOnWhereAnotherStood) {
  const std::string text =
      "\xEF\xBB\xBF"
      "a\n\"b\nb\"\nc\nd\n";
  CsvStream first(in_pieces(text, 4), ',');
  first.next();
  first.next();
  const auto rows = rows_of(text, 3, first.place());
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_THAT(rows[0].cells, ElementsAre("c"));
  EXPECT_EQ(rows[0].line, 4);
}

TEST(CsvStreams, TextThatIsNoneIsAFaultOfItsRow) {
  const auto rows = rows_of(std::string("a,b\n\xFF,x\nc\0,d\ne,f\n", 17), 5);
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows[1].fault, "not_utf8");
  EXPECT_EQ(rows[2].fault, "nul");
  EXPECT_THAT(rows[3].cells, ElementsAre("e", "f"));
}

TEST(CsvStreams, ARowThatIsTooLongTakesNoOtherWithIt) {
  std::string text = "a,b\n";
  for (int cell = 0; cell < 150; ++cell) text += std::string(40'000, 'x') + ",";
  text += "end\nc,d\n";
  const auto rows = rows_of(text, 64 * 1024);
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[1].fault, "row_too_long");
  EXPECT_EQ(rows[1].line, 2);
  EXPECT_THAT(rows[2].cells, ElementsAre("c", "d"));
  EXPECT_EQ(rows[2].line, 3);
}

TEST(CsvStreams, AQuoteThatIsOpenedByMistakeTakesNoLineWithIt) {
  std::string text = "a\n\"oops\n";
  constexpr int more = 100'000;
  for (int row = 0; row < more; ++row) text += "row " + std::to_string(row) + "\n";
  const auto rows = rows_of(text, 64 * 1024);
  ASSERT_EQ(rows.size(), size_t(more) + 2);
  EXPECT_EQ(rows[1].fault, "open_quote");
  EXPECT_EQ(rows[2].cells.front(), "row 0");
  EXPECT_EQ(rows.back().line, more + 2);
}

TEST(CsvStreams, ManyEmptyLinesCostNoMemory) {
  size_t given = 0;
  size_t held = 0;
  CsvStream stream(
      [&]() -> std::string {
        given += 64 * 1024;
        if (given > (64 << 20)) return held++ == 0 ? "last\n" : "";
        return std::string(64 * 1024, '\n');
      },
      ',');
  const auto row = stream.next();
  ASSERT_TRUE(row);
  EXPECT_THAT(row->cells, ElementsAre("last"));
  EXPECT_EQ(row->line, (64 << 20) + 1);
}

/// A fixed seed, so that a failure comes again.
TEST(CsvStreams, AnyTextIsReadAsTheReaderReadsIt) {
  std::mt19937_64 random(20'261'123);
  for (int number = 0; number < 3'000; ++number) {
    std::string text;
    for (size_t length = random() % 80; length > 0; --length) text += "ab,\"\r\n é"[random() % 8];
    CsvReader reader(text, ',');
    std::vector<CsvRow> expected;
    while (std::optional<CsvRow> row = reader.next()) expected.push_back(std::move(*row));
    const auto rows = rows_of(text, 1 + random() % 9);
    ASSERT_EQ(rows.size(), expected.size()) << text;
    for (size_t at = 0; at < rows.size(); ++at) {
      EXPECT_EQ(rows[at].line, expected[at].line) << text;
      EXPECT_EQ(rows[at].cells, expected[at].cells) << text;
    }
  }
}

}  // namespace
}  // namespace tandem
