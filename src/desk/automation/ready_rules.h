#pragma once

#include <memory>
#include <vector>

#include "desk/automation/automation_actions.h"
#include "desk/automation/automation_conditions.h"
#include "desk/desk.h"

// The rules of an organisation, read and understood once, for all who ask them.

namespace tandem::desk {

struct ReadyRule {
  AutomationRule rule;
  RuleConditions conditions;
  std::vector<Result<Action>> actions;
};

struct ReadyRules {
  int64_t version = 0;
  records::ShapeRef shape;
  std::vector<ReadyRule> rules;  // active ones, in order
  bool has_timed = false;
};

/// Nothing while the organisation never had a rule. The answer is kept between calls and counts
/// only while the version, which is read in this very transaction, and the fields of tickets are
/// those it was read for; so each node notices a change that another one made. A rule whose
/// conditions can't be read any more is left out; the settings say why.
std::shared_ptr<const ReadyRules> ready_rules(db::Transaction& tx, OrgId org,
                                              const records::ShapeRef& tickets);

/// Whether the ticket, as it stands in memory, meets the rule's conditions.
bool is_met(const ReadyRule& ready, const records::Record& ticket, Instant now);

/// What the rules do in one round, counted.
struct RoundOfActs {
  int acts = 0;
  bool is_over = false;
};

/// Does what the rule says, action by action, under its name. `ticket` is read again after each.
/// What is refused is noted in the history with its reason (automation_refused). `desk`: for rules
/// that write mails; null for others.
Result<void> act_by_rule(db::Transaction& tx, const records::Catalogue& catalogue,
                         const ReadyRule& ready, records::Record& ticket, RoundOfActs& round,
                         OrgId org, const Desk* desk = nullptr);

}  // namespace tandem::desk
