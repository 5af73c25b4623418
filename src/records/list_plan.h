#pragma once

#include <string>
#include <vector>

#include "records/filter.h"
#include "records/shape.h"

namespace tandem::records {

/// One branch of a list: every field has exactly one value.
struct Branch {
  std::vector<Value> values = {};
};

/// How to read the first rows of a list without sorting what it matches. An index (department,
/// status, due_at) holds each department's tickets of one status in the order of due_at, but those
/// of two departments only one after the other. So "department is one of A, B and status is one of
/// open, on hold, by due_at" is read as four lists of one department and one status each, which are
/// merged; each costs a page, however many tickets there are. Left to itself, SQLite would read and
/// sort all that match.
struct ListPlan {
  std::vector<const FieldDef*> fields = {};
  std::vector<Branch> branches = {};  // at most one: a plain query does as well
};

/// Every plan for a filter and a sort field of `shape`, from the indexes that the module declares.
std::vector<ListPlan> list_plans(const Shape& shape, const Filter& filter,
                                 const std::string& sort_field);
/// The one of them that pins most fields; an empty one when there is none.
ListPlan plan_list(const Shape& shape, const Filter& filter, const std::string& sort_field);

/// Whether the filter asks for a flag that is set (a ticket that is shared), and an index leads
/// with the flag. Few records have one: they are found by that index and sorted, where the order of
/// another field would lead past all the others.
bool asks_for_flagged(const Shape& shape, const Filter& filter);

/// Whether a record without a value of `field` can meet `filter`, as far as can be told from the
/// conditions that must all hold.
bool allows_no_value(const Filter& filter, const std::string& field);

}  // namespace tandem::records
