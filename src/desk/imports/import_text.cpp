#include "desk/imports/import_text.h"

#include <algorithm>
#include <optional>

#include "base/csv.h"
#include "base/text.h"
#include "mail/charset.h"

namespace tandem::desk {

namespace {

constexpr size_t sample_bytes_max = 64 * 1024;
constexpr int rows_sampled = 20;
constexpr std::string_view mark_utf8 = "\xEF\xBB\xBF";
constexpr std::string_view mark_little = "\xFF\xFE";
constexpr std::string_view mark_big = "\xFE\xFF";

/// Western letters have a zero in every other byte of UTF-16.
struct Zeros {
  size_t even = 0;
  size_t odd = 0;
};
Zeros count_zeros(std::string_view bytes) {
  Zeros zeros;
  const size_t end = std::min(bytes.size(), sample_bytes_max);
  for (size_t at = 0; at < end; ++at) {
    if (bytes[at] == '\0') ++(at % 2 == 0 ? zeros.even : zeros.odd);
  }
  return zeros;
}

bool is_utf16(std::string_view bytes) {
  if (bytes.starts_with(mark_little) || bytes.starts_with(mark_big)) return true;
  const Zeros zeros = count_zeros(bytes);
  const size_t sampled = std::min(bytes.size(), sample_bytes_max);
  return sampled >= 4 && std::max(zeros.even, zeros.odd) * 10 >= sampled;
}

/// The lines that tell encodings apart.
std::string lines_with_high_bytes(std::string_view bytes) {
  std::string sample;
  for (size_t at = 0; at < bytes.size() && sample.size() < sample_bytes_max;) {
    const size_t end = std::min(bytes.find('\n', at), bytes.size());
    const std::string_view line = bytes.substr(at, end - at);
    const bool is_high = std::any_of(line.begin(), line.end(),
                                     [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    if (is_high) sample.append(line.substr(0, sample_bytes_max)).append("\n");
    at = end + 1;
  }
  return sample;
}

/// The encoding of a text that was guessed: kana are Japanese, other hanzi Chinese. The first bytes
/// of their UTF-8 are E3 81 to E3 83, and E4 to E9.
std::string named_by_letters(std::string_view text) {
  bool has_hanzi = false;
  for (size_t at = 0; at + 1 < text.size(); ++at) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const auto next = static_cast<unsigned char>(text[at + 1]);
    if (lead == 0xE3 && next >= 0x81 && next <= 0x83) return "shift_jis";
    has_hanzi = has_hanzi || (lead >= 0xE4 && lead <= 0xE9);
  }
  return has_hanzi ? "gb18030" : "windows-1252";
}

/// How many cells the rows have, when all have equally many; 0 otherwise.
size_t cells_by(std::string_view text, char separator) {
  CsvReader reader(text, separator);
  size_t cells = 0;
  for (int count = 0; count < rows_sampled; ++count) {
    const std::optional<CsvRow> row = reader.next();
    if (!row) break;
    if (!row->fault.empty()) return 0;
    if (cells == 0) cells = row->cells.size();
    if (row->cells.size() != cells) return 0;
  }
  return cells;
}

}  // namespace

const std::vector<std::string>& import_encodings() {
  static const std::vector<std::string> names{"utf-8", "utf-16", "windows-1252", "shift_jis",
                                              "gb18030"};
  return names;
}

bool is_known_encoding(std::string_view name) {
  return std::find(import_encodings().begin(), import_encodings().end(), name) !=
         import_encodings().end();
}

std::string guess_encoding(std::string_view bytes) {
  if (bytes.starts_with(mark_utf8)) return "utf-8";
  if (is_utf16(bytes)) return "utf-16";
  if (is_utf8(bytes)) return "utf-8";
  return named_by_letters(mail::undeclared_to_utf8(lines_with_high_bytes(bytes)));
}

std::string decode_file(std::string_view bytes, const std::string& encoding) {
  if (encoding == "utf-16") {
    const bool is_marked = bytes.starts_with(mark_little) || bytes.starts_with(mark_big);
    const Zeros zeros = count_zeros(bytes);
    const bool is_big = is_marked ? bytes.starts_with(mark_big) : zeros.even > zeros.odd;
    return mail::charset_to_utf8(bytes.substr(is_marked ? 2 : 0), is_big ? "UTF-16BE" : "UTF-16LE");
  }
  if (bytes.starts_with(mark_utf8)) bytes.remove_prefix(mark_utf8.size());
  if (encoding == "utf-8") return to_utf8_lossy(bytes);
  return mail::charset_to_utf8(bytes, encoding);
}

char guess_separator(std::string_view text) {
  char best = separators.front();
  size_t most = 1;
  for (const char separator : separators) {
    const size_t cells = cells_by(text, separator);
    if (cells > most) {
      best = separator;
      most = cells;
    }
  }
  if (most > 1) return best;
  // Rows of different lengths: the heading alone decides.
  const std::string_view heading = text.substr(0, text.find_first_of("\r\n"));
  const auto times = [&](char c) { return std::count(heading.begin(), heading.end(), c); };
  for (const char separator : separators)
    if (times(separator) > times(best)) best = separator;
  return best;
}

}  // namespace tandem::desk
