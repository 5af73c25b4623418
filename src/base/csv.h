#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Tables as text: RFC 4180, and what spreadsheets make of it. Quoted cells hold separators, quotes
// and line breaks; lines end with LF, CRLF or CR.

namespace tandem {

constexpr size_t csv_columns_max = 200;
constexpr size_t csv_cell_bytes_max = 400'000;

/// One row. `fault` says what is wrong with it, "" when nothing is: open_quote, text_after_quote,
/// too_many_columns, cell_too_long. Its cells are then what was read before. A cell that is too
/// long and goes over several lines counts as an open quote.
struct CsvRow {
  int64_t line = 0;  // the line of the file where it begins, from 1
  std::vector<std::string> cells = {};
  std::string fault = {};
};

/// Where a reader stands, to go on from there later.
struct CsvPlace {
  size_t offset = 0;
  int64_t line = 1;
};

/// Reads rows one after the other, so that no more than one is held. `text` must outlive it.
class CsvReader {
 public:
  CsvReader(std::string_view text, char separator, CsvPlace from = {});
  /// The next row that is not empty; nothing at the end. After a fault the next line goes on; after
  /// a quote that never ends, the line after the one where it was opened.
  std::optional<CsvRow> next();
  CsvPlace place() const { return at_; }

 private:
  CsvRow read_row();
  bool read_cell(CsvRow& row);
  bool read_quoted(std::string& cell);
  bool is_at_end() const { return at_.offset >= text_.size(); }
  bool is_at_line_end() const;
  void skip_line_end();
  void skip_line();

  std::string_view text_;
  char separator_;
  CsvPlace at_;
};

/// Appends cells as a row with CRLF; quotes where needed.
void append_csv_row(std::string& out, const std::vector<std::string>& cells, char separator = ',');

/// Text that a spreadsheet would take for a formula gets a ' in front: what begins with = + - @, in
/// either width, a tab or a carriage return, also behind blanks or a ', and is no plain number.
std::string harmless_cell(std::string text);
/// What harmless_cell was given: a ' before such a sign goes.
std::string_view without_harmless_mark(std::string_view cell);

}  // namespace tandem
