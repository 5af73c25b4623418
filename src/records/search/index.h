#pragma once

#include "records/search/query.h"
#include "records/search/search_tables.h"

// What each database does with words; search.cpp chooses.

namespace tandem::records {

/// One question to the index.
struct WordQuery {
  OrgId org;
  const std::string& module;
  std::vector<QueryWord> words;
  int limit = 0;
};

namespace sqlite_search {
void create_index(db::Transaction& tx, const std::string& module);
void index(db::Transaction& tx, OrgId org, const std::string& module, int64_t record_id,
           const std::string& words);
std::vector<int64_t> find(db::Transaction& tx, const WordQuery& query);
}  // namespace sqlite_search

namespace postgres_search {
void create_table(db::Transaction& tx);
void index(db::Transaction& tx, OrgId org, const std::string& module, int64_t record_id,
           const std::string& words);
std::vector<int64_t> find(db::Transaction& tx, const WordQuery& query);
}  // namespace postgres_search

}  // namespace tandem::records
