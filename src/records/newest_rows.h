#pragma once

#include <optional>
#include <string>

#include "records/store.h"

// Asking about the newest rows of a module alone, so that conditions which no index serves cost a
// bounded number of rows, however many there are.

namespace tandem::records {

/// Counts what meets `filter` up to count_cap, among at most `rows_max` rows with a value of
/// `sort_field`: the newest that the conditions with an index leave (list_plan.h). Not exact when
/// there were more rows to look at, or more than count_cap that meet it.
Result<Count> count_newest(db::Transaction& tx, OrgId org, const ShapeRef& shape,
                           const Filter& filter, const std::string& sort_field, int64_t rows_max);

/// A stretch of a list: what else its records meet, and where the next one begins.
struct Window {
  Filter filter = {};
  std::string next_cursor = {};
};
/// The stretch of the list of `query` that begins at its cursor and has about `rows_max` rows to
/// look at; nothing when fewer are left. Rows of one value of the sort field stay together; rows
/// without one, which come last, are stretches of their own. Nothing for texts either: the place
/// where a stretch ends is that of any row, and its words may not be for the reader.
/// Refuses with invalid a broken cursor.
Result<std::optional<Window>> window_of(db::Transaction& tx, OrgId org, const Shape& shape,
                                        const Query& query, int64_t rows_max);

}  // namespace tandem::records
