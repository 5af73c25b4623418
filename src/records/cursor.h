#pragma once

#include <optional>
#include <string>

#include "records/store.h"

namespace tandem::records {

/// Where a page ended: the last record's value of the sort field (null: among the records without
/// one, which come last) and its id.
struct CursorPlace {
  Value value = {};
  RecordId id = {};
};

std::string to_cursor(const Sort& sort, const CursorPlace& place);
/// Refuses with invalid "bad_cursor" what was not made by to_cursor() for the same sort.
Result<CursorPlace> place_from_cursor(const Sort& sort, const std::string& cursor);

}  // namespace tandem::records
