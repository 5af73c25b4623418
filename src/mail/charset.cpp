#include "mail/charset.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>

#include "base/text.h"

// Mails lie about their charset: programs write "iso-8859-1" for what is windows-1252, "gb2312" for
// what is GB18030, "us-ascii" for anything. So each name is read as the widest charset that is used
// under it, bytes that do not fit are measured against the charsets of the world, and a guess needs
// evidence: kana, hangul, the common hanzi, Cyrillic words.

namespace tandem::mail {
namespace {

struct Alias {
  std::string_view said;
  const char* meant;
};

// What is said is written without punctuation.
constexpr std::array aliases{
    Alias{"usascii", "WINDOWS-1252"},
    Alias{"ascii", "WINDOWS-1252"},
    Alias{"ansix341968", "WINDOWS-1252"},
    Alias{"iso88591", "WINDOWS-1252"},
    Alias{"latin1", "WINDOWS-1252"},
    Alias{"cp1252", "WINDOWS-1252"},
    Alias{"iso88599", "WINDOWS-1254"},
    Alias{"iso885911", "CP874"},
    Alias{"tis620", "CP874"},
    Alias{"windows874", "CP874"},
    Alias{"gb2312", "GB18030"},
    Alias{"gbk", "GB18030"},
    Alias{"cp936", "GB18030"},
    Alias{"xgbk", "GB18030"},
    Alias{"euccn", "GB18030"},
    Alias{"hzgb2312", "HZ"},
    Alias{"big5", "BIG5-HKSCS"},
    Alias{"cp950", "BIG5-HKSCS"},
    Alias{"xxbig5", "BIG5-HKSCS"},
    Alias{"shiftjis", "CP932"},
    Alias{"sjis", "CP932"},
    Alias{"xsjis", "CP932"},
    Alias{"windows31j", "CP932"},
    Alias{"mskanji", "CP932"},
    Alias{"eucjp", "EUC-JP-MS"},
    Alias{"xeucjp", "EUC-JP-MS"},
    Alias{"iso2022jp", "ISO-2022-JP-3"},
    Alias{"cp50220", "ISO-2022-JP-3"},
    Alias{"cp50221", "ISO-2022-JP-3"},
    Alias{"xiso2022jp", "ISO-2022-JP-3"},
    Alias{"ksc56011987", "CP949"},
    Alias{"ksc5601", "CP949"},
    Alias{"euckr", "CP949"},
    Alias{"windows949", "CP949"},
    Alias{"koi8r", "KOI8-R"},
    Alias{"koi8u", "KOI8-U"},
    Alias{"unicode11utf7", "UTF-7"},
    Alias{"utf7", "UTF-7"},
    Alias{"xmaccyrillic", "MAC-CYRILLIC"},
    Alias{"macintosh", "MACINTOSH"},
    Alias{"xmacroman", "MACINTOSH"},
};

std::string letters_and_digits(std::string_view name) {
  std::string bare;
  for (const char c : ascii_lower(name.substr(0, 40)))
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) bare += c;
  return bare;
}

bool is_utf8_name(std::string_view bare) {
  return bare.empty() || bare == "utf8" || bare == "xutf8" || bare == "unicode11utf8" ||
         bare == "utf8mb4" || bare == "utf8bom";
}

bool is_latin_name(std::string_view bare) {
  return bare == "usascii" || bare == "ascii" || bare == "ansix341968" || bare == "latin1" ||
         bare == "cp1252" || bare.starts_with("iso8859") || bare.starts_with("windows125");
}

// The name iconv knows, or nothing that could reach outside of its table: letters, digits and - _ :
// . only.
std::string iconv_name(std::string_view declared) {
  const std::string bare = letters_and_digits(declared);
  for (const Alias& alias : aliases)
    if (bare == alias.said) return alias.meant;
  std::string name;
  for (const char c : declared.substr(0, 40)) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || c == '-' || c == '_' || c == ':' || c == '.';
    if (is_plain) name += c;
  }
  return name;
}

