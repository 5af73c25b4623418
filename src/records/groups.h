#pragma once

#include <string>
#include <vector>

#include "records/store.h"

// Figures of the records outside the recycle bin that meet a filter, in groups of equal values; and
// lists in an order that no index has. Both look at every record that meets the filter, so that
// there is a limit on how many these may be.

namespace tandem::records {

constexpr int64_t rows_looked_at_max = 100'000;
constexpr int groups_max = 2'000;

enum class Figure { count, sum, average, smallest, largest };

struct FigureOf {
  Figure figure = Figure::count;
  std::string field = {};  // count counts those with a value; "id" all
};

/// By a key (its place in `by`), or by a figure (its place in `figures`).
struct GroupOrder {
  enum class What { key, figure } what = What::key;
  size_t place = 0;
  bool descending = false;
};

struct GroupQuery {
  Filter filter = {};
  std::vector<std::string> by = {};  // fields; none makes one group of all
  std::vector<FigureOf> figures = {};
  /// Then by the keys. Links by what their records are called; what has no value comes last.
  std::vector<GroupOrder> order = {};
  int64_t offset = 0;
  int limit = 200;  // 1 to groups_max
};

/// `value`: of an average the sum; without a value when there were none. `of`: how many values.
struct FigureValue {
  Value value = {};
  int64_t of = 0;
};

struct Group {
  std::vector<Value> keys = {};
  std::vector<FigureValue> figures = {};
};

/// Refuses with invalid: unknown_field, not_groupable (a list), not_countable (a figure of what is
/// no number), out_of_range (limit; a sum beyond 63 bits), too_many_rows.
Result<std::vector<Group>> select_groups(db::Transaction& tx, OrgId org, const Shape& shape,
                                         const GroupQuery& query);

/// Counts up to `cap` and then stops.
Result<Count> count_up_to(db::Transaction& tx, OrgId org, const Shape& shape, const Filter& filter,
                          int64_t cap);

struct FieldOrder {
  /// Of a link: by its id, or by what its record is called.
  enum class By { value, title };
  std::string field = {};
  bool descending = false;
  By by = By::value;
};

struct OrderedQuery {
  Filter filter = {};
  std::vector<FieldOrder> order = {};  // then by id; what has no value comes last
  int64_t offset = 0;
  int limit = 200;  // 1 to groups_max
};

/// Refuses with invalid: unknown_field, not_sortable (a list; by the title of what is no link),
/// out_of_range, too_many_rows.
Result<std::vector<Record>> select_ordered(db::Transaction& tx, OrgId org, const ShapeRef& shape,
                                           const OrderedQuery& query);

}  // namespace tandem::records
