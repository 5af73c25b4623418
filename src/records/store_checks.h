#pragma once

#include <vector>

#include "records/record.h"

namespace tandem::records {

/// Brings what rules and callers set into the form that is stored: the checks of value_from_json,
/// for every value that differs from before. All faults together, invalid.
Result<void> normalise_values(Change& change);

/// Positions of the fields whose stored value will differ.
std::vector<size_t> changed_fields(const Change& change);

/// Refuses with invalid "no_such_record" a link to what this organisation does not have. What is in
/// the recycle bin may still be linked to.
Result<void> check_links(const Change& change, const std::vector<size_t>& fields);

/// Gives the next number of each auto_number field that has none; a number that an import brings
/// moves the counter on.
void give_numbers(Change& change);

/// The record's name: title_of, or the text of the first field; at most 255 characters.
std::string title_of(const Record& record);

/// Whether the record's name is made of this field.
bool is_in_title(const ShapeRef& shape, const FieldDef& field);

/// {"status":["open","closed"]}; a created record's values come from null. Long texts are
/// abbreviated.
std::string changes_json_of(const Change& change, const std::vector<size_t>& fields);

}  // namespace tandem::records
