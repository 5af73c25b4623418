#include "desk/automation/automation_conditions.h"

#include "desk/tickets/ticket_conditions.h"
#include "records/filter.h"

namespace tandem::desk {

namespace {

Refusal naming(std::string field, Refusal refusal) {
  refusal.field = std::move(field);
  return refusal;
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
  TicketConditions read =
      TRY(read_ticket_conditions(rule.conditions_json, *tickets, now, "a rule"));
  RuleConditions conditions;
  conditions.filter = std::move(read.filter);
  conditions.depends_on_the_time = read.depends_on_the_time;
  TRY(read_changed(rule, *tickets, conditions));
  return conditions;
}

}  // namespace tandem::desk
