#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/csv.h"

namespace tandem {

/// The longest row of a table that is read piece by piece, with its quotes and separators.
constexpr size_t csv_row_bytes_max = 2 * 1024 * 1024;

/// Reads rows of a table that comes piece by piece, as CsvReader does, and holds no more of it than
/// two of the longest rows. A byte order mark at the beginning is left out. Beside the faults of
/// CsvReader a row may have row_too_long, not_utf8 and nul (a byte 0).
class CsvStream {
 public:
  /// The next bytes, at least one; "" at the end.
  using Source = std::function<std::string()>;
  /// `source` begins at the beginning of the table, whatever `from` says.
  CsvStream(Source source, char separator, CsvPlace from = {});
  /// The next row that is not empty; nothing at the end.
  std::optional<CsvRow> next();
  /// In the whole table.
  CsvPlace place() const { return {dropped_ + at_, line_}; }

 private:
  bool add_piece();
  void pass_over(size_t bytes);
  void forget_read();
  void skip_empty_lines();
  void fill();
  void skip_rest_of_line();
  std::optional<CsvRow> read_row();

  Source source_;
  char separator_;
  std::string window_;
  size_t at_ = 0;       // in the window
  size_t dropped_ = 0;  // of the table, before the window
  int64_t line_ = 1;
  bool has_ended_ = false;
};

}  // namespace tandem
