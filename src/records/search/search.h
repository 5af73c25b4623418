#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "db/database.h"

// Our own words on both databases: ICU word breaks, case folded, bigrams for Chinese, Japanese and
// Korean; then FTS5 or tsvector only as an index of words. Same answers on both.

namespace tandem::records {

constexpr int search_words_per_record_max = 4'000;

/// The index words of a text, space separated, each at most 64 bytes.
std::string words_of(std::string_view text);

/// Replaces what the index holds of a record; empty words remove it.
void index_words(db::Transaction& tx, OrgId org, const std::string& module, int64_t record_id,
                 const std::string& words);

/// Whether words_of(text) hold all words of `query`, as find_words asks the index.
bool holds_words(std::string_view text, std::string_view query);

/// Ids of live and binned records whose words hold all words of `text` (the last one as a prefix),
/// newest first, at most 1,000. The caller still asks who may see them. Nothing when `text` has no
/// words.
std::vector<int64_t> find_words(db::Transaction& tx, OrgId org, const std::string& module,
                                std::string_view text, int limit);

}  // namespace tandem::records
