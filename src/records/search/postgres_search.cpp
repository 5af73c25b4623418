#include "records/search/index.h"

// Lexemes go in and are asked for as they are: array_to_tsvector() and a quoted tsquery bypass
// PostgreSQL's own parser and dictionaries.

namespace tandem::records::postgres_search {

void create_table(db::Transaction& tx) {
  tx.run_script(
      "CREATE TABLE IF NOT EXISTS search_words (org_id BIGINT NOT NULL, "
      "module TEXT COLLATE \"C\" NOT NULL, record_id BIGINT NOT NULL, words TSVECTOR NOT NULL, "
      "PRIMARY KEY (org_id, module, record_id))");
  tx.run_script(
      "CREATE INDEX IF NOT EXISTS search_words_by_word ON search_words USING GIN (words)");
}

void index(db::Transaction& tx, OrgId org, const std::string& module, int64_t record_id,
           const std::string& words) {
  if (words.empty()) {
    tx.execute("DELETE FROM search_words WHERE org_id = $1 AND module = $2 AND record_id = $3",
               {org.value, module, record_id});
    return;
  }
  tx.execute(
      "INSERT INTO search_words (org_id, module, record_id, words) "
      "VALUES ($1, $2, $3, array_to_tsvector(string_to_array($4, ' '))) "
      "ON CONFLICT (org_id, module, record_id) DO UPDATE SET words = excluded.words",
      {org.value, module, record_id, words});
}

std::vector<int64_t> find(db::Transaction& tx, const WordQuery& query) {
  std::string match;
  for (const QueryWord& word : query.words) {
    if (!match.empty()) match += " & ";
    match += "'" + word.text + (word.is_prefix ? "':*" : "'");
  }
  std::vector<int64_t> ids;
  const std::string sql =
      "SELECT record_id FROM search_words WHERE org_id = $1 AND module = $2 "
      "AND words @@ CAST(CAST($3 AS TEXT) AS tsquery) ORDER BY record_id DESC LIMIT $4";
  tx.for_each(sql, {query.org.value, query.module, match, int64_t(query.limit)},
              [&](const db::RowView& row) {
                ids.push_back(row.integer(0));
                return true;
              });
  return ids;
}

}  // namespace tandem::records::postgres_search
