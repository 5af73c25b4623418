#include "desk/automation/automation_rules.h"

#include <algorithm>

#include "access/audit.h"
#include "base/names.h"
#include "desk/automation/automation_actions.h"
#include "desk/automation/automation_conditions.h"
#include "desk/automation/timed_checks.h"
#include "desk/departments.h"
#include "desk/modules.h"
#include "desk/webhooks/webhook_calls.h"

namespace tandem::desk {

namespace {

constexpr RuleEvent rule_events[] = {RuleEvent::ticket_created,   RuleEvent::ticket_updated,
                                     RuleEvent::customer_replied, RuleEvent::agent_replied,
                                     RuleEvent::comment_added,    RuleEvent::status_changed,
                                     RuleEvent::time_passed};

constexpr RuleMoment rule_moments[] = {RuleMoment::created,     RuleMoment::customer_spoke,
                                       RuleMoment::agent_spoke, RuleMoment::status_changed,
                                       RuleMoment::due,         RuleMoment::unassigned};

Result<void> require_duty(const access::Actor& actor) {
  return access::require_duty(actor, access::Duty::manage_organisation);
}

constexpr std::string_view query =
    "SELECT id, name, position, is_active, department_id, event, conditions, changed_field, "
    "changed_to, actions, created_at, moment, wait_minutes, counting, counts_from "
    "FROM automation_rules WHERE org_id = $1";

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
  rule.moment = rule_moment_from_word(row.text(11)).value_or(RuleMoment::created);
  rule.wait_minutes = row.integer(12);
  rule.counting = counting_from_word(row.text(13)).value_or(Counting::day_and_night);
  rule.counts_from = Instant{row.integer(14)};
  rule.takes_earlier = rule.is_timed() && rule.counts_from == Instant{};
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

/// A new id and not the next number: a rolled back change must not leave a version behind that
/// another change uses again for other rules.
void renew_version(db::Transaction& tx, OrgId org) {
  tx.execute("UPDATE organisations SET automation_version = $2 WHERE id = $1",
             {org.value, tx.new_id()});
}

Result<void> name_fits(db::Transaction& tx, OrgId org, AutomationRule& wanted) {
  wanted.name =
      TRY(checked_name(wanted.name, {.of = "the rule", .chars_max = automation_name_chars_max}));
  if (tx.row("SELECT 1 FROM automation_rules WHERE org_id = $1 AND name = $2 AND id <> $3",
             {org.value, wanted.name, wanted.id.value})) {
    return conflict("duplicate", "Choose another name; this one is taken.", "name");
  }
  return {};
}

Result<void> department_fits(db::Transaction& tx, OrgId org, const AutomationRule& wanted) {
  if (!wanted.department || is_department(tx, org, wanted.department)) return {};
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

/// Manual, Automation 3.1 and 3.2.
Result<void> timing_fits(AutomationRule& wanted) {
  if (!wanted.is_timed()) {
    wanted.moment = RuleMoment::created;
    wanted.wait_minutes = 0;
    wanted.counting = Counting::day_and_night;
    return {};
  }
  if (!wanted.changed_field.empty()) {
    return invalid("changed", "not_for_time", "Leave out changed; time alone starts this rule.");
  }
  const bool is_due = wanted.moment == RuleMoment::due;
  if (wanted.wait_minutes < (is_due ? -rule_wait_minutes_max : 1) ||
      wanted.wait_minutes > rule_wait_minutes_max) {
    return invalid("timing", "out_of_range", "Give 1 minute to 365 days; before a due date only.");
  }
  if (wanted.wait_minutes < 0 && wanted.counting == Counting::business_hours) {
    return invalid("timing", "before_in_hours", "Count the time before a due date day and night.");
  }
  return {};
}

bool counts_alike(const AutomationRule& one, const AutomationRule& other) {
  return one.event == other.event && one.moment == other.moment &&
         one.wait_minutes == other.wait_minutes && one.counting == other.counting &&
         one.is_active == other.is_active && one.takes_earlier == other.takes_earlier;
}

void write_rule(db::Transaction& tx, OrgId org, const AutomationRule& rule) {
  tx.execute(
      "INSERT INTO automation_rules (org_id, id, name, position, is_active, department_id, event, "
      "conditions, changed_field, changed_to, actions, created_at, moment, wait_minutes, counting, "
      "counts_from) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) "
      "ON CONFLICT (org_id, id) DO UPDATE SET name = excluded.name, position = excluded.position, "
      "is_active = excluded.is_active, department_id = excluded.department_id, "
      "event = excluded.event, conditions = excluded.conditions, "
      "changed_field = excluded.changed_field, changed_to = excluded.changed_to, "
      "actions = excluded.actions, moment = excluded.moment, "
      "wait_minutes = excluded.wait_minutes, counting = excluded.counting, "
      "counts_from = excluded.counts_from",
      {org.value, rule.id.value, rule.name, rule.position, int64_t{rule.is_active},
       db::arg(rule.department), std::string(word(rule.event)), rule.conditions_json,
       rule.changed_field, rule.changed_to_json, rule.actions_json, db::arg(rule.created_at),
       std::string(rule.is_timed() ? word(rule.moment) : ""), rule.wait_minutes,
       std::string(rule.is_timed() ? word(rule.counting) : ""), db::arg(rule.counts_from)});
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
  wanted = TRY(checked_rule(tx, actor, std::move(wanted)));
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
    case RuleEvent::time_passed: return "time_passed";
  }
  return "ticket_created";
}

std::string_view word(RuleMoment moment) {
  switch (moment) {
    case RuleMoment::created: return "created";
    case RuleMoment::customer_spoke: return "customer_spoke";
    case RuleMoment::agent_spoke: return "agent_spoke";
    case RuleMoment::status_changed: return "status_changed";
    case RuleMoment::due: return "due";
    case RuleMoment::unassigned: return "unassigned";
  }
  return "created";
}

std::optional<RuleMoment> rule_moment_from_word(std::string_view text) {
  for (const RuleMoment moment : rule_moments) {
    if (word(moment) == text) return moment;
  }
  return std::nullopt;
}

std::optional<RuleEvent> rule_event_from_word(std::string_view text) {
  for (const RuleEvent event : rule_events) {
    if (word(event) == text) return event;
  }
  return std::nullopt;
}

ActionsOf actions_of(const AutomationRule& rule) {
  return rule.is_timed() ? ActionsOf::timed_rule : ActionsOf::rule;
}

Result<AutomationRule> checked_rule(db::Transaction& tx, const access::Actor& actor,
                                    AutomationRule wanted) {
  TRY(require_duty(actor));
  TRY(department_fits(tx, actor.org, wanted));
  TRY(timing_fits(wanted));
  TRY(conditions_fit(tx, actor, wanted));
  const Json actions = TRY(json_from_text(wanted.actions_json));
  wanted.actions_json = TRY(checked_actions(tx, actor, actions, actions_of(wanted)));
  return wanted;
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
  wanted.counts_from = wanted.takes_earlier ? Instant{} : tx.now();
  const bool is_timed = wanted.is_timed();
  AutomationRule kept = TRY(keep(tx, actor, std::move(wanted), "automation_rule_added"));
  if (is_timed) watch_open_tickets(tx, actor.org);
  return kept;
}

Result<AutomationRule> change_automation_rule(db::Transaction& tx, const access::Actor& actor,
                                              AutomationRule wanted) {
  const AutomationRule before = TRY(find_automation_rule(tx, actor, wanted.id));
  wanted.created_at = before.created_at;
  wanted.counts_from = wanted.takes_earlier ? Instant{} : tx.now();
  if (counts_alike(before, wanted)) wanted.counts_from = before.counts_from;
  const bool is_timed = before.is_timed() || wanted.is_timed();
  AutomationRule kept = TRY(keep(tx, actor, std::move(wanted), "automation_rule_changed"));
  if (is_timed) watch_open_tickets(tx, actor.org);
  return kept;
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
  for (const Result<Action>& action : stored_actions(rule.actions_json, *shape, actions_of(rule))) {
    if (!action) return action.error().message;
    if (!action->webhook) continue;
    std::string why = problem_of_call(tx, actor.org, action->webhook);
    if (!why.empty()) return why;
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
