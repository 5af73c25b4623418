#include "records/list_plan.h"

#include <algorithm>

#include "records/fields/field_kind.h"

namespace tandem::records {

namespace {

constexpr size_t branches_max = 32;

/// The conditions that must all hold.
void collect(const Filter& filter, std::vector<const Filter*>& conditions) {
  if (filter.kind == Filter::Kind::field) conditions.push_back(&filter);
  if (filter.kind != Filter::Kind::all_of) return;
  for (const Filter& part : filter.parts) collect(part, conditions);
}

/// What a condition lets a field be, each once; nothing when it is no choice between few values.
std::vector<Value> alternatives(const FieldDef& field, const Filter& condition) {
  const bool names_values =
      condition.comparison == Comparison::is || condition.comparison == Comparison::is_one_of;
  const FieldKindDef& kind = kind_of(field);
  if (!names_values || kind.folds_case || condition.values.size() > branches_max) return {};
  std::vector<Value> values;
  for (const Value& value : condition.values) {
    const bool fits = kind.holding == Holding::number
                          ? value.is_number()
                          : kind.holding == Holding::text && value.is_text();
    if (!fits) return {};
    if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
  }
  return values;
}

/// The shortest choice that the conditions leave for a field.
std::vector<Value> alternatives(const Shape& shape, const std::vector<const Filter*>& conditions,
                                const std::string& name) {
  std::vector<Value> best;
  const FieldDef* field = shape.find(name);
  if (field == nullptr || field->custom) return best;
  for (const Filter* condition : conditions) {
    if (condition->field != name) continue;
    std::vector<Value> values = alternatives(*field, *condition);
    if (!values.empty() && (best.empty() || values.size() < best.size())) best = std::move(values);
  }
  return best;
}

/// The fields that lead an index before the sort field; empty when the index gives another order.
std::vector<std::string> leading_fields(const std::vector<std::string>& index,
                                        const std::string& sort_field) {
  // What stands behind the id is carried and gives no order.
  const auto id = std::find(index.begin(), index.end(), "id");
  const std::vector<std::string> ordering(index.begin(), id);
  if (sort_field == "id") return ordering;
  if (ordering.size() < 2 || ordering.back() != sort_field) return {};
  return {ordering.begin(), ordering.end() - 1};
}

std::vector<Branch> combined(const std::vector<std::vector<Value>>& choices) {
  std::vector<Branch> branches(1);
  for (const std::vector<Value>& choice : choices) {
    std::vector<Branch> longer;
    for (const Branch& branch : branches) {
      for (const Value& value : choice) {
        longer.push_back(branch);
        longer.back().values.push_back(value);
      }
    }
    branches = std::move(longer);
  }
  return branches;
}

}  // namespace

std::vector<ListPlan> list_plans(const Shape& shape, const Filter& filter,
                                 const std::string& sort_field) {
  std::vector<const Filter*> conditions;
  collect(filter, conditions);
  std::vector<ListPlan> plans;
  if (conditions.empty()) return plans;
  for (const std::vector<std::string>& index : shape.module().indexes) {
    const std::vector<std::string> names = leading_fields(index, sort_field);
    if (names.empty()) continue;
    std::vector<std::vector<Value>> choices;
    size_t count = 1;
    for (const std::string& name : names) {
      choices.push_back(alternatives(shape, conditions, name));
      count *= choices.back().size();
      if (count == 0 || count > branches_max) break;
    }
    if (count == 0 || count > branches_max) continue;
    ListPlan plan;
    for (const std::string& name : names) plan.fields.push_back(shape.find(name));
    plan.branches = combined(choices);
    plans.push_back(std::move(plan));
  }
  return plans;
}

ListPlan plan_list(const Shape& shape, const Filter& filter, const std::string& sort_field) {
  ListPlan best;
  for (ListPlan& plan : list_plans(shape, filter, sort_field)) {
    if (plan.fields.size() > best.fields.size()) best = std::move(plan);
  }
  return best;
}

bool asks_for_flagged(const Shape& shape, const Filter& filter) {
  std::vector<const Filter*> conditions;
  collect(filter, conditions);
  const std::vector<Value> set{Value(int64_t{1})};
  for (const std::vector<std::string>& index : shape.module().indexes) {
    const FieldDef* lead = shape.find(index.front());
    if (lead == nullptr || lead->kind != FieldKind::boolean) continue;
    if (alternatives(shape, conditions, lead->name) == set) return true;
  }
  return false;
}

bool allows_no_value(const Filter& filter, const std::string& field) {
  std::vector<const Filter*> conditions;
  collect(filter, conditions);
  return std::none_of(conditions.begin(), conditions.end(), [&](const Filter* condition) {
    if (condition->field != field) return false;
    const bool names_none = std::any_of(condition->values.begin(), condition->values.end(),
                                        [](const Value& value) { return value.is_null(); });
    switch (condition->comparison) {
      case Comparison::is:
      case Comparison::is_one_of: return !names_none;
      case Comparison::is_not:
      case Comparison::is_none_of: return names_none;
      case Comparison::is_empty: return false;
      case Comparison::is_not_empty:
      case Comparison::contains:
      case Comparison::starts_with:
      case Comparison::ends_with:
      case Comparison::before:
      case Comparison::after:
      case Comparison::at_least:
      case Comparison::at_most:
      case Comparison::between: return true;
    }
    return false;
  });
}

}  // namespace tandem::records