class Converter {
 public:
  explicit Converter(const char* from) : handle_(iconv_open("UTF-8", from)) {}
  ~Converter() {
    if (is_known()) iconv_close(handle_);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  bool is_known() const { return handle_ != reinterpret_cast<iconv_t>(-1); }

  struct Converted {
    std::string text;
    size_t faults = 0;
  };
  Converted convert(std::string_view bytes, size_t faults_max);

 private:
  iconv_t handle_;
};

// A byte that does not fit becomes U+FFFD. Stops early above `faults_max`, for then the charset is
// not this one.
Converter::Converted Converter::convert(std::string_view bytes, size_t faults_max) {
  Converted out;
  out.text.reserve(bytes.size() + bytes.size() / 2);
  // iconv reads but does not write through this pointer.
  char* input = const_cast<char*>(bytes.data());
  size_t input_left = bytes.size();
  std::array<char, 4096> buffer;
  while (true) {
    char* output = buffer.data();
    size_t output_left = buffer.size();
    char** const source = input_left > 0 ? &input : nullptr;  // The last call flushes.
    const size_t done = iconv(handle_, source, &input_left, &output, &output_left);
    const int error = errno;
    out.text.append(buffer.data(), buffer.size() - output_left);
    if (done != static_cast<size_t>(-1)) {
      if (source == nullptr) return out;
      if (input_left == 0) continue;
    } else if (error != E2BIG) {
      if (input_left == 0 || ++out.faults > faults_max) return out;
      out.text += "\xEF\xBF\xBD";
      ++input;
      --input_left;
      if (input_left == 0) return out;
    }
  }
}

std::optional<std::string> convert_cleanly(std::string_view bytes, const char* charset) {
  Converter converter(charset);
  if (!converter.is_known()) return std::nullopt;
  Converter::Converted converted = converter.convert(bytes, 0);
  if (converted.faults > 0 || !is_utf8(converted.text)) return std::nullopt;
  return std::move(converted.text);
}

bool has_high_byte(std::string_view bytes) {
  return std::ranges::any_of(bytes, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

bool has_iso2022_escape(std::string_view bytes) {
  return bytes.find("\x1b$B") != bytes.npos || bytes.find("\x1b$@") != bytes.npos ||
         bytes.find("\x1b(J") != bytes.npos;
}

struct Letters {
  int64_t wide = 0, kana = 0, half_kana = 0, hangul = 0, common_han = 0, odd = 0;
};

char32_t next_char(std::string_view text, size_t& at) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at);
  const size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (at + length > text.size()) {
    at = text.size();
    return 0xFFFD;
  }
  char32_t c = length == 1 ? lead : lead & (0xFF >> (length + 1));
  for (size_t i = 1; i < length; ++i) c = (c << 6) | (byte(at + i) & 0x3F);
  at += length;
  return c;
}

Letters count_letters(std::string_view utf8) {
  Letters found;
  for (size_t at = 0; at < utf8.size();) {
    const char32_t c = next_char(utf8, at);
    if (c < 0x80) continue;
    ++found.wide;
    if (c >= 0x3041 && c <= 0x30FE) ++found.kana;
    if (c >= 0xFF61 && c <= 0xFF9F) ++found.half_kana;
    if (c >= 0xAC00 && c <= 0xD7A3) ++found.hangul;
    if (c >= 0x4E00 && c <= 0x9FA5) ++found.common_han;
    // Private use, controls and symbols that no letter holds.
    if ((c >= 0xE000 && c <= 0xF8FF) || c < 0xA0 || (c >= 0x2500 && c <= 0x257F)) ++found.odd;
  }
  return found;
}

// Share of high byte pairs that lie where a table keeps its everyday characters.
bool mostly_pairs_within(std::string_view bytes, unsigned char lead_min, unsigned char lead_max) {
  int64_t pairs = 0, inside = 0;
  for (size_t i = 0; i + 1 < bytes.size(); ++i) {
    const auto lead = static_cast<unsigned char>(bytes[i]);
    if (lead < 0x81) continue;
    ++pairs;
    const auto trail = static_cast<unsigned char>(bytes[i + 1]);
    if ((lead >= lead_min && lead <= lead_max && trail >= 0xA1) || lead == 0xA1 || lead == 0xA3)
      ++inside;
    ++i;
  }
  return pairs > 0 && inside * 10 >= pairs * 8;
}

bool looks_japanese(const Letters& letters) {
  return letters.kana * 10 >= letters.wide * 2 && letters.half_kana * 4 <= letters.kana &&
         letters.odd == 0;
}

// Russian is written mostly in small letters: the table in which most are small is the right one.
std::optional<std::string> guess_cyrillic(std::string_view bytes) {
  int64_t high = 0, upper_half = 0, small_koi8 = 0, small_1251 = 0;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) continue;
    ++high;
    if (byte >= 0xC0) ++upper_half;
    if (byte >= 0xC0 && byte <= 0xDF) ++small_koi8;
    if (byte >= 0xE0) ++small_1251;
  }
  // In Western text accents are rare between plain letters; in Cyrillic nearly all letters are
  // high.
  const auto plain = std::ranges::count_if(
      bytes, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
  if (high < 8 || upper_half * 10 < high * 9 || plain > high) return std::nullopt;
  return convert_cleanly(bytes, small_koi8 > small_1251 ? "KOI8-R" : "WINDOWS-1251");
}

