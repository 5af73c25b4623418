#include "mail/quote.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "base/text.h"
#include "mail/quote_lines.h"

namespace tandem::mail {
namespace {

constexpr size_t split_lines_max = 20'000;

struct TextLines {
  std::vector<std::string> lines;
  std::vector<size_t> offsets;
};

// Beyond split_lines_max no announcement is looked for.
TextLines lines_of(std::string_view text) {
  TextLines found;
  for (size_t start = 0; start < text.size() && found.lines.size() < split_lines_max;) {
    const size_t end = std::min(text.find('\n', start), text.size());
    std::string_view line = text.substr(start, end - start);
    if (line.ends_with('\r')) line.remove_suffix(1);
    found.lines.emplace_back(line);
    found.offsets.push_back(start);
    start = end + 1;
  }
  return found;
}

bool is_blank(std::string_view line) { return trim(line).empty(); }

// Whether from `line` on there is nothing but marked lines, blank ones and perhaps a signature
// below them.
bool is_all_marked(const std::vector<std::string>& lines, size_t line) {
  size_t end = find_signature(lines, lines.size());
  if (end <= line) end = lines.size();
  bool any_marked = false;
  for (size_t i = line; i < end; ++i) {
    if (is_marked_line(lines[i])) any_marked = true;
    if (!is_marked_line(lines[i]) && !is_blank(lines[i])) return false;
  }
  return any_marked;
}

bool has_marked_line(const std::vector<std::string>& lines, size_t from) {
  for (size_t i = from; i < lines.size(); ++i)
    if (is_marked_line(lines[i])) return true;
  return false;
}

// Where marked lines begin that run to the end, without an announcement.
size_t find_marked_tail(const std::vector<std::string>& lines) {
  for (size_t i = 0; i < lines.size(); ++i)
    if (is_marked_line(lines[i])) return is_all_marked(lines, i) ? i : lines.size();
  return lines.size();
}

size_t find_cut(const std::vector<std::string>& lines) {
  const std::optional<QuoteStart> start = find_quote_start(lines);
  if (!start) return find_marked_tail(lines);
  if (start->kind == QuoteKind::header) return start->line;
  // Some programs do not mark what they quote; where marks are used, unmarked lines among them are
  // an answer.
  const bool is_tail = is_all_marked(lines, start->after) || !has_marked_line(lines, start->after);
  return is_tail ? start->line : lines.size();
}

std::string piece(std::string_view text, size_t from, size_t to) {
  return std::string(trim(text.substr(from, to - from)));
}

}  // namespace

SplitBody split_quoted_text(std::string_view text) {
  const TextLines body = lines_of(text);
  const auto offset_of = [&](size_t line) {
    return line < body.offsets.size() ? body.offsets[line] : text.size();
  };
  const size_t cut = find_cut(body.lines);
  const size_t signature = find_signature(body.lines, cut);
  SplitBody split;
  if (trim(text.substr(0, offset_of(signature))).empty()) {
    split.fresh = std::string(trim(text));
    return split;
  }
  split.fresh = piece(text, 0, offset_of(signature));
  split.signature = piece(text, offset_of(signature), offset_of(cut));
  split.quoted = piece(text, offset_of(cut), text.size());
  return split;
}

}  // namespace tandem::mail
