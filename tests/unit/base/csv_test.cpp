#include "base/csv.h"

#include <gmock/gmock.h>

namespace tandem {
namespace {

using testing::ElementsAre;

std::vector<CsvRow> rows_of(std::string_view text, char separator = ',') {
  CsvReader reader(text, separator);
  std::vector<CsvRow> rows;
  while (std::optional<CsvRow> row = reader.next()) rows.push_back(std::move(*row));
  return rows;
}

TEST(Csv, QuotedCellsHoldSeparatorsQuotesAndLineBreaks) {
  const auto rows =
      rows_of("name,said\r\n\"Silva, Ana\",\"He said \"\"no\"\"\r\nand left\"\nBen,\n");
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_THAT(rows[1].cells, ElementsAre("Silva, Ana", "He said \"no\"\nand left"));
  EXPECT_EQ(rows[1].line, 2);
  EXPECT_THAT(rows[2].cells, ElementsAre("Ben", ""));
  EXPECT_EQ(rows[2].line, 4) << "the line break in quotes is a line of the file";
}

TEST(Csv, LinesEndWithLfCrlfOrCrAndEmptyOnesAreLeftOut) {
  const auto rows = rows_of("a\rb\r\n\r\n\nc");
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[1].line, 2);
  EXPECT_EQ(rows[2].line, 5);
  EXPECT_THAT(rows_of("a;b", ';')[0].cells, ElementsAre("a", "b"));
  EXPECT_THAT(rows_of(""), ElementsAre());
}

TEST(Csv, AFaultNamesItsLineAndTheNextLineGoesOn) {
  const auto rows = rows_of("a,b\n\"x\"y,z\n\"never ends,1\nc,d\n");
  ASSERT_EQ(rows.size(), 4u);
  EXPECT_EQ(rows[1].fault, "text_after_quote");
  EXPECT_EQ(rows[1].line, 2);
  EXPECT_EQ(rows[2].fault, "open_quote");
  EXPECT_EQ(rows[2].line, 3);
  EXPECT_THAT(rows[3].cells, ElementsAre("c", "d"));
  EXPECT_EQ(rows_of(std::string(csv_columns_max, ','))[0].fault, "too_many_columns");
  EXPECT_EQ(rows_of(std::string(csv_cell_bytes_max + 1, 'x'))[0].fault, "cell_too_long");
}

TEST(Csv, AReaderGoesOnWhereAnotherStood) {
  const std::string text = "a\n\"b\nb\"\nc\n";
  CsvReader first(text, ',');
  first.next();
  first.next();
  CsvReader second(text, ',', first.place());
  const auto row = second.next();
  ASSERT_TRUE(row);
  EXPECT_THAT(row->cells, ElementsAre("c"));
  EXPECT_EQ(row->line, 4);
}

TEST(Csv, WhatIsWrittenIsReadAgain) {
  const std::vector<std::string> cells{"plain", "a,b", "say \"hi\"", "two\nlines", " edge ", ""};
  std::string text;
  append_csv_row(text, cells);
  EXPECT_EQ(rows_of(text)[0].cells, cells);
}

TEST(Csv, NoCellIsAFormula) {
  EXPECT_EQ(harmless_cell("=HYPERLINK(\"http://x\")"), "'=HYPERLINK(\"http://x\")");
  EXPECT_EQ(harmless_cell("@SUM(A1)"), "'@SUM(A1)");
  EXPECT_EQ(harmless_cell("+49 30 1234"), "'+49 30 1234");
  EXPECT_EQ(harmless_cell("-1+cmd|' /C calc'!A0"), "'-1+cmd|' /C calc'!A0");
  EXPECT_EQ(harmless_cell("\t=1"), "'\t=1");
  EXPECT_EQ(harmless_cell("-12.5"), "-12.5");
  EXPECT_EQ(harmless_cell("plain"), "plain");
  EXPECT_EQ(without_harmless_mark("'+49 30"), "+49 30");
  EXPECT_EQ(without_harmless_mark("'tis"), "'tis");
}

}  // namespace
}  // namespace tandem
