#include "desk/automation/automation_rules.h"

#include <algorithm>
#include <cstring>

#include "access/audit.h"
#include "base/crypto.h"
#include "base/text.h"
#include "desk/automation/automation_actions.h"
#include "desk/automation/automation_conditions.h"
#include "desk/modules.h"

namespace tandem::desk {

namespace {

constexpr RuleEvent rule_events[] = {RuleEvent::ticket_created,   RuleEvent::ticket_updated,
                                     RuleEvent::customer_replied, RuleEvent::agent_replied,
                                     RuleEvent::comment_added,    RuleEvent::status_changed};

Result<void> require_duty(const access::Actor& actor) {
  return access::require_duty(actor, access::Duty::manage_organisation);
}

constexpr std::string_view query =
    "SELECT id, name, position, is_active, department_id, event, conditions, changed_field, "
    "changed_to, actions, created_at FROM automation_rules WHERE org_id = $1";

AutomationRule rule_in(const db::RowView& row) {
  AutomationRule rule;
  rule.id = RecordId{row.integer(0)};
  rule.name = row.text(1);
  rule.position = row.integer(2);
  rule.is_active = row.integer(3) != 0;
  rule.department = RecordId{row.integer(4)};
  rule.event = rule_event_from_word(row.text(5)).value_or(RuleEvent::ticket_created);
  rule.conditions_json = row.text(6);
  rule.changed_field = row.text(7);
  rule.changed_to_json = row.text(8);
  rule.actions_json = row.text(9);
  rule.created_at = Instant{row.integer(10)};
  return rule;
}

std::vector<AutomationRule> rules_where(db::Transaction& tx, const std::string& more,
                                        const db::Args& args) {
  std::vector<AutomationRule> rules;
  tx.for_each(std::string(query) + more, args, [&](const db::RowView& row) {
    rules.push_back(rule_in(row));
    return true;
  });
  return rules;
}

std::vector<AutomationRule> all_rules(db::Transaction& tx, OrgId org) {
  return rules_where(tx, " ORDER BY position, id", {org.value});
}

/// A random number and not the next one: a rolled back change must not leave a version behind that
/// another change uses again for other rules.
void renew_version(db::Transaction& tx, OrgId org) {
  const std::string bytes = random_bytes(sizeof(int64_t));
  int64_t version = 0;
  std::memcpy(&version, bytes.data(), sizeof version);
  tx.execute("UPDATE organisations SET automation_version = $2 WHERE id = $1",
             {org.value, (version & INT64_MAX) | 1});
}

Result<void> name_fits(db::Transaction& tx, OrgId org, AutomationRule& wanted) {
  wanted.name = std::string(trim(wanted.name));
  if (wanted.name.empty()) return invalid("name", "required", "Give the rule a name.");
  if (count_chars(wanted.name) > automation_name_chars_max) {
    return invalid("name", "too_long", "Shorten the name to 100 characters.");
  }
  if (tx.row("SELECT 1 FROM automation_rules WHERE org_id = $1 AND name = $2 AND id <> $3",
             {org.value, wanted.name, wanted.id.value})) {
    return conflict("duplicate", "Choose another name; this one is taken.", "name");
  }
  return {};
}

Result<void> department_fits(db::Transaction& tx, OrgId org, const AutomationRule& wanted) {
  if (!wanted.department) return {};
  if (tx.row("SELECT 1 FROM departments WHERE org_id = $1 AND id = $2 AND deleted_at IS NULL",
             {org.value, wanted.department.value})) {
    return {};
  }
  return invalid("department", "not_found", "Choose a department that exists.");
}

Result<void> conditions_fit(db::Transaction& tx, const access::Actor& actor,
                            const AutomationRule& wanted) {
  if (wanted.conditions_json.size() > automation_conditions_bytes_max) {
    return invalid("conditions", "too_long", "Use fewer or shorter conditions.");
  }
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, tickets_module());
  TRY(read_conditions(wanted, shape, tx.now()));
  return {};
}

void write_rule(db::Transaction& tx, OrgId org, const AutomationRule& rule) {
  tx.execute(
      "INSERT INTO automation_rules (org_id, id, name, position, is_active, department_id, event, "
      "conditions, changed_field, changed_to, actions, created_at) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) "
      "ON CONFLICT (org_id, id) DO UPDATE SET name = excluded.name, position = excluded.position, "
      "is_active = excluded.is_active, department_id = excluded.department_id, "
      "event = excluded.event, conditions = excluded.conditions, "
      "changed_field = excluded.changed_field, changed_to = excluded.changed_to, "
      "actions = excluded.actions",
      {org.value, rule.id.value, rule.name, rule.position, int64_t{rule.is_active},
       db::arg(rule.department), std::string(word(rule.event)), rule.conditions_json,
       rule.changed_field, rule.changed_to_json, rule.actions_json, db::arg(rule.created_at)});
}

/// Numbers them from 1.
void write_positions(db::Transaction& tx, OrgId org, const std::vector<AutomationRule>& order) {
  int64_t position = 0;
  for (const AutomationRule& one : order) {
    tx.execute("UPDATE automation_rules SET position = $3 WHERE org_id = $1 AND id = $2",
               {org.value, one.id.value, ++position});
  }
}

/// All of them, with `placed` at its position; 0 is the end.
void put_in_order(db::Transaction& tx, OrgId org, const AutomationRule& placed) {
  std::vector<AutomationRule> order = all_rules(tx, org);
  std::erase_if(order, [&](const AutomationRule& one) { return one.id == placed.id; });
  const size_t end = order.size();
  const size_t wanted = placed.position > 0 ? size_t(placed.position - 1) : end;
  order.insert(order.begin() + ptrdiff_t(std::min(wanted, end)), placed);
  write_positions(tx, org, order);
}

Result<AutomationRule> keep(db::Transaction& tx, const access::Actor& actor, AutomationRule wanted,
                            std::string_view what) {
  TRY(name_fits(tx, actor.org, wanted));
  TRY(department_fits(tx, actor.org, wanted));
  TRY(conditions_fit(tx, actor, wanted));
  const Json actions = TRY(json_from_text(wanted.actions_json));
  wanted.actions_json = TRY(checked_actions(tx, actor, actions, ActionsOf::rule));
  write_rule(tx, actor.org, wanted);
  put_in_order(tx, actor.org, wanted);
  renew_version(tx, actor.org);
  access::audit(tx, actor, what, wanted.name);
  return find_automation_rule(tx, actor, wanted.id);
}

}  // namespace

