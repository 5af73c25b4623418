#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "records/value.h"

// One filter language for lists, single reads, views, sharing, automation, sync conditions and
// every dialect's search.

namespace tandem::records {

enum class Comparison {
  is,
  is_not,
  is_one_of,
  is_none_of,
  contains,
  starts_with,
  is_empty,
  is_not_empty,
  before,
  after,
  at_least,
  at_most,
  between,
  ends_with
};

constexpr int filter_depth_max = 6;
constexpr int filter_leaves_max = 60;
constexpr int filter_values_max = 500;

/// A condition on one record. Built by the functions below, by JSON, or by a dialect.
struct Filter {
  enum class Kind { everything, nothing, field, all_of, any_of, none_of, linked };
  Kind kind = Kind::everything;
  std::string field = {};  // field and linked: the field's name; "id", "created_at", "updated_at",
                           // "deleted_at" too
  Comparison comparison = Comparison::is;
  std::vector<Value> values =
      {};  // one, two for between, several for is_one_of and is_none_of, none for is_empty
  std::vector<Filter> parts =
      {};  // all_of, any_of, none_of; linked: exactly one, on the linked module
};

Filter everything();
Filter nothing();
Filter all_of(std::vector<Filter> parts);
Filter any_of(std::vector<Filter> parts);
Filter none_of(std::vector<Filter> parts);
/// The record that link field `name` points to meets `part`.
Filter linked(std::string name, Filter part);

/// field("status").is("open")
class FieldCondition {
 public:
  explicit FieldCondition(std::string name) : name_(std::move(name)) {}
  Filter is(Value value) const;
  Filter is_not(Value value) const;
  Filter is_one_of(std::vector<Value> values) const;
  Filter is_none_of(std::vector<Value> values) const;
  Filter contains(std::string_view text) const;
  Filter starts_with(std::string_view text) const;
  Filter ends_with(std::string_view text) const;
  Filter is_empty() const;
  Filter is_not_empty() const;
  Filter before(Value value) const;
  Filter after(Value value) const;
  Filter at_least(Value value) const;
  Filter at_most(Value value) const;
  Filter between(Value low, Value high) const;

 private:
  std::string name_;
};
inline FieldCondition field(std::string name) { return FieldCondition(std::move(name)); }

class Shape;
struct FilterWords {
  RecordId me = {};  // what the value "me" stands for in a user field
  Instant now = {};  // what the value "now" stands for in date and instant fields
};

/// Reads the JSON form of docs/api/native.md. Refuses with invalid: unknown field, a comparison the
/// field's kind does not know, a value that does not fit, too deep, too many.
Result<Filter> filter_from_json(const Json& json, const Shape& shape, const FilterWords& words);

}  // namespace tandem::records
