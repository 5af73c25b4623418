#pragma once

#include "records/record.h"

// Runs the rules of an organisation when a ticket was made or changed, in the same transaction, as
// the organisation itself: the rule's name stands in the history as the author, by the way
// "automation". Manual, Automation 1.4.
//
// No rule can loop. What a rule does starts no new round; within one round each rule acts at most
// once, and all together do at most automatic_acts_max things. A rule sees what the rules before it
// did, and after one acted those before it are asked again.

namespace tandem::desk {

constexpr int automatic_acts_max = 10;

/// A rule of tickets, the last after a save. Never refuses what a person does: an action that is
/// refused is noted in the history with its reason (automation_refused). Leaves the ticket in
/// `ticket.proposed` as the rules left it.
Result<void> the_rules_are_run(records::Change& ticket);

}  // namespace tandem::desk
