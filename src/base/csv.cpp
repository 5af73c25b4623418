#include "base/csv.h"

#include <algorithm>

namespace tandem {

namespace {

// The signs, their full-width forms, and what a spreadsheet passes over before them: spaces,
// U+00A0, U+200B, U+3000, U+FEFF. The mark itself is among the latter, so that a cell that begins
// with one gets another, and reading takes away what writing put there.
constexpr std::string_view signs_of_formulas[] = {"=",  "+",      "-",      "@",      "\t",
                                                  "\r", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};
constexpr std::string_view passed_over[] = {"'", " ", "\u00A0", "\u200B", "\u3000", "\uFEFF"};

bool begins_formula(std::string_view text) {
  const auto begins = [&](std::string_view sign) { return text.starts_with(sign); };
  while (true) {
    const auto* const veil = std::ranges::find_if(passed_over, begins);
    if (veil == std::end(passed_over)) break;
    text.remove_prefix(veil->size());
  }
  return std::ranges::any_of(signs_of_formulas, begins);
}

/// "-12" and "+3.5" calculate nothing.
bool is_plain_number(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  const bool has_digit =
      std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  return has_digit && text.find_first_not_of("0123456789.,") == std::string_view::npos;
}

}  // namespace

CsvReader::CsvReader(std::string_view text, char separator, CsvPlace from)
    : text_(text), separator_(separator), at_(from) {}

std::optional<CsvRow> CsvReader::next() {
  while (!is_at_end()) {
    CsvRow row = read_row();
    const bool is_empty = row.fault.empty() && row.cells.size() == 1 && row.cells.front().empty();
    if (!is_empty) return row;
  }
  return std::nullopt;
}

CsvRow CsvReader::read_row() {
  const CsvPlace begin = at_;
  CsvRow row{.line = at_.line};
  while (read_cell(row)) {
  }
  // A quote that was opened by mistake does not take the next lines with it.
  const bool spans_lines = row.fault == "cell_too_long" && at_.line > begin.line;
  if (spans_lines) row.fault = "open_quote";
  if (row.fault == "open_quote") at_ = begin;
  if (!row.fault.empty()) skip_line();
  return row;
}

/// False at the end of the row, or with a fault.
bool CsvReader::read_cell(CsvRow& row) {
  if (row.cells.size() == csv_columns_max) {
    row.fault = "too_many_columns";
    return false;
  }
  std::string cell;
  const bool is_quoted = !is_at_end() && text_[at_.offset] == '"';
  if (is_quoted && !read_quoted(cell)) {
    row.fault = cell.size() > csv_cell_bytes_max ? "cell_too_long" : "open_quote";
    return false;
  }
  const size_t begin = at_.offset;
  while (!is_at_end() && text_[at_.offset] != separator_ && !is_at_line_end()) ++at_.offset;
  const std::string_view rest = text_.substr(begin, at_.offset - begin);
  const bool is_blank = rest.find_first_not_of(" \t") == std::string_view::npos;
  if (is_quoted && !is_blank) row.fault = "text_after_quote";
  if (!is_quoted) cell.assign(rest);
  if (cell.size() > csv_cell_bytes_max) row.fault = "cell_too_long";
  if (!row.fault.empty()) return false;
  row.cells.push_back(std::move(cell));
  if (!is_at_end() && text_[at_.offset] == separator_) {
    ++at_.offset;
    return true;
  }
  skip_line_end();
  return false;
}

/// Stands behind the closing quote afterwards; false when there is none.
bool CsvReader::read_quoted(std::string& cell) {
  ++at_.offset;
  while (!is_at_end() && cell.size() <= csv_cell_bytes_max) {
    const char c = text_[at_.offset];
    if (c == '"' && at_.offset + 1 < text_.size() && text_[at_.offset + 1] == '"') {
      cell += '"';
      at_.offset += 2;
    } else if (c == '"') {
      ++at_.offset;
      return true;
    } else if (is_at_line_end()) {
      skip_line_end();
      cell += '\n';
    } else {
      cell += c;
      ++at_.offset;
    }
  }
  return false;
}

bool CsvReader::is_at_line_end() const {
  return text_[at_.offset] == '\n' || text_[at_.offset] == '\r';
}

void CsvReader::skip_line_end() {
  if (is_at_end()) return;
  const bool is_pair =
      text_[at_.offset] == '\r' && at_.offset + 1 < text_.size() && text_[at_.offset + 1] == '\n';
  at_.offset += is_pair ? 2 : 1;
  ++at_.line;
}

void CsvReader::skip_line() {
  while (!is_at_end() && !is_at_line_end()) ++at_.offset;
  skip_line_end();
}

void append_csv_row(std::string& out, const std::vector<std::string>& cells, char separator) {
  for (size_t index = 0; index < cells.size(); ++index) {
    if (index > 0) out += separator;
    const std::string& cell = cells[index];
    const bool needs_quotes = cell.find_first_of("\"\r\n") != std::string::npos ||
                              cell.find(separator) != std::string::npos || cell.starts_with(' ') ||
                              cell.ends_with(' ');
    if (!needs_quotes) {
      out += cell;
      continue;
    }
    out += '"';
    for (const char c : cell) out.append(c == '"' ? 2 : 1, c);
    out += '"';
  }
  out += "\r\n";
}

std::string harmless_cell(std::string text) {
  if (begins_formula(text) && !is_plain_number(text)) text.insert(text.begin(), '\'');
  return text;
}

std::string_view without_harmless_mark(std::string_view cell) {
  const bool is_marked = cell.starts_with('\'') && begins_formula(cell.substr(1));
  return is_marked ? cell.substr(1) : cell;
}

}  // namespace tandem
