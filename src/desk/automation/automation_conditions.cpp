#include "desk/automation/automation_conditions.h"

#include <algorithm>

#include "records/filter.h"

namespace tandem::desk {

namespace {

Refusal naming(std::string field, Refusal refusal) {
  refusal.field = std::move(field);
  return refusal;
}

Result<records::Filter> filter_at(const Json& json, const records::Shape& tickets, RecordId me,
                                  Instant now) {
  Result<records::Filter> filter = records::filter_from_json(json, tickets, {.me = me, .now = now});
  if (!filter) return naming("conditions", filter.error());
  return std::move(*filter);
}

/// Conditions hold values of who looks and when; what comes out otherwise at another time, or for
/// another person, depends on it.
bool are_the_same(const records::Filter& one, const records::Filter& other) {
  return one.values == other.values &&
         std::equal(one.parts.begin(), one.parts.end(), other.parts.begin(), other.parts.end(),
                    are_the_same);
}

Result<void> read_changed(const AutomationRule& rule, const records::Shape& tickets,
                          RuleConditions& conditions) {
  if (rule.changed_field.empty()) return {};
  conditions.changed_field = tickets.index_of(rule.changed_field);
  if (conditions.changed_field < 0) {
    return invalid("changed", "unknown_field", "Choose a field that tickets have.");
  }
  if (rule.changed_to_json.empty()) return {};
  const Json json = TRY(json_from_text(rule.changed_to_json));
  conditions.changed_to = records::Value();
  if (json.is_null()) return {};
  const records::FieldDef& field = tickets.fields()[size_t(conditions.changed_field)];
  Result<records::Value> value = records::value_from_json(field, json);
  if (!value) return naming("changed", value.error());
  conditions.changed_to = std::move(*value);
  return {};
}

}  // namespace

Result<RuleConditions> read_conditions(const AutomationRule& rule, const records::ShapeRef& tickets,
                                       Instant now) {
  // No record has these ids.
  constexpr RecordId somebody{INT64_MIN}, somebody_else{INT64_MIN + 1};
  const Json json = TRY(json_from_text(rule.conditions_json));
  RuleConditions conditions;
  conditions.filter = TRY(filter_at(json, *tickets, somebody, now));
  const records::Filter otherwise = TRY(filter_at(json, *tickets, somebody_else, now));
  if (!are_the_same(conditions.filter, otherwise)) {
    return invalid("conditions", "asks_for_me",
                   "Name a person; a rule does not know who is looking.");
  }
  const records::Filter later = TRY(filter_at(json, *tickets, somebody, now + 2 * day_ms));
  conditions.depends_on_the_time = !are_the_same(conditions.filter, later);
  TRY(read_changed(rule, *tickets, conditions));
  return conditions;
}

}  // namespace tandem::desk
