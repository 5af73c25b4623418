#include "records/filter.h"

namespace tandem::records {

namespace {

Filter joined(Filter::Kind kind, std::vector<Filter> parts) {
  Filter filter;
  filter.kind = kind;
  filter.parts = std::move(parts);
  return filter;
}

Filter condition(const std::string& name, Comparison comparison, std::vector<Value> values) {
  Filter filter;
  filter.kind = Filter::Kind::field;
  filter.field = name;
  filter.comparison = comparison;
  filter.values = std::move(values);
  return filter;
}

}  // namespace

Filter everything() { return {}; }

Filter nothing() { return joined(Filter::Kind::nothing, {}); }

Filter all_of(std::vector<Filter> parts) { return joined(Filter::Kind::all_of, std::move(parts)); }

Filter any_of(std::vector<Filter> parts) { return joined(Filter::Kind::any_of, std::move(parts)); }

Filter none_of(std::vector<Filter> parts) {
  return joined(Filter::Kind::none_of, std::move(parts));
}

Filter linked(std::string name, Filter part) {
  Filter filter = joined(Filter::Kind::linked, {});
  filter.field = std::move(name);
  filter.parts.push_back(std::move(part));
  return filter;
}

Filter FieldCondition::is(Value value) const {
  return condition(name_, Comparison::is, {std::move(value)});
}
Filter FieldCondition::is_not(Value value) const {
  return condition(name_, Comparison::is_not, {std::move(value)});
}
Filter FieldCondition::is_one_of(std::vector<Value> values) const {
  return condition(name_, Comparison::is_one_of, std::move(values));
}
Filter FieldCondition::is_none_of(std::vector<Value> values) const {
  return condition(name_, Comparison::is_none_of, std::move(values));
}
Filter FieldCondition::contains(std::string_view text) const {
  return condition(name_, Comparison::contains, {Value(text)});
}
Filter FieldCondition::starts_with(std::string_view text) const {
  return condition(name_, Comparison::starts_with, {Value(text)});
}
Filter FieldCondition::ends_with(std::string_view text) const {
  return condition(name_, Comparison::ends_with, {Value(text)});
}
Filter FieldCondition::is_empty() const { return condition(name_, Comparison::is_empty, {}); }
Filter FieldCondition::is_not_empty() const {
  return condition(name_, Comparison::is_not_empty, {});
}
Filter FieldCondition::before(Value value) const {
  return condition(name_, Comparison::before, {std::move(value)});
}
Filter FieldCondition::after(Value value) const {
  return condition(name_, Comparison::after, {std::move(value)});
}
Filter FieldCondition::at_least(Value value) const {
  return condition(name_, Comparison::at_least, {std::move(value)});
}
Filter FieldCondition::at_most(Value value) const {
  return condition(name_, Comparison::at_most, {std::move(value)});
}
Filter FieldCondition::between(Value low, Value high) const {
  return condition(name_, Comparison::between, {std::move(low), std::move(high)});
}

}  // namespace tandem::records
