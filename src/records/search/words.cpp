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

}  // namespace

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

namespace {

using EachWord = std::function<void(const FoundWord&)>;

std::string_view cut(std::string_view word) {
  if (word.size() <= word_bytes_max) return word;
  size_t end = word_bytes_max;
  while (end > 0 && (static_cast<unsigned char>(word[end]) & 0xC0) == 0x80) --end;
  return word.substr(0, end);
}

/// A stretch of characters of one kind, and where it begins in the text.
struct Run {
  std::string_view text;
  size_t begin = 0;

  FoundWord word(size_t from, size_t to) const {
    return {text.substr(from, to - from), begin + from, begin + to};
  }
};

void each_pair(const Run& in, Pairs pairs, const EachWord& each) {
  const std::string_view run = in.text;
  std::vector<size_t> starts;
  for (size_t at = 0; at < run.size(); ++at)
    if ((static_cast<unsigned char>(run[at]) & 0xC0) != 0x80) starts.push_back(at);
  starts.push_back(run.size());
  for (size_t at = 0; at + 2 < starts.size(); ++at) each(in.word(starts[at], starts[at + 2]));
  const bool is_lone = starts.size() == 2;
  if (pairs == Pairs::for_query && !is_lone) return;
  FoundWord last = in.word(starts[starts.size() - 2], run.size());
  last.is_lone = true;
  each(last);
}

void each_complex(const Run& in, const EachWord& each) {
  const std::string_view run = in.text;
  UErrorCode error = U_ZERO_ERROR;
  thread_local const std::unique_ptr<icu::BreakIterator> breaks(
      icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), error));
  if (U_FAILURE(error) || !breaks) return each(in.word(0, cut(run).size()));
  const icu::UnicodeString text =
      icu::UnicodeString::fromUTF8(icu::StringPiece(run.data(), int32_t(run.size())));
  breaks->setText(text);
  int32_t start = breaks->first();
  size_t begin = 0;
  for (int32_t end = breaks->next(); end != icu::BreakIterator::DONE; end = breaks->next()) {
    std::string word;
    text.tempSubStringBetween(start, end).toUTF8String(word);
    each(in.word(begin, begin + cut(word).size()));
    begin += word.size();
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

}  // namespace

void each_word(std::string_view text, Pairs pairs, const EachWord& each) {
  const auto size = int32_t(text.size());
  int32_t start = 0;
  Letter kind = Letter::none;
  std::string_view before_spaces;  // ends the paired run that only spaces part from here
  const auto end_run = [&](int32_t end) {
    const std::string_view run = text.substr(size_t(start), size_t(end - start));
    const Run in{run, size_t(start)};
    if (kind == Letter::none && run.find_first_not_of(' ') == run.npos) return;
    if (kind == Letter::paired && !before_spaces.empty() && pairs == Pairs::for_index) {
      const std::string_view first = first_character(run);
      const std::string across = std::string(before_spaces) + std::string(first);
      each({across, size_t(before_spaces.data() - text.data()), in.begin + first.size()});
    }
    before_spaces = kind == Letter::paired ? last_character(run) : std::string_view();
    if (kind == Letter::plain) each(in.word(0, cut(run).size()));
    if (kind == Letter::paired) each_pair(in, pairs, each);
    if (kind == Letter::complex) each_complex(in, each);
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
