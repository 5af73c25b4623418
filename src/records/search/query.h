#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

// How a text falls into words, for the index, for what is asked of it and for showing where it was
// found.

namespace tandem::records {

/// Folded, without accents; what words are compared in.
std::string plain_form(std::string_view text);

/// A word of a text in its plain form, and the bytes of that text it stands on.
struct FoundWord {
  std::string_view text;
  size_t begin = 0;
  size_t end = 0;
  bool is_lone = false;  // a single character of a script that is indexed by pairs
};

/// How runs of paired characters are cut.
enum class Pairs { for_index, for_query };

/// Calls `each` for every word of a text that is in its plain form.
void each_word(std::string_view plain, Pairs pairs,
               const std::function<void(const FoundWord&)>& each);

/// A word that a query asks for.
struct QueryWord {
  std::string text;
  bool is_prefix = false;
};

/// The words of what somebody typed, each once, at most 12: the last may go on, and so may a single
/// Chinese, Japanese or Korean character, which the index holds only as the head of a pair or at
/// the end of a run.
std::vector<QueryWord> query_words(std::string_view text);

}  // namespace tandem::records
