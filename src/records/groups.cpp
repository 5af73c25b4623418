#include "records/groups.h"

#include <fmt/format.h>

#include <algorithm>

#include "records/columns.h"
#include "records/filter_compile.h"

namespace tandem::records {

namespace {

/// Sums are taken in two parts, so that no database meets a number that it can't hold.
constexpr int64_t sum_part = 1'000'000;

Result<const FieldDef*> known_field(const Shape& shape, const std::string& name) {
  const FieldDef* field = field_or_system(shape, name);
  if (!field) return invalid(name, "unknown_field", "There is no such field.");
  return field;
}

/// " FROM table WHERE …" of the records that are looked at. Refuses with too_many_rows.
Result<void> append_rows(db::Transaction& tx, OrgId org, const Shape& shape, const Filter& filter,
                         Statement& statement) {
  statement.text +=
      " FROM \"" + shape.module().table_name() + "\" WHERE org_id = $1 AND deleted_at IS NULL AND ";
  return compile_filter(tx, org, shape, filter, statement);
}

Result<void> are_not_too_many(db::Transaction& tx, OrgId org, const Shape& shape,
                              const Filter& filter) {
  const Count count = TRY(count_up_to(tx, org, shape, filter, rows_looked_at_max));
  if (count.is_exact) return {};
  return invalid("", "too_many_rows",
                 fmt::format("Narrow the condition to at most {} records.", rows_looked_at_max));
}

Result<void> check_window(int64_t offset, int limit) {
  if (limit < 1 || limit > groups_max)
    return invalid("limit", "out_of_range", fmt::format("Ask for 1 to {} rows.", groups_max));
  if (offset < 0 || offset > rows_looked_at_max)
    return invalid("offset", "out_of_range",
                   fmt::format("Skip at most {} rows.", rows_looked_at_max));
  return {};
}

std::string ordered_by(const std::string& expression, bool descending) {
  return fmt::format("CASE WHEN {0} IS NULL THEN 1 ELSE 0 END, {0} {1}", expression,
                     descending ? "DESC" : "ASC");
}

/// What the record of a link is called; "" for what is no link. Looked up row by row, which the
/// limit on rows bounds.
std::string title_expression(const Shape& shape, const FieldDef& link, const std::string& id) {
  const bool is_link = !link.link_to.empty() && kind_of(link).holding == Holding::number;
  const ModuleDef* target = is_link ? shape.catalogue().find(link.link_to) : nullptr;
  if (!target) return "";
  return fmt::format(
      "(SELECT linked.title FROM \"{}\" AS linked WHERE linked.org_id = $1 AND linked.id = {})",
      target->table_name(), id);
}

Result<void> may_be_figure(const FieldDef& field, Figure figure) {
  if (figure == Figure::count) return {};
  const bool is_amount = field.kind == FieldKind::number || field.kind == FieldKind::decimal ||
                         field.kind == FieldKind::money;
  const bool is_time = field.kind == FieldKind::date || field.kind == FieldKind::instant;
  const bool is_edge = figure == Figure::smallest || figure == Figure::largest;
  if (is_amount || (is_time && is_edge)) return {};
  return invalid(field.name, "not_countable", "Take figures of numbers, days and moments.");
}

class GroupReader {
 public:
  GroupReader(db::Transaction& tx, OrgId org, const Shape& shape, const GroupQuery& query)
      : tx_(tx), org_(org), shape_(shape), query_(query) {}

  Result<std::vector<Group>> read() {
    TRY(check_window(query_.offset, query_.limit));
    TRY(look_up());
    TRY(are_not_too_many(tx_, org_, shape_, query_.filter));
    Statement statement(org_);
    statement.text = selected();
    TRY(append_source(statement));
    statement.text += grouped() + ordered();
    statement.text += " LIMIT " + statement.bind(int64_t{query_.limit});
    if (query_.offset > 0) statement.text += " OFFSET " + statement.bind(query_.offset);
    std::vector<Group> groups;
    bool is_too_large = false;
    tx_.for_each(statement.text, statement.args, [&](const db::RowView& row) {
      groups.push_back(group_of(row, is_too_large));
      return true;
    });
    if (is_too_large) return invalid("", "out_of_range", "The sum is too large.");
    return groups;
  }

