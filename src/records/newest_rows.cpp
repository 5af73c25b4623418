#include "records/newest_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "records/columns.h"
#include "records/cursor.h"
#include "records/filter_compile.h"
#include "records/list_plan.h"

namespace tandem::records {

namespace {

size_t branch_count(const ListPlan& plan) { return std::max<size_t>(plan.branches.size(), 1); }

/// The rows of a branch that are not in the recycle bin: " FROM … WHERE …".
std::string branch_source(const Shape& shape, const ListPlan& plan, size_t branch,
                          Statement& statement) {
  std::string sql = fmt::format(" FROM \"{}\" WHERE org_id = $1 AND deleted_at IS NULL",
                                shape.module().table_name());
  for (size_t at = 0; at < plan.fields.size(); ++at) {
    const FieldDef& lead = *plan.fields[at];
    sql += " AND " + column_expression(lead) + " = " +
           statement.bind(to_column(lead, plan.branches[branch].values[at]));
  }
  return sql;
}

/// The ids of the newest rows of each branch, read from an index alone: "SELECT id …".
std::string newest_ids(const Shape& shape, const FieldDef& sort, const ListPlan& plan,
                       int64_t rows_max, Statement& statement) {
  const std::string limit = statement.bind(rows_max);
  const std::string key = column_expression(sort);
  std::string sql;
  for (size_t at = 0; at < branch_count(plan); ++at) {
    if (at > 0) sql += " UNION ALL ";
    sql += fmt::format("SELECT * FROM (SELECT id AS picked_id{} AND {} IS NOT NULL",
                       branch_source(shape, plan, at, statement), key);
    sql += fmt::format(" ORDER BY {} DESC, id DESC LIMIT {}) AS branch_{}", key, limit, at);
  }
  return fmt::format("SELECT picked_id FROM ({}) AS branches LIMIT {}", sql, limit);
}

/// A stretch that is sought: of the rows with a value of the sort field, or of those without.
struct Stretch {
  const FieldDef& sort;
  Sort order;
  bool is_without = false;
  std::optional<CursorPlace> begin = {};

