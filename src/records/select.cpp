#include <fmt/format.h>

#include <algorithm>

#include "records/columns.h"
#include "records/cursor.h"
#include "records/filter_compile.h"
#include "records/list_plan.h"

// A list is read in the order of an index, from a place and not from a count, so that page 1,000
// costs what page 1 does. Records without a value of the sort field come last in both directions;
// they are a second run over the same index, because the databases disagree on where nulls stand.

namespace tandem::records {

namespace {

constexpr int limit_max = 250;
constexpr int64_t offset_max = 5'000;

std::string_view bin_condition(Bin bin) {
  switch (bin) {
    case Bin::outside: return " AND deleted_at IS NULL";
    case Bin::inside: return " AND deleted_at IS NOT NULL";
    case Bin::either: return "";
  }
  return "";
}

/// "FROM tickets WHERE org_id = $1 AND …"
Result<void> append_source(db::Transaction& tx, OrgId org, const Shape& shape, const Filter& filter,
                           Bin bin, Statement& statement) {
  statement.text += " FROM \"" + shape.module().table_name() + "\" WHERE org_id = $1";
  statement.text += bin_condition(bin);
  if (filter.kind == Filter::Kind::everything) return {};
  statement.text += " AND ";
  return compile_filter(tx, org, shape, filter, statement);
}

/// A sorted field as the statement needs it.
struct Order {
  const FieldDef* field = nullptr;
  std::string column = {};
  bool is_id = false;
  bool may_be_null = false;
};

Result<Order> order_of(const Shape& shape, const Query& query) {
  const std::string& name = query.sort.field;
  const FieldDef* own = shape.find(name);
  const FieldDef* field = own ? own : system_field(name);
  const bool is_allowed = own ? own->sortable
                              : name == "id" || name == "title" || name == "created_at" ||
                                    name == "updated_at" ||
                                    (name == "deleted_at" && query.bin == Bin::inside);
  if (field == nullptr || !is_allowed) {
    return invalid("sort", "not_sortable",
                   fmt::format("{} can't be sorted by {}.", shape.module().label_plural, name));
  }
  return Order{field, column_expression(*field), name == "id", own != nullptr};
}

Result<void> check_page(const Query& query) {
  if (query.limit < 1 || query.limit > limit_max) {
    return invalid("limit", "out_of_range", fmt::format("Ask for 1 to {} records.", limit_max));
  }
  if (query.offset < 0 || query.offset > offset_max) {
    return invalid("offset", "out_of_range",
                   fmt::format("Skip at most {} records; use the cursor to go on.", offset_max));
  }
  return {};
}

enum class Run { with_value, without_value };

class PageReader {
 public:
  PageReader(db::Transaction& tx, OrgId org, const ShapeRef& shape, const Query& query, Order order)
      : tx_(tx), org_(org), shape_(shape), query_(query), order_(std::move(order)) {
    page_.shape = shape_;
    if (query_.bin != Bin::outside) return;
    plan_ = plan_list(*shape_, query_.filter, query_.sort.field);
    sorts_matches_ = plan_.branches.empty() && asks_for_flagged(*shape_, query_.filter);
  }

  Result<Page> read(const std::optional<CursorPlace>& place) {
    const bool starts_without = place && order_.may_be_null && place->value.is_null();
    const bool ends_without =
        order_.may_be_null && allows_no_value(query_.filter, query_.sort.field);
    int64_t skip = query_.offset;
    if (!starts_without) {
      TRY(run(Run::with_value, place, skip));
      const bool has_skipped = !page_.records.empty() || skip == 0;
      if (has_skipped) {
        skip = 0;
      } else if (ends_without) {
        skip -= TRY(count_with_value(place, skip));
      }
    }
    if (ends_without && page_.records.size() <= size_t(query_.limit))
      TRY(run(Run::without_value, starts_without ? place : std::nullopt, skip));
    finish();
    return std::move(page_);
  }

