#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/actor.h"
#include "base/json.h"
#include "desk/automation/automation_actions.h"
#include "desk/service_levels/service_levels.h"

// The rules by which tickets are worked on automatically: kept here, run by automation.h. Manual,
// Automation 1.1.

namespace tandem::desk {

constexpr size_t automation_rules_max = 100;
constexpr int64_t automation_name_chars_max = 100;
constexpr size_t automation_conditions_bytes_max = 20'000;

/// What starts a rule.
enum class RuleEvent {
  ticket_created,
  ticket_updated,
  customer_replied,
  agent_replied,
  comment_added,
  status_changed,
  time_passed
};
std::string_view word(RuleEvent event);
std::optional<RuleEvent> rule_event_from_word(std::string_view word);

/// What a rule of time counts from. Manual, Automation 3.1.
enum class RuleMoment { created, customer_spoke, agent_spoke, status_changed, due, unassigned };
std::string_view word(RuleMoment moment);
std::optional<RuleMoment> rule_moment_from_word(std::string_view word);

constexpr int64_t rule_wait_minutes_max = 365 * 24 * 60;

struct AutomationRule {
  RecordId id = {};
  std::string name = {};
  int64_t position = 0;  // 1 is asked first
  bool is_active = true;
  RecordId department = {};  // 0: all
  RuleEvent event = RuleEvent::ticket_created;
  std::string conditions_json = "{}";  // a filter on tickets, as filter_from_json reads it
  std::string changed_field = {};      // "": whatever changed
  std::string changed_to_json = {};    // "": whatever it became
  std::string actions_json = "[]";     // automation_actions.h
  Instant created_at = {};
  // Of a rule of time alone:
  RuleMoment moment = RuleMoment::created;
  int64_t wait_minutes = 0;  // after the moment; before it when negative, which only `due` takes
  Counting counting = Counting::day_and_night;
  bool takes_earlier = false;  // acts also where its time was over when it was made
  Instant counts_from = {};    // given here: what came due before is left alone

  bool is_timed() const { return event == RuleEvent::time_passed; }
};

/// In order. Refuses with forbidden who does not manage the organisation; so do all below.
Result<std::vector<AutomationRule>> list_automation_rules(db::Transaction& tx,
                                                          const access::Actor& actor);
Result<AutomationRule> find_automation_rule(db::Transaction& tx, const access::Actor& actor,
                                            RecordId id);
/// `id` and `created_at` are given here; position 0 is the last one, and whatever stands there or
/// behind moves on. Refuses: invalid (name, department, conditions, changed, timing, actions,
/// too_many), conflict "duplicate".
Result<AutomationRule> add_automation_rule(db::Transaction& tx, const access::Actor& actor,
                                           AutomationRule wanted);
/// Refuses also: not_found.
Result<AutomationRule> change_automation_rule(db::Transaction& tx, const access::Actor& actor,
                                              AutomationRule wanted);
/// Refuses: not_found.
Result<void> remove_automation_rule(db::Transaction& tx, const access::Actor& actor, RecordId id);

/// Why the rule can't run as it stands, because a field or choice went: "" when it can.
std::string problem_of(db::Transaction& tx, const access::Actor& actor, const AutomationRule& rule);

/// What an added rule must be, for looking at one that is not kept. Answers it with the actions as
/// they would be stored. Refuses as add_automation_rule does, names aside.
Result<AutomationRule> checked_rule(db::Transaction& tx, const access::Actor& actor,
                                    AutomationRule wanted);

/// What such a rule may do.
ActionsOf actions_of(const AutomationRule& rule);

/// Moves on with every change of the rules; 0 while there never was one. For the room itself.
int64_t automation_version(db::Transaction& tx, OrgId org);
/// The active ones, in order. For the room itself.
std::vector<AutomationRule> active_automation_rules(db::Transaction& tx, OrgId org);

}  // namespace tandem::desk
