#pragma once

#include <string>
#include <vector>

#include "desk/automation/automation_rules.h"
#include "desk/desk.h"
#include "jobs/queue.h"

// Rules of time at work, and what one would do now. Manual, Automation 3.1 to 3.6.

namespace tandem::desk {

/// Lets the rules act on the tickets whose time is over, in all organisations, and answers on how
/// many tickets. Each ticket is a transaction of its own that first takes the moment out of the
/// ticket's row, so that another node, or this one after a restart, finds it taken. What became
/// due while nothing ran is done now, once, if its conditions still hold. What one call leaves
/// waits for the next.
int run_timed_rules(const Desk& desk, const StopSign& stop = {});

/// Tells the worker to look for tickets whose time is over, and to walk over open tickets after a
/// change of a rule. `desk` must outlive the worker.
void add_automation_jobs(jobs::Worker& worker, const Desk& desk);

constexpr int64_t preview_tickets_looked_at_max = 10'000;
constexpr size_t preview_tickets_shown_max = 20;

struct TimedPreview {
  int64_t count = 0;                          // of those that were looked at
  bool is_exact = true;                       // all tickets that are not closed were looked at
  std::vector<records::Record> tickets = {};  // the first of them that the actor sees
};

/// Which tickets the rule would touch if it acted now, as if it took those whose time was over
/// before, too; those that it acted on are left out. Writes nothing. Looks at the tickets that were
/// quiet longest. Refuses as add_automation_rule does, names aside, and with invalid (event) a rule
/// of another kind.
Result<TimedPreview> preview_timed_rule(db::Transaction& tx, const access::Actor& actor,
                                        AutomationRule wanted);

}  // namespace tandem::desk
