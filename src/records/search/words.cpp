#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <stdexcept>
#include <unordered_set>

#include "base/text.h"
#include "records/search/query.h"
#include "records/search/search.h"

// A word is a run of letters, marks and digits, folded and without accents, so that "Café" finds
// "cafe" and "ana@example.com" is found by each of its parts. Chinese, Japanese and Korean do not
// part their words: a run ABC of their characters is held as AB, BC and C, and a query for ABC asks
// for AB and BC. Where spaces part two runs, the pair across them is held too, because a name is
// written with a space and asked for without one. Thai, Lao, Khmer and Burmese are parted by ICU's
// dictionaries.

namespace tandem::records {

namespace {

constexpr size_t word_bytes_max = 64;
constexpr size_t query_words_max = 12;

enum class Letter { none, plain, paired, complex };

Letter letter_of(UChar32 c) {
  if (c < 0x80) {
    const bool is_letter =
        (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
    return is_letter ? Letter::plain : Letter::none;
  }
  // The sign that lengthens a vowel and the one that repeats a character belong to no script.
  if (c == 0x30FC || (c >= 0x3005 && c <= 0x3007)) return Letter::paired;
  const uint32_t mask = U_GET_GC_MASK(c);
  if ((mask & (U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK)) == 0) return Letter::none;
  UErrorCode error = U_ZERO_ERROR;
  switch (uscript_getScript(c, &error)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_HANGUL:
    case USCRIPT_BOPOMOFO: return Letter::paired;
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR: return Letter::complex;
    default: return Letter::plain;
  }
}

bool is_ascii(std::string_view text) {
  for (const char c : text)
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  return true;
}

/// Folds case and width, and drops the accents of Latin, Greek and Cyrillic; the sound marks of
/// Japanese stay, because they make other letters.
std::string plain_form(std::string_view text) {
  if (is_ascii(text)) return ascii_lower(text);
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* decompose = icu::Normalizer2::getNFDInstance(error);
  const icu::Normalizer2* compose = icu::Normalizer2::getNFCInstance(error);
  if (U_FAILURE(error)) throw std::runtime_error("ICU has no normalisation data");
  const icu::UnicodeString parted =
      decompose->normalize(icu::UnicodeString::fromUTF8(fold(text)), error);
  icu::UnicodeString kept;
  for (int32_t at = 0; at < parted.length(); at = parted.moveIndex32(at, 1)) {
    const UChar32 c = parted.char32At(at);
    if (c < 0x300 || c > 0x36F) kept.append(c);
  }
  std::string plain;
  compose->normalize(kept, error).toUTF8String(plain);
  return plain;
}

/// How runs of paired characters are cut.
enum class Pairs { for_index, for_query };

struct FoundWord {
  std::string_view text;
  bool is_lone = false;  // a single character of a script that is indexed by pairs
};
using EachWord = std::function<void(const FoundWord&)>;

std::string_view cut(std::string_view word) {
  if (word.size() <= word_bytes_max) return word;
  size_t end = word_bytes_max;
  while (end > 0 && (static_cast<unsigned char>(word[end]) & 0xC0) == 0x80) --end;
  return word.substr(0, end);
}

void each_pair(std::string_view run, Pairs pairs, const EachWord& each) {
  std::vector<size_t> starts;
  for (size_t at = 0; at < run.size(); ++at)
    if ((static_cast<unsigned char>(run[at]) & 0xC0) != 0x80) starts.push_back(at);
  starts.push_back(run.size());
  for (size_t at = 0; at + 2 < starts.size(); ++at)
    each({run.substr(starts[at], starts[at + 2] - starts[at])});
  const bool is_lone = starts.size() == 2;
  if (pairs == Pairs::for_index || is_lone) each({run.substr(starts[starts.size() - 2]), true});
}

void each_complex(std::string_view run, const EachWord& each) {
  UErrorCode error = U_ZERO_ERROR;
  thread_local const std::unique_ptr<icu::BreakIterator> breaks(
      icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), error));
  if (U_FAILURE(error) || !breaks) return each({cut(run)});
  const icu::UnicodeString text =
      icu::UnicodeString::fromUTF8(icu::StringPiece(run.data(), int32_t(run.size())));
  breaks->setText(text);
  int32_t start = breaks->first();
  for (int32_t end = breaks->next(); end != icu::BreakIterator::DONE; end = breaks->next()) {
    std::string word;
    text.tempSubStringBetween(start, end).toUTF8String(word);
    each({cut(word)});
    start = end;
  }
}

/// The first or the last character of a run that is not empty.
std::string_view first_character(std::string_view run) {
  size_t end = 1;
  while (end < run.size() && (static_cast<unsigned char>(run[end]) & 0xC0) == 0x80) ++end;
  return run.substr(0, end);
}

std::string_view last_character(std::string_view run) {
  size_t start = run.size() - 1;
  while (start > 0 && (static_cast<unsigned char>(run[start]) & 0xC0) == 0x80) --start;
  return run.substr(start);
}

/// Calls `each` for every word of text in its plain form.
void each_word(std::string_view text, Pairs pairs, const EachWord& each) {
  const auto size = int32_t(text.size());
  int32_t start = 0;
  Letter kind = Letter::none;
  std::string_view before_spaces;  // ends the paired run that only spaces part from here
  const auto end_run = [&](int32_t end) {
    const std::string_view run = text.substr(size_t(start), size_t(end - start));
    if (kind == Letter::none && run.find_first_not_of(' ') == run.npos) return;
    if (kind == Letter::paired && !before_spaces.empty() && pairs == Pairs::for_index) {
      const std::string across = std::string(before_spaces) + std::string(first_character(run));
      each({across});
    }
    before_spaces = kind == Letter::paired ? last_character(run) : std::string_view();
    if (kind == Letter::plain) each({cut(run)});
    if (kind == Letter::paired) each_pair(run, pairs, each);
    if (kind == Letter::complex) each_complex(run, each);
  };
  for (int32_t at = 0; at < size;) {
    const int32_t here = at;
    UChar32 c = 0;
    U8_NEXT(text.data(), at, size, c);
    Letter letter = c < 0 ? Letter::none : letter_of(c);
    // A mark belongs to the letter it stands on.
    const bool is_mark = c >= 0x300 && (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0;
    if (is_mark && kind != Letter::none) letter = kind;
    if (letter == kind) continue;
    end_run(here);
    start = here;
    kind = letter;
  }
  end_run(size);
}

}  // namespace

std::string words_of(std::string_view text) {
  const std::string plain = plain_form(text);
  std::unordered_set<std::string> seen;
  std::string words;
  each_word(plain, Pairs::for_index, [&](const FoundWord& word) {
    if (word.text.empty() || seen.size() >= size_t(search_words_per_record_max)) return;
    if (!seen.emplace(word.text).second) return;
    if (!words.empty()) words += ' ';
    words += word.text;
  });
  return words;
}

bool holds_words(std::string_view text, std::string_view query) {
  const std::string held = ' ' + words_of(text) + ' ';
  const std::vector<QueryWord> wanted = query_words(query);
  return std::all_of(wanted.begin(), wanted.end(), [&](const QueryWord& word) {
    return held.find(' ' + word.text + (word.is_prefix ? "" : " ")) != held.npos;
  });
}

std::vector<QueryWord> query_words(std::string_view text) {
  constexpr int64_t query_chars_max = 500;
  std::vector<QueryWord> words;
  const std::string plain = plain_form(first_chars(text, query_chars_max));
  each_word(plain, Pairs::for_query, [&](const FoundWord& word) {
    if (word.text.empty() || words.size() == query_words_max) return;
    words.push_back({std::string(word.text), word.is_lone});
  });
  if (!words.empty()) words.back().is_prefix = true;
  return words;
}

}  // namespace tandem::records