std::optional<std::string> guess_east_asian(std::string_view bytes) {
  for (const char* charset : {"EUC-JP-MS", "CP932"}) {
    std::optional<std::string> text = convert_cleanly(bytes, charset);
    if (text && looks_japanese(count_letters(*text))) return text;
  }
  if (mostly_pairs_within(bytes, 0xB0, 0xC8)) {
    std::optional<std::string> text = convert_cleanly(bytes, "CP949");
    if (text) {
      const Letters letters = count_letters(*text);
      // Hangul syllables fill rows B0 to C8; spaces between words tell them from hanzi.
      const auto spaces = std::ranges::count(bytes, ' ');
      if (letters.hangul * 10 >= letters.wide * 9 && spaces * 10 >= letters.hangul) return text;
    }
  }
  if (mostly_pairs_within(bytes, 0xB0, 0xD7)) {
    std::optional<std::string> text = convert_cleanly(bytes, "GB18030");
    if (text && count_letters(*text).common_han >= 2) return text;
  }
  std::optional<std::string> text = convert_cleanly(bytes, "BIG5-HKSCS");
  if (text) {
    const Letters letters = count_letters(*text);
    if (letters.common_han >= 4 && letters.common_han * 10 >= letters.wide * 7) return text;
  }
  return std::nullopt;
}

std::string windows_1252(std::string_view bytes) {
  Converter converter("WINDOWS-1252");
  if (!converter.is_known()) return to_utf8_lossy(bytes);
  return to_utf8_lossy(converter.convert(bytes, bytes.size()).text);
}

constexpr size_t guess_bytes_max = 256 * 1024;

std::string guess(std::string_view bytes) {
  if (bytes.size() <= guess_bytes_max) {
    if (std::optional<std::string> text = guess_cyrillic(bytes)) return *text;
    if (std::optional<std::string> text = guess_east_asian(bytes)) return *text;
  }
  return windows_1252(bytes);
}

// A declared UTF-8 text with a few broken bytes, or one that was cut inside a character, still is
// UTF-8.
bool is_mostly_utf8(std::string_view bytes) {
  const std::string lossy = to_utf8_lossy(bytes);
  int64_t replaced = 0;
  for (size_t at = lossy.find("\xEF\xBF\xBD"); at != lossy.npos;
       at = lossy.find("\xEF\xBF\xBD", at + 3))
    ++replaced;
  const auto high =
      std::ranges::count_if(bytes, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  return replaced * 10 <= high;
}

}  // namespace

std::string undeclared_to_utf8(std::string_view bytes) {
  if (has_iso2022_escape(bytes))
    if (std::optional<std::string> text = convert_cleanly(bytes, "ISO-2022-JP-3")) return *text;
  if (is_utf8(bytes)) return to_utf8_lossy(bytes);  // Takes out NUL.
  return is_mostly_utf8(bytes) ? to_utf8_lossy(bytes) : guess(bytes);
}

std::string charset_to_utf8(std::string_view bytes, std::string_view declared) {
  const std::string bare = letters_and_digits(declared);
  if (is_utf8_name(bare) && bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (is_utf8_name(bare) || (is_latin_name(bare) && has_iso2022_escape(bytes)))
    return undeclared_to_utf8(bytes);
  // Text that is UTF-8 by chance under a Latin charset would look like "Ã¼" in it: nobody writes
  // that.
  if (is_latin_name(bare) && (!has_high_byte(bytes) || is_utf8(bytes))) return to_utf8_lossy(bytes);
  if (bare.ends_with("ascii") || bare == "unknown8bit" || bare == "binary" || bare == "default")
    return undeclared_to_utf8(bytes);

  Converter converter(iconv_name(declared).c_str());
  if (!converter.is_known()) return undeclared_to_utf8(bytes);
  const size_t faults_allowed = bytes.size() / 50;
  Converter::Converted converted = converter.convert(bytes, faults_allowed);
  if (converted.faults == 0 && is_utf8(converted.text)) return to_utf8_lossy(converted.text);
  if (has_high_byte(bytes) && is_utf8(bytes)) return to_utf8_lossy(bytes);
  if (converted.faults <= faults_allowed) return to_utf8_lossy(converted.text);
  return undeclared_to_utf8(bytes);
}

}  // namespace tandem::mail