  std::string key() const { return is_without ? "id" : column_expression(sort); }
  std::string condition(Statement& statement) const {
    const std::string_view sign = order.descending ? "<" : ">";
    std::string sql =
        fmt::format(" AND {} IS {}", column_expression(sort), is_without ? "NULL" : "NOT NULL");
    if (!begin) return sql;
    const std::string id = statement.bind(begin->id.value);
    if (is_without) return sql + fmt::format(" AND id {} {}", sign, id);
    const std::string value = statement.bind(to_column(sort, begin->value));
    return sql + fmt::format(" AND ({}, id) {} ({}, {})", key(), sign, value, id);
  }
};

/// The key where the first branch has passed its part of `rows_max`, so that all of them together
/// have no more rows up to it. One value, or null when none goes so far.
std::string stretch_end(const Shape& shape, const Stretch& stretch, const ListPlan& plan,
                        int64_t rows_max, Statement& statement) {
  const std::string_view direction = stretch.order.descending ? "DESC" : "ASC";
  const int64_t branches = int64_t(branch_count(plan));
  const std::string skipped = statement.bind(std::max<int64_t>(rows_max / branches, 1));
  std::string sql;
  for (size_t at = 0; at < size_t(branches); ++at) {
    if (at > 0) sql += " UNION ALL ";
    sql += "SELECT * FROM (SELECT " + stretch.key() + " AS picked_key";
    sql += branch_source(shape, plan, at, statement) + stretch.condition(statement);
    sql += fmt::format(" ORDER BY {0} {1}{2} LIMIT 1 OFFSET {3}) AS branch_{4}", stretch.key(),
                       direction, stretch.is_without ? "" : fmt::format(", id {}", direction),
                       skipped, at);
  }
  return fmt::format("SELECT {}(picked_key) FROM ({}) AS branches",
                     stretch.order.descending ? "MAX" : "MIN", sql);
}

std::optional<Value> end_of(db::Transaction& tx, OrgId org, const Shape& shape,
                            const Stretch& stretch, const ListPlan& plan, int64_t rows_max) {
  Statement statement(org);
  statement.text = stretch_end(shape, stretch, plan, rows_max, statement);
  std::optional<Value> end;
  const bool is_number = stretch.is_without || kind_of(stretch.sort).holding == Holding::number;
  tx.for_each(statement.text, statement.args, [&](const db::RowView& row) {
    if (!row.is_null(0)) end = is_number ? Value(row.integer(0)) : Value(row.text(0));
    return false;
  });
  return end;
}

// Before and behind every id there is; a cursor takes positive ones.
constexpr RecordId lowest_id{1};
constexpr RecordId highest_id{std::numeric_limits<int64_t>::max()};

RecordId first_id(const Sort& sort) { return sort.descending ? highest_id : lowest_id; }
RecordId last_id(const Sort& sort) { return sort.descending ? lowest_id : highest_id; }

Window window_up_to(const Stretch& stretch, const Value& end) {
  const FieldCondition sorted(stretch.sort.name);
  const FieldCondition key(stretch.is_without ? "id" : stretch.sort.name);
  Filter range = stretch.order.descending ? key.at_least(end) : key.at_most(end);
  if (stretch.is_without) {
    return {all_of({sorted.is_empty(), std::move(range)}),
            to_cursor(stretch.order, {Value(), end.id()})};
  }
  return {std::move(range), to_cursor(stretch.order, {end, last_id(stretch.order)})};
}

/// How many rows a plan leaves to look at, up to `rows_max`.
int64_t rows_left(db::Transaction& tx, OrgId org, const Shape& shape, const FieldDef& sort,
                  const ListPlan& plan, int64_t rows_max) {
  Statement rows(org);
  const std::string ids = newest_ids(shape, sort, plan, rows_max, rows);
  return tx.integer("SELECT COUNT(*) FROM (" + ids + ") AS there", rows.args);
}

/// The plan that leaves the fewest rows, and how many.
std::pair<ListPlan, int64_t> shortest_plan(db::Transaction& tx, OrgId org, const Shape& shape,
                                           const Filter& filter, const FieldDef& sort,
                                           int64_t rows_max) {
  std::vector<ListPlan> plans = list_plans(shape, filter, sort.name);
  if (plans.empty()) plans.emplace_back();
  // Where all leave too much, the one that pins most is likely to hold most of what is asked for.
  std::stable_sort(plans.begin(), plans.end(), [](const ListPlan& a, const ListPlan& b) {
    return a.fields.size() > b.fields.size();
  });
  std::pair<ListPlan, int64_t> best;
  for (size_t at = 0; at < plans.size(); ++at) {
    const int64_t left = rows_left(tx, org, shape, sort, plans[at], rows_max);
    if (at == 0 || left < best.second) best = {std::move(plans[at]), left};
  }
  return best;
}

}  // namespace

Result<Count> count_newest(db::Transaction& tx, OrgId org, const ShapeRef& shape,
                           const Filter& filter, const std::string& sort_field, int64_t rows_max) {
  const FieldDef* sort = field_or_system(*shape, sort_field);
  if (sort == nullptr) return invalid("sort", "not_sortable", "Choose a field that is there.");
  // One more than is looked at tells whether there is more.
  const auto [plan, left] = shortest_plan(tx, org, *shape, filter, *sort, rows_max + 1);
  const bool is_whole = left <= rows_max;
  const Stretch newest{.sort = *sort, .order = {sort_field, true}};
  const std::optional<Value> end =
      is_whole ? std::nullopt : end_of(tx, org, *shape, newest, plan, rows_max);
  Filter counted = filter;
  if (end) counted = all_of({FieldCondition(sort_field).at_least(*end), filter});

  Statement statement(org);
  TRY(compile_filter(tx, org, *shape, counted, statement));
  const std::string condition = std::move(statement.text);
  const std::string limit = statement.bind(count_cap + 1);
  std::string branches;
  for (size_t at = 0; at < branch_count(plan); ++at) {
    if (at > 0) branches += " UNION ALL ";
    // Ordered, so that SQLite reads the index of the plan and no other.
    branches +=
        "SELECT * FROM (SELECT 1" + branch_source(*shape, plan, at, statement) +
        newest.condition(statement) + " AND " + condition +
        fmt::format(" ORDER BY {} DESC, id DESC LIMIT {}) AS branch_{}", newest.key(), limit, at);
  }
  statement.text = fmt::format(
      "SELECT COUNT(*) FROM (SELECT * FROM ({}) AS branches LIMIT {}) AS counted", branches, limit);
  const int64_t found = tx.integer(statement.text, statement.args);
  return Count{std::min(found, count_cap), found <= count_cap && is_whole};
}

Result<std::optional<Window>> window_of(db::Transaction& tx, OrgId org, const Shape& shape,
                                        const Query& query, int64_t rows_max) {
  const FieldDef* sort = field_or_system(shape, query.sort.field);
  if (sort == nullptr || sort->name == "id") return std::optional<Window>();
  if (kind_of(*sort).holding != Holding::number) return std::optional<Window>();
  Stretch stretch{.sort = *sort, .order = query.sort};
  if (!query.cursor.empty()) stretch.begin = TRY(place_from_cursor(query.sort, query.cursor));
  stretch.is_without = stretch.begin && stretch.begin->value.is_null();
  const ListPlan plan = plan_list(shape, query.filter, query.sort.field);
  const std::optional<Value> end = end_of(tx, org, shape, stretch, plan, rows_max);
  if (end) return std::optional<Window>(window_up_to(stretch, *end));
  const bool may_lack_value = shape.find(sort->name) && allows_no_value(query.filter, sort->name);
  if (stretch.is_without || !may_lack_value) return std::optional<Window>();
  return std::optional<Window>({FieldCondition(sort->name).is_not_empty(),
                                to_cursor(query.sort, {Value(), first_id(query.sort)})});
}

}  // namespace tandem::records