 private:
  Result<void> run(Run which, const std::optional<CursorPlace>& place, int64_t skip) {
    Statement statement(org_);
    const std::string source = TRY(source_of(which, place, statement));
    // One more than asked for tells whether there is a next page.
    const std::string limit =
        statement.bind(query_.limit + 1 - int64_t(page_.records.size()) + skip);
    const std::string end =
        " LIMIT " + limit + (skip > 0 ? " OFFSET " + statement.bind(skip) : std::string());
    statement.text = "SELECT " + shape_->select_list();
    if (plan_.branches.size() < 2) {
      // No index has the order of an expression, so that SQLite does not walk the one of the field.
      const std::string key =
          sorts_matches_ ? "COALESCE(" + order_.column + ", NULL)" : order_.column;
      statement.text += source + order_by(key, "id") + end;
    } else {
      // The join's order is said by CROSS, and its sort by the picked rows alone: both keep SQLite
      // from walking the whole index of the sort field once more.
      statement.text += " FROM (" + merged(source, limit, statement) + end +
                        ") AS picked CROSS JOIN \"" + shape_->module().table_name() +
                        "\" WHERE org_id = $1 AND id = picked_id" +
                        order_by("picked_key", "picked_id");
    }
    tx_.for_each(statement.text, statement.args, [&](const db::RowView& row) {
      // The limit counts what OFFSET skips, because the branches of a plan must reach that far.
      if (page_.records.size() > size_t(query_.limit)) return false;
      page_.records.push_back(read_record(shape_, row));
      return true;
    });
    return {};
  }

  /// The ids of the first rows of all branches, in order.
  std::string merged(const std::string& source, const std::string& limit, Statement& statement) {
    std::string sql = "SELECT picked_id, picked_key FROM (";
    for (size_t at = 0; at < plan_.branches.size(); ++at) {
      if (at > 0) sql += " UNION ALL ";
      sql += "SELECT * FROM (SELECT id AS picked_id, " + order_.column + " AS picked_key" + source;
      for (size_t field = 0; field < plan_.fields.size(); ++field) {
        const FieldDef& lead = *plan_.fields[field];
        sql += " AND " + column_expression(lead) + " = " +
               statement.bind(to_column(lead, plan_.branches[at].values[field]));
      }
      sql +=
          order_by(order_.column, "id") + " LIMIT " + limit + ") AS branch_" + std::to_string(at);
    }
    return sql + ") AS branches" + order_by("picked_key", "picked_id");
  }

  std::string order_by(const std::string& key, const std::string& id) const {
    const std::string direction = query_.sort.descending ? " DESC" : " ASC";
    const std::string by_id = id + direction;
    return " ORDER BY " + (order_.is_id ? by_id : key + direction + ", " + by_id);
  }

  /// FROM and WHERE of a run.
  Result<std::string> source_of(Run which, const std::optional<CursorPlace>& place,
                                Statement& statement) {
    TRY(append_source(tx_, org_, *shape_, query_.filter, query_.bin, statement));
    std::string source = std::move(statement.text);
    if (order_.may_be_null)
      source += " AND " + order_.column + (which == Run::with_value ? " IS NOT NULL" : " IS NULL");
    if (!place) return source;
    const std::string sign = query_.sort.descending ? " < " : " > ";
    if (order_.is_id || which == Run::without_value)
      return source + " AND id" + sign + statement.bind(place->id.value);
    const std::string value = statement.bind(to_column(*order_.field, place->value));
    return source + " AND (" + order_.column + ", id)" + sign + "(" + value + ", " +
           statement.bind(place->id.value) + ")";
  }

  Result<int64_t> count_with_value(const std::optional<CursorPlace>& place, int64_t at_most) {
    Statement statement(org_);
    const std::string source = TRY(source_of(Run::with_value, place, statement));
    const std::string limit = statement.bind(at_most);
    return tx_.integer(
        "SELECT COUNT(*) FROM (SELECT 1" + source + " LIMIT " + limit + ") AS skipped",
        statement.args);
  }

  void finish() {
    if (page_.records.size() <= size_t(query_.limit)) return;
    page_.records.pop_back();
    const Record& last = page_.records.back();
    page_.next_cursor = to_cursor(query_.sort, {sort_value(last), last.id});
  }