 private:
  Result<void> look_up() {
    for (const std::string& name : query_.by) {
      const FieldDef* field = TRY(known_field(shape_, name));
      if (kind_of(*field).holding == Holding::list)
        return invalid(name, "not_groupable", "Records can't be grouped by a list.");
      keys_.push_back(field);
    }
    for (const FigureOf& figure : query_.figures) {
      const FieldDef* field = TRY(known_field(shape_, figure.field));
      TRY(may_be_figure(*field, figure.figure));
      figures_.push_back(field);
    }
    return {};
  }

  /// "k0" of the first key, "f0" of what the first figure is of: names of the inner query.
  std::string selected() const {
    std::string sql = "SELECT ";
    for (size_t at = 0; at < keys_.size(); ++at) sql += fmt::format("k{}, ", at);
    for (size_t at = 0; at < figures_.size(); ++at) {
      const std::string column = fmt::format("f{}", at);
      const Figure figure = query_.figures[at].figure;
      const bool is_sum = figure == Figure::sum || figure == Figure::average;
      if (is_sum) {
        sql += fmt::format("CAST(SUM({0} / {1}) AS BIGINT), CAST(SUM({0} % {1}) AS BIGINT), ",
                           column, sum_part);
      } else if (figure != Figure::count) {
        sql += figure == Figure::smallest ? "MIN(" + column + "), 0, " : "MAX(" + column + "), 0, ";
      } else {
        sql += "0, 0, ";
      }
      sql += "COUNT(" + column + "), ";
    }
    return sql + "COUNT(*)";
  }

  Result<void> append_source(Statement& statement) const {
    statement.text += " FROM (SELECT ";
    for (size_t at = 0; at < keys_.size(); ++at)
      statement.text += fmt::format("{} AS k{}, ", column_expression(*keys_[at]), at);
    for (size_t at = 0; at < figures_.size(); ++at)
      statement.text += fmt::format("{} AS f{}, ", column_expression(*figures_[at]), at);
    statement.text += "id AS row_id";
    TRY(append_rows(tx_, org_, shape_, query_.filter, statement));
    statement.text += ") AS looked_at";
    return {};
  }

  std::string grouped() const {
    std::string sql;
    for (size_t at = 0; at < keys_.size(); ++at)
      sql += (at == 0 ? " GROUP BY " : ", ") + fmt::format("k{}", at);
    return sql;
  }

  std::string ordered() const {
    std::string sql;
    const auto add = [&](const std::string& expression, bool descending) {
      sql += (sql.empty() ? " ORDER BY " : ", ") + ordered_by(expression, descending);
    };
    for (const GroupOrder& order : query_.order) {
      const bool is_key = order.what == GroupOrder::What::key;
      add(is_key ? key_order(order.place) : figure_order(order.place), order.descending);
    }
    for (size_t at = 0; at < keys_.size(); ++at) add(key_order(at), false);
    for (size_t at = 0; at < keys_.size(); ++at) add(fmt::format("k{}", at), false);
    return sql;
  }

  std::string key_order(size_t place) const {
    std::string column = fmt::format("k{}", place);
    std::string title = title_expression(shape_, *keys_[place], column);
    return title.empty() ? column : title;
  }

  std::string figure_order(size_t place) const {
    // Exact enough for an order.
    const std::string sum = fmt::format(
        "(CAST(SUM(f{0} / {1}) AS DOUBLE PRECISION) * {1} + "
        "CAST(SUM(f{0} % {1}) AS DOUBLE PRECISION))",
        place, sum_part);
    switch (query_.figures[place].figure) {
      case Figure::count: return fmt::format("COUNT(f{})", place);
      case Figure::sum: return sum;
      case Figure::average: return fmt::format("({} / NULLIF(COUNT(f{}), 0))", sum, place);
      case Figure::smallest: return fmt::format("MIN(f{})", place);
      case Figure::largest: return fmt::format("MAX(f{})", place);
    }
    return "";
  }

