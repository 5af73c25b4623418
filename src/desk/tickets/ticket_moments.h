#pragma once

#include "records/record.h"

namespace tandem::desk {

/// When a ticket that is being made began: now, or earlier when it is imported with its times.
Instant beginning_of(const records::Change& ticket);
/// When something last happened on it: an imported one that is closed has rested since.
Instant last_activity_of(const records::Change& ticket);

/// Notes since when a ticket has its status, when the customer and when an agent spoke last, and
/// since when nobody owns it: what rules of time count from. Runs after the rules that settle
/// status, owner and last word. What a rule writes to a customer is no agent's word. Manual,
/// Automation 3.1.
Result<void> the_moments_are_kept(records::Change& ticket);

}  // namespace tandem::desk
