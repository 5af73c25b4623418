#include "records/joins.h"

#include <fmt/format.h>

#include "records/filter_compile.h"

namespace tandem::records {

namespace {

std::string_view column_of(const JoinSide& side) { return side.is_held ? "held_id" : "holder_id"; }
std::string_view column_listed(const JoinSide& side) {
  return side.is_held ? "holder_id" : "held_id";
}

/// The key, the holder and the held record, as every statement on one pair binds them.
db::Args args_of(OrgId org, const JoinSide& side, const Pair& pair) {
  const int64_t holder = (side.is_held ? pair.listed : pair.of).value;
  const int64_t held = (side.is_held ? pair.of : pair.listed).value;
  return {org.value, side.key(), holder, held};
}

/// "$3, $4" of ids, bound.
std::string placeholders(Statement& statement, const std::vector<RecordId>& ids) {
  std::string list;
  for (const RecordId id : ids) {
    if (!list.empty()) list += ", ";
    list += statement.bind(id.value);
  }
  return list;
}

}  // namespace

Filter joined_with(const JoinSide& side, RecordId with) {
  return field(side.key()).is(Value(with));
}

std::optional<std::string> said_of(db::Transaction& tx, OrgId org, const JoinSide& side,
                                   const Pair& pair) {
  const auto row = tx.row(
      "SELECT said FROM joined_records "
      "WHERE org_id = $1 AND join_name = $2 AND holder_id = $3 AND held_id = $4",
      args_of(org, side, pair));
  if (!row) return std::nullopt;
  return row->text(0);
}

std::map<int64_t, std::string> said_of_all(db::Transaction& tx, OrgId org, const JoinSide& side,
                                           RecordId of, const std::vector<RecordId>& listed) {
  std::map<int64_t, std::string> said;
  if (listed.empty()) return said;
  Statement statement(org);
  const std::string key = statement.bind(side.key());
  const std::string id = statement.bind(of.value);
  const std::string others = placeholders(statement, listed);
  statement.text = fmt::format(
      "SELECT {0}, said FROM joined_records WHERE org_id = $1 AND join_name = {1} AND {2} = {3} "
      "AND {0} IN ({4})",
      column_listed(side), key, column_of(side), id, others);
  for (const db::Row& row : tx.rows(statement.text, statement.args))
    said[row.integer(0)] = row.text(1);
  return said;
}

std::vector<Pair> held_by(db::Transaction& tx, OrgId org, const JoinSide& side,
                          const std::vector<RecordId>& holders) {
  std::vector<Pair> pairs;
  if (holders.empty()) return pairs;
  Statement statement(org);
  const std::string key = statement.bind(side.key());
  const std::string ids = placeholders(statement, holders);
  const std::string limit = statement.bind(int64_t(holders.size()) * held_records_max);
  statement.text = fmt::format(
      "SELECT holder_id, held_id FROM joined_records WHERE org_id = $1 AND join_name = {} "
      "AND holder_id IN ({}) ORDER BY holder_id, joined_at, held_id LIMIT {}",
      key, ids, limit);
  for (const db::Row& row : tx.rows(statement.text, statement.args))
    pairs.push_back({RecordId{row.integer(0)}, RecordId{row.integer(1)}});
  return pairs;
}

int64_t count_held(db::Transaction& tx, OrgId org, const JoinSide& side, RecordId holder) {
  return tx.integer(
      "SELECT COUNT(*) FROM joined_records WHERE org_id = $1 AND join_name = $2 AND holder_id = $3",
      {org.value, side.key(), holder.value});
}

void put_pair(db::Transaction& tx, OrgId org, const JoinSide& side, const Pair& pair,
              const std::string& said, RecordId by) {
  db::Args args = args_of(org, side, pair);
  args.emplace_back(said);
  args.emplace_back(tx.now().ms);
  args.push_back(db::arg(by));
  tx.execute(
      "INSERT INTO joined_records (org_id, join_name, holder_id, held_id, said, joined_at, "
      "joined_by) VALUES ($1, $2, $3, $4, $5, $6, $7) "
      "ON CONFLICT (org_id, holder_id, join_name, held_id) DO UPDATE SET said = $5",
      args);
}

bool remove_pair(db::Transaction& tx, OrgId org, const JoinSide& side, const Pair& pair) {
  return tx.execute(
             "DELETE FROM joined_records "
             "WHERE org_id = $1 AND join_name = $2 AND holder_id = $3 AND held_id = $4",
             args_of(org, side, pair)) > 0;
}

void remove_pairs_of(db::Transaction& tx, OrgId org, RecordId gone) {
  for (const char* column : {"holder_id", "held_id"}) {
    tx.execute(fmt::format("DELETE FROM joined_records WHERE org_id = $1 AND {} = $2", column),
               {org.value, gone.value});
  }
}

void move_pairs(db::Transaction& tx, OrgId org, const JoinSide& from_side, RecordId from,
                const JoinSide& to_side, RecordId to) {
  tx.execute(
      fmt::format("INSERT INTO joined_records (org_id, join_name, {0}, {1}, said, joined_at, "
                  "joined_by) SELECT org_id, CAST($4 AS TEXT), CAST($5 AS BIGINT), {1}, said, "
                  "joined_at, joined_by FROM joined_records "
                  "WHERE org_id = $1 AND join_name = $2 AND {0} = $3 "
                  "ON CONFLICT (org_id, holder_id, join_name, held_id) DO NOTHING",
                  column_of(from_side), column_listed(from_side)),
      {org.value, from_side.key(), from.value, to_side.key(), to.value});
  tx.execute(fmt::format("DELETE FROM joined_records "
                         "WHERE org_id = $1 AND join_name = $2 AND {} = $3",
                         column_of(from_side)),
             {org.value, from_side.key(), from.value});
}

}  // namespace tandem::records
