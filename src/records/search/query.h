#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tandem::records {

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