std::string_view word(RuleEvent event) {
  switch (event) {
    case RuleEvent::ticket_created: return "ticket_created";
    case RuleEvent::ticket_updated: return "ticket_updated";
    case RuleEvent::customer_replied: return "customer_replied";
    case RuleEvent::agent_replied: return "agent_replied";
    case RuleEvent::comment_added: return "comment_added";
    case RuleEvent::status_changed: return "status_changed";
  }
  return "ticket_created";
}

std::optional<RuleEvent> rule_event_from_word(std::string_view text) {
  for (const RuleEvent event : rule_events) {
    if (word(event) == text) return event;
  }
  return std::nullopt;
}

Result<std::vector<AutomationRule>> list_automation_rules(db::Transaction& tx,
                                                          const access::Actor& actor) {
  TRY(require_duty(actor));
  return all_rules(tx, actor.org);
}

Result<AutomationRule> find_automation_rule(db::Transaction& tx, const access::Actor& actor,
                                            RecordId id) {
  TRY(require_duty(actor));
  std::vector<AutomationRule> found = rules_where(tx, " AND id = $2", {actor.org.value, id.value});
  if (found.empty()) return not_found("There is no such rule.");
  return std::move(found.front());
}

Result<AutomationRule> add_automation_rule(db::Transaction& tx, const access::Actor& actor,
                                           AutomationRule wanted) {
  TRY(require_duty(actor));
  if (all_rules(tx, actor.org).size() >= automation_rules_max) {
    return invalid("name", "too_many", "Remove a rule first; there may be 100.");
  }
  wanted.id = RecordId{tx.new_id()};
  wanted.created_at = tx.now();
  return keep(tx, actor, std::move(wanted), "automation_rule_added");
}

Result<AutomationRule> change_automation_rule(db::Transaction& tx, const access::Actor& actor,
                                              AutomationRule wanted) {
  const AutomationRule before = TRY(find_automation_rule(tx, actor, wanted.id));
  wanted.created_at = before.created_at;
  return keep(tx, actor, std::move(wanted), "automation_rule_changed");
}

Result<void> remove_automation_rule(db::Transaction& tx, const access::Actor& actor, RecordId id) {
  const AutomationRule rule = TRY(find_automation_rule(tx, actor, id));
  tx.execute("DELETE FROM automation_rules WHERE org_id = $1 AND id = $2",
             {actor.org.value, id.value});
  tx.execute("DELETE FROM automation_turns WHERE org_id = $1 AND source_id = $2",
             {actor.org.value, id.value});
  write_positions(tx, actor.org, all_rules(tx, actor.org));
  renew_version(tx, actor.org);
  access::audit(tx, actor, "automation_rule_removed", rule.name);
  return {};
}

std::string problem_of(db::Transaction& tx, const access::Actor& actor,
                       const AutomationRule& rule) {
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, tickets_module());
  const Result<RuleConditions> conditions = read_conditions(rule, shape, tx.now());
  if (!conditions) return conditions.error().message;
  for (const Result<Action>& action : stored_actions(rule.actions_json, *shape, ActionsOf::rule)) {
    if (!action) return action.error().message;
  }
  return "";
}

int64_t automation_version(db::Transaction& tx, OrgId org) {
  return tx.integer("SELECT automation_version FROM organisations WHERE id = $1", {org.value});
}

std::vector<AutomationRule> active_automation_rules(db::Transaction& tx, OrgId org) {
  return rules_where(tx, " AND is_active = 1 ORDER BY position, id", {org.value});
}

}  // namespace tandem::desk
