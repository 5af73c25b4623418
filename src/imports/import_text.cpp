#include "imports/import_text.h"

#include <algorithm>
#include <optional>

#include "base/csv.h"
#include "base/text.h"
#include "mail/charset.h"

namespace tandem::imports {

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

/// How well the high bytes fit an encoding: letters that people write daily, and others.
struct Fit {
  int64_t usual = 0;
  int64_t odd = 0;
  bool is_broken = false;
};

/// Two bytes each: the first one's range, and where the daily letters lie among them.
struct Pairs {
  bool (*is_lead)(unsigned char);
  bool (*is_trail)(unsigned char);
  bool (*is_usual)(unsigned char lead, unsigned char trail);
};

/// Kana, signs, and kanji of the first level, which are those of names.
constexpr Pairs pairs_of_shift_jis{
    [](unsigned char c) { return (c >= 0x81 && c <= 0x9F) || (c >= 0xE0 && c <= 0xFC); },
    [](unsigned char c) { return c >= 0x40 && c <= 0xFC && c != 0x7F; },
    [](unsigned char lead, unsigned char) { return lead >= 0x81 && lead <= 0x98; }};
/// Signs, and hanzi of the first level.
constexpr Pairs pairs_of_gb18030{
    [](unsigned char c) { return c >= 0x81 && c <= 0xFE; },
    [](unsigned char c) { return c >= 0x40 && c <= 0xFE && c != 0x7F; },
    [](unsigned char lead, unsigned char trail) {
      return trail >= 0xA1 && (lead == 0xA1 || lead == 0xA3 || (lead >= 0xB0 && lead <= 0xD7));
    }};

Fit fit_of(std::string_view bytes, const Pairs& pairs) {
  Fit fit;
  for (size_t at = 0; at < bytes.size(); ++at) {
    const auto lead = static_cast<unsigned char>(bytes[at]);
    if (lead < 0x80) continue;
    const auto trail = at + 1 < bytes.size() ? static_cast<unsigned char>(bytes[at + 1]) : 0u;
    if (!pairs.is_lead(lead) || !pairs.is_trail(static_cast<unsigned char>(trail))) {
      fit.is_broken = true;
      return fit;
    }
    const bool is_usual = pairs.is_usual(lead, static_cast<unsigned char>(trail));
    ++(is_usual ? fit.usual : fit.odd);
    ++at;
  }
  return fit;
}

/// In Western words letters with accents stand between plain ones, and signs are few.
bool looks_western(std::string_view bytes) {
  int64_t letters = 0;
  int64_t signs = 0;
  int64_t run = 0;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    run = byte < 0x80 ? 0 : run + 1;
    if (run > 3) return false;
    if (byte >= 0xC0) ++letters;
    if (byte >= 0x80 && byte < 0xC0) ++signs;
  }
  return letters >= signs || letters + signs < 3;
}

/// Few letters tell little: a table of one name is Japanese or Chinese when it makes no Western
/// words and all its letters are daily ones there.
std::string guessed_of_few(std::string_view bytes) {
  if (looks_western(bytes)) return "windows-1252";
  const Fit japanese = fit_of(bytes, pairs_of_shift_jis);
  const Fit chinese = fit_of(bytes, pairs_of_gb18030);
  const bool may_be_japanese = !japanese.is_broken && japanese.usual > japanese.odd;
  const bool may_be_chinese = !chinese.is_broken && chinese.usual > chinese.odd;
  if (may_be_japanese && (!may_be_chinese || japanese.odd <= chinese.odd)) return "shift_jis";
  return may_be_chinese ? "gb18030" : "windows-1252";
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

bool is_table_of_text(std::string_view bytes) {
  // Office files and archives, old office files, gzip, PDF.
  for (const std::string_view begin : {"PK\x03\x04", "\xD0\xCF\x11\xE0", "\x1F\x8B", "%PDF-"}) {
    if (bytes.starts_with(begin)) return false;
  }
  if (is_utf16(bytes)) return true;
  return bytes.substr(0, sample_bytes_max).find('\0') == std::string_view::npos;
}

std::string guess_encoding(std::string_view bytes) {
  if (bytes.starts_with(mark_utf8)) return "utf-8";
  if (is_utf16(bytes)) return "utf-16";
  if (is_utf8(bytes)) return "utf-8";
  const std::string sample = lines_with_high_bytes(bytes);
  const std::string named = named_by_letters(mail::undeclared_to_utf8(sample));
  return named == "windows-1252" ? guessed_of_few(sample) : named;
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

}  // namespace tandem::imports
