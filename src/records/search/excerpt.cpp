#include "records/search/excerpt.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>

#include "base/one_line.h"
#include "base/text.h"
#include "records/search/query.h"

// Words are compared in a plain form whose letters are not those of the text: capitals, accents and
// widths are gone, and with them lengths change. So the plain form is made letter by letter, and
// each of its bytes remembers the letter of the text that it comes from.

namespace tandem::records {

namespace {

/// Of a line, what stands before the match at most.
constexpr int64_t share_before_match = 4;
constexpr std::string_view left_out = "…";

/// Bytes of the text.
struct Stretch {
  size_t begin = 0;
  size_t end = 0;
};

/// A mark belongs to the letter it stands on; so do the sound marks of half-width Japanese.
bool belongs_to_letter_before(UChar32 c) {
  return c == 0xFF9E || c == 0xFF9F || (c >= 0x300 && (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0);
}

/// Chinese characters and full-width kana are their own plain form.
bool is_plain_already(UChar32 c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3041 && c <= 0x3096) ||
         (c >= 0x30A1 && c <= 0x30FA) || c == 0x30FC;
}

struct PlainText {
  std::string text;
  std::vector<Stretch> origins;  // of each byte
};

PlainText plain_with_origins(std::string_view text) {
  PlainText plain;
  const auto size = int32_t(text.size());
  for (int32_t at = 0; at < size;) {
    const int32_t begin = at;
    UChar32 first = 0;
    U8_NEXT(text.data(), at, size, first);
    bool has_marks = false;
    for (int32_t next = at; next < size; at = next) {
      UChar32 c = 0;
      U8_NEXT(text.data(), next, size, c);
      if (!belongs_to_letter_before(c)) break;
      has_marks = true;
    }
    const std::string_view letter = text.substr(size_t(begin), size_t(at - begin));
    plain.text += is_plain_already(first) && !has_marks ? std::string(letter) : plain_form(letter);
    plain.origins.resize(plain.text.size(), {size_t(begin), size_t(at)});
  }
  return plain;
}

/// In order, none touching another.
std::vector<Stretch> matches_in(std::string_view text, std::string_view query) {
  const std::vector<QueryWord> wanted = query_words(query);
  const PlainText plain = plain_with_origins(text);
  std::vector<Stretch> found;
  each_word(plain.text, Pairs::for_index, [&](const FoundWord& word) {
    for (const QueryWord& one : wanted) {
      const bool is_found = one.is_prefix ? word.text.starts_with(one.text) : word.text == one.text;
      if (!is_found || one.text.empty()) continue;
      // Across a space a pair is longer in the text than in itself.
      const size_t end =
          one.text.size() < word.text.size() ? word.begin + one.text.size() : word.end;
      found.push_back({plain.origins[word.begin].begin, plain.origins[end - 1].end});
    }
  });
  std::sort(found.begin(), found.end(),
            [](const Stretch& a, const Stretch& b) { return a.begin < b.begin; });
  std::vector<Stretch> merged;
  for (const Stretch& one : found) {
    if (!merged.empty() && one.begin <= merged.back().end) {
      merged.back().end = std::max(merged.back().end, one.end);
    } else {
      merged.push_back(one);
    }
  }
  return merged;
}

bool begins_a_char(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

/// Up to `chars_max` before the match, from the beginning of a word where there is one.
size_t begin_of_line(std::string_view text, size_t match, int64_t chars_max) {
  size_t begin = match;
  for (int64_t chars = 0; begin > 0 && chars < chars_max; ++chars) {
    --begin;
    while (begin > 0 && !begins_a_char(text[begin])) --begin;
  }
  if (begin == 0) return 0;
  const size_t space = text.substr(begin, match - begin).find(' ');
  return space == std::string_view::npos ? begin : begin + space + 1;
}

void add(std::vector<ExcerptPart>& parts, std::string_view text, bool is_match) {
  if (!text.empty()) parts.push_back({std::string(text), is_match});
}

}  // namespace

std::vector<ExcerptPart> excerpt_of(std::string_view text, std::string_view query,
                                    int64_t chars_max) {
  const std::string whole = in_one_line(first_chars(text, excerpt_text_chars_max));
  const std::vector<Stretch> matches = matches_in(whole, query);
  std::vector<ExcerptPart> parts;
  if (matches.empty()) return parts;
  const bool is_whole = count_chars(whole) <= chars_max;
  const size_t begin =
      is_whole ? 0 : begin_of_line(whole, matches.front().begin, chars_max / share_before_match);
  const std::string_view line = first_chars(std::string_view(whole).substr(begin), chars_max);
  const size_t end = begin + line.size();
  if (begin > 0) add(parts, left_out, false);
  size_t at = begin;
  for (const Stretch& match : matches) {
    if (match.begin >= end) break;
    add(parts, std::string_view(whole).substr(at, match.begin - at), false);
    at = std::min(match.end, end);
    add(parts, std::string_view(whole).substr(match.begin, at - match.begin), true);
  }
  add(parts, std::string_view(whole).substr(at, end - at), false);
  if (end < whole.size()) add(parts, left_out, false);
  return parts;
}

}  // namespace tandem::records