  Value sort_value(const Record& record) const {
    const int index = shape_->index_of(query_.sort.field);
    if (index >= 0) return record.values[size_t(index)];
    if (query_.sort.field == "title") return Value(record.title);
    if (query_.sort.field == "created_at") return Value(record.created_at);
    if (query_.sort.field == "updated_at") return Value(record.updated_at);
    if (query_.sort.field == "deleted_at") return Value(record.deleted_at.value_or(Instant{}));
    return Value(record.id);
  }

  db::Transaction& tx_;
  OrgId org_;
  const ShapeRef& shape_;
  const Query& query_;
  Order order_;
  ListPlan plan_;
  bool sorts_matches_ = false;
  Page page_;
};

}  // namespace

Result<Page> select_page(db::Transaction& tx, OrgId org, const ShapeRef& shape,
                         const Query& query) {
  TRY(check_page(query));
  Order order = TRY(order_of(*shape, query));
  std::optional<CursorPlace> place;
  if (!query.cursor.empty()) {
    place = TRY(place_from_cursor(query.sort, query.cursor));
    const bool is_number = kind_of(*order.field).holding == Holding::number;
    const bool fits =
        place->value.is_null() ? order.may_be_null : place->value.is_number() == is_number;
    if (!fits) return invalid("cursor", "bad_cursor", "Start again at the first page.");
  }
  return PageReader(tx, org, shape, query, std::move(order)).read(place);
}

Result<std::optional<Record>> select_one(db::Transaction& tx, OrgId org, const ShapeRef& shape,
                                         RecordId id, const Filter& filter, Bin bin) {
  Statement statement(org);
  const std::string wanted = statement.bind(id.value);
  statement.text = "SELECT " + shape->select_list();
  TRY(append_source(tx, org, *shape, filter, bin, statement));
  statement.text += " AND id = " + wanted;
  std::optional<Record> found;
  tx.for_each(statement.text, statement.args, [&](const db::RowView& row) {
    found = read_record(shape, row);
    return false;
  });
  return found;
}

Result<Count> count_up_to_cap(db::Transaction& tx, OrgId org, const ShapeRef& shape,
                              const Filter& filter, Bin bin) {
  Statement statement(org);
  statement.text = "SELECT COUNT(*) FROM (SELECT 1";
  TRY(append_source(tx, org, *shape, filter, bin, statement));
  statement.text += " LIMIT " + statement.bind(count_cap + 1) + ") AS counted";
  const int64_t counted = tx.integer(statement.text, statement.args);
  return Count{std::min(counted, count_cap), counted <= count_cap};
}

std::vector<LinkTitle> link_titles(db::Transaction& tx, OrgId org, const ModuleDef& module,
                                   std::vector<int64_t> ids) {
  std::vector<LinkTitle> titles;
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  const bool has_email = std::any_of(module.fields.begin(), module.fields.end(),
                                     [](const FieldDef& field) { return field.name == "email"; });
  const std::string select =
      fmt::format("SELECT id, title, {} FROM \"{}\" WHERE org_id = $1 AND id IN (",
                  has_email ? "email" : "''", module.table_name());
  // Few lengths of lists make few statements to prepare.
  constexpr size_t ids_per_statement = 64;
  for (size_t from = 0; from < ids.size(); from += ids_per_statement) {
    const size_t count = std::min(ids_per_statement, ids.size() - from);
    size_t places = 1;
    while (places < count) places *= 2;
    Statement statement(org);
    statement.text = select;
    for (size_t at = 0; at < places; ++at) {
      if (at > 0) statement.text += ", ";
      statement.text += statement.bind(ids[from + std::min(at, count - 1)]);
    }
    statement.text += ")";
    tx.for_each(statement.text, statement.args, [&](const db::RowView& row) {
      titles.push_back({{row.integer(0)}, std::string(row.text(1)), std::string(row.text(2))});
      return true;
    });
  }
  return titles;
}

}  // namespace tandem::records