  static Value value_at(const db::RowView& row, int column, const FieldDef& field) {
    if (row.is_null(column)) return {};
    if (kind_of(field).holding == Holding::number) return Value(row.integer(column));
    return Value(row.text(column));
  }

  Group group_of(const db::RowView& row, bool& is_too_large) const {
    Group group;
    int column = 0;
    for (const FieldDef* key : keys_) group.keys.push_back(value_at(row, column++, *key));
    for (size_t at = 0; at < figures_.size(); ++at) {
      FigureValue figure{.value = {}, .of = row.integer(column + 2)};
      switch (query_.figures[at].figure) {
        case Figure::count: figure.value = Value(figure.of); break;
        case Figure::smallest:
        case Figure::largest: figure.value = value_at(row, column, *figures_[at]); break;
        case Figure::sum:
        case Figure::average: {
          const __int128 sum =
              static_cast<__int128>(row.integer(column)) * sum_part + row.integer(column + 1);
          is_too_large = is_too_large || sum > INT64_MAX || sum < INT64_MIN;
          if (figure.of > 0) figure.value = Value(static_cast<int64_t>(sum));
          break;
        }
      }
      group.figures.push_back(std::move(figure));
      column += 3;
    }
    return group;
  }

  db::Transaction& tx_;
  OrgId org_;
  const Shape& shape_;
  const GroupQuery& query_;
  std::vector<const FieldDef*> keys_;
  std::vector<const FieldDef*> figures_;
};

}  // namespace

Result<Count> count_up_to(db::Transaction& tx, OrgId org, const Shape& shape, const Filter& filter,
                          int64_t cap) {
  Statement statement(org);
  statement.text = "SELECT COUNT(*) FROM (SELECT 1";
  TRY(append_rows(tx, org, shape, filter, statement));
  statement.text += " LIMIT " + statement.bind(cap + 1) + ") AS counted";
  const int64_t counted = tx.integer(statement.text, statement.args);
  return Count{std::min(counted, cap), counted <= cap};
}

Result<std::vector<Group>> select_groups(db::Transaction& tx, OrgId org, const Shape& shape,
                                         const GroupQuery& query) {
  return GroupReader(tx, org, shape, query).read();
}

Result<std::vector<Record>> select_ordered(db::Transaction& tx, OrgId org, const ShapeRef& shape,
                                           const OrderedQuery& query) {
  TRY(check_window(query.offset, query.limit));
  std::string order;
  for (const FieldOrder& by : query.order) {
    const FieldDef* field = TRY(known_field(*shape, by.field));
    if (kind_of(*field).holding == Holding::list)
      return invalid(by.field, "not_sortable", "Records can't be sorted by a list.");
    std::string key = column_expression(*field);
    if (by.by == FieldOrder::By::title) {
      key = title_expression(*shape, *field,
                             qualified_expression(*field, shape->module().table_name()));
      if (key.empty()) return invalid(by.field, "not_sortable", "This names no record.");
    }
    order += ordered_by(key, by.descending) + ", ";
  }
  TRY(are_not_too_many(tx, org, *shape, query.filter));
  Statement statement(org);
  statement.text = "SELECT " + shape->select_list();
  TRY(append_rows(tx, org, *shape, query.filter, statement));
  statement.text += " ORDER BY " + order + "id ASC LIMIT " + statement.bind(int64_t{query.limit});
  if (query.offset > 0) statement.text += " OFFSET " + statement.bind(query.offset);
  std::vector<Record> found;
  tx.for_each(statement.text, statement.args, [&](const db::RowView& row) {
    found.push_back(read_record(shape, row));
    return true;
  });
  return found;
}

}  // namespace tandem::records
