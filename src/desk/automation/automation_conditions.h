#pragma once

#include <optional>
#include <string>

#include "desk/automation/automation_rules.h"
#include "records/record.h"

// When a rule applies. Conditions are asked of the ticket as it stands in memory: it was written a
// moment ago, and fifty rules that each ask the database would cost more than the ticket's insert.

namespace tandem::desk {

/// The condition of a rule, read for one shape of tickets.
struct RuleConditions {
  records::Filter filter = {};
  /// "now" and days that are counted from today mean another moment each time.
  bool depends_on_the_time = false;
  int changed_field = -1;  // position in the shape; -1: whatever changed
  std::optional<records::Value> changed_to = {};
};

/// Refuses with invalid (conditions, changed): unknown fields, wrong values, "me", which nobody is
/// when a rule runs.
Result<RuleConditions> read_conditions(const AutomationRule& rule, const records::ShapeRef& tickets,
                                       Instant now);

}  // namespace tandem::desk
