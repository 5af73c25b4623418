#pragma once

#include <string>

#include "records/record.h"

namespace tandem::records {

/// A statement on its way: its text and what is bound to it. $1 is always the organisation.
class Statement {
 public:
  explicit Statement(OrgId org) { args.emplace_back(org.value); }
  /// The placeholder of a new argument: "$4".
  std::string bind(db::Value value) {
    args.push_back(std::move(value));
    return "$" + std::to_string(args.size());
  }

  std::string text;
  db::Args args;
};

/// Appends the condition to `statement`, in brackets where needed. Columns and operators come from
/// closed sets, values are bound. Refuses with invalid: unknown field, a comparison the field's
/// kind does not know, a value of the wrong type, beyond the limits of filter.h.
///
/// A field without a value is not equal to any value (is_not and is_none_of hold), and is neither
/// before nor after one.
Result<void> compile_filter(db::Transaction& tx, OrgId org, const Shape& shape,
                            const Filter& filter, Statement& statement);

/// The field a filter or sort names: the module's own, a custom one or one that every record has.
const FieldDef* field_or_system(const Shape& shape, std::string_view name);
/// Whether conditions on this field may use this comparison.
bool knows(const FieldDef& field, Comparison comparison);
/// The word of the JSON form: "is_one_of".
std::string_view word(Comparison comparison);

}  // namespace tandem::records
