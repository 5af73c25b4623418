#include "base/csv_stream.h"

#include <algorithm>

#include "base/text.h"

namespace tandem {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// What is wrong with the text of cells that were read without a fault.
std::string_view fault_of_text(const CsvRow& row) {
  for (const std::string& cell : row.cells) {
    if (cell.find('\0') != std::string::npos) return "nul";
    if (!is_utf8(cell)) return "not_utf8";
  }
  return "";
}

}  // namespace

CsvStream::CsvStream(Source source, char separator, CsvPlace from)
    : source_(std::move(source)), separator_(separator), line_(from.line) {
  pass_over(from.offset);
  if (from.offset > 0) return;
  while (window_.size() < byte_order_mark.size() && add_piece()) {
  }
  if (window_.starts_with(byte_order_mark)) at_ = byte_order_mark.size();
}

std::optional<CsvRow> CsvStream::next() {
  std::optional<CsvRow> row = read_row();
  if (row && row->fault.empty()) row->fault = fault_of_text(*row);
  return row;
}

bool CsvStream::add_piece() {
  if (has_ended_) return false;
  const std::string piece = source_();
  has_ended_ = piece.empty();
  window_ += piece;
  return !has_ended_;
}

/// What was read before is neither kept nor looked at.
void CsvStream::pass_over(size_t bytes) {
  while (dropped_ < bytes) {
    if (window_.empty() && !add_piece()) return;
    const size_t passed = std::min(window_.size(), bytes - dropped_);
    window_.erase(0, passed);
    dropped_ += passed;
  }
}

void CsvStream::forget_read() {
  if (at_ < csv_row_bytes_max) return;
  window_.erase(0, at_);
  dropped_ += at_;
  at_ = 0;
}

/// So that a row begins where the window has room for it.
void CsvStream::skip_empty_lines() {
  while (true) {
    forget_read();
    if (window_.size() - at_ < 2) add_piece();
    if (at_ == window_.size()) return;
    const bool is_pair = std::string_view(window_).substr(at_, 2) == "\r\n";
    if (window_[at_] != '\n' && window_[at_] != '\r') return;
    at_ += is_pair ? 2 : 1;
    ++line_;
  }
}

void CsvStream::fill() {
  while (window_.size() - at_ < csv_row_bytes_max && add_piece()) {
  }
}

/// Of a row that is longer than the window: what is left of it is no row.
void CsvStream::skip_rest_of_line() {
  while (true) {
    const size_t end = window_.find('\n', at_);
    at_ = end == std::string::npos ? window_.size() : end + 1;
    if (end != std::string::npos) {
      ++line_;
      return;
    }
    dropped_ += at_;
    window_.clear();
    at_ = 0;
    if (!add_piece()) return;
  }
}

std::optional<CsvRow> CsvStream::read_row() {
  while (true) {
    skip_empty_lines();
    fill();
    CsvReader reader(window_, separator_, {at_, line_});
    std::optional<CsvRow> row = reader.next();
    const CsvPlace after = reader.place();
    // Where the window ends within a row, or right behind one, the reader can't tell which.
    const bool may_go_on = after.offset >= window_.size() && !has_ended_;
    if (!may_go_on || !row) {
      at_ = after.offset;
      line_ = after.line;
      if (row || !may_go_on) return row;
    } else if (window_.size() - at_ < 2 * csv_row_bytes_max) {
      add_piece();
    } else {
      at_ = window_.size();
      skip_rest_of_line();
      return CsvRow{.line = row->line, .cells = {}, .fault = "row_too_long"};
    }
  }
}

}  // namespace tandem
