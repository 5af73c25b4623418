#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/crm/call.h"

// What programs ask records by: search criteria, COQL and the criteria of bulk reads say the same
// in three ways.

namespace tandem::api::crm_dialect {

enum class Comparator {
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  in,
  not_in,
  contains,
  not_contains,
  starts_with,
  not_starts_with,
  ends_with,
  not_ends_with,
  between,
  not_between,
  empty,
  not_empty
};

/// "Account_Name.Parent_Account.Industry": a column may go through so many links.
constexpr int links_followed_max = 2;

/// A condition in the dialect's words, or several joined.
struct Condition {
  enum class Kind { comparison, all_of, any_of } kind = Kind::comparison;
  std::string field = {};  // an api name; "Account_Name.Industry" asks the linked record
  Comparator comparator = Comparator::equal;
  std::vector<std::string> values = {};
  std::vector<Condition> parts = {};
};

/// `parts` joined by "and" or "or". One alone stands for itself, and parts that are joined by the
/// same word are taken in, so that pairs of pairs are no deeper than one list.
Condition joined(Condition::Kind kind, std::vector<Condition> parts);

/// "${EMPTY}" and "${NOTEMPTY}" in place of a value ask whether there is one.
Condition with_emptiness(Condition condition);

/// Refuses with invalid, naming the field as it was written: "invalid_column" for one that is none
/// or hidden, "invalid_value", "unsupported_operator" for a comparison that its kind does not know;
/// with forbidden what asks records behind a link of a module that the actor may not read.
/// What is not equal, in, like or between includes what is empty.
Result<records::Filter> filter_of(db::Transaction& tx, const Call& call, const ModuleWords& words,
                                  const Condition& condition);

/// The comparator of a word of criteria: "equals", "starts_with", "not_in".
std::optional<Comparator> comparator_of_word(std::string_view word);

/// "((Last_Name:equals:Smith)and(Email:starts_with:a))": at most 15 conditions, brackets and commas
/// of values behind a backslash. Refuses with invalid "invalid_criteria".
Result<Condition> condition_of_criteria(std::string_view criteria);

}  // namespace tandem::api::crm_dialect
