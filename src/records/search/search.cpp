#include "records/search/search.h"

#include <algorithm>

#include "records/search/index.h"

namespace tandem::records {

namespace {

constexpr int find_limit_max = 1'000;

}  // namespace

void create_search_tables(db::Transaction& tx) {
  if (tx.kind() == db::Kind::postgres) postgres_search::create_table(tx);
}

void create_search_index(db::Transaction& tx, const std::string& module) {
  if (tx.kind() == db::Kind::sqlite) sqlite_search::create_index(tx, module);
}

void index_words(db::Transaction& tx, OrgId org, const std::string& module, int64_t record_id,
                 const std::string& words) {
  if (tx.kind() == db::Kind::sqlite) return sqlite_search::index(tx, org, module, record_id, words);
  postgres_search::index(tx, org, module, record_id, words);
}

std::vector<int64_t> find_words(db::Transaction& tx, OrgId org, const std::string& module,
                                std::string_view text, int limit) {
  const WordQuery query{org, module, query_words(text), std::clamp(limit, 0, find_limit_max)};
  if (query.words.empty() || query.limit == 0) return {};
  if (tx.kind() == db::Kind::sqlite) return sqlite_search::find(tx, query);
  return postgres_search::find(tx, query);
}

}  // namespace tandem::records
