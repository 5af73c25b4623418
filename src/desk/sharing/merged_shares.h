#pragma once

#include <vector>

#include "access/actor.h"
#include "desk/sharing/ticket_visibility.h"

// A ticket that was merged into another one is a pointer to it. Who had it as a child keeps the
// pointer while they see the other one, and nothing once they don't: merging shows nobody more than
// they saw, and leaves nobody an empty shell. Manual, Sharing 1.6.

namespace tandem::desk {

/// The shares of a ticket that stay when it has become a part of `target`: departments that see
/// that one, to read alone.
std::vector<Share> shares_beside(const records::Record& merged, const records::Record& target);

/// Tells the history of the ticket, as it is by now, of each share that ended.
void tell_ended_shares(db::Transaction& tx, const access::Actor& actor,
                       const records::Record& ticket, const std::vector<Share>& before);

/// When a ticket is taken back from a department, moves on or is removed for good, what was merged
/// into it goes along, through all merges before. A rule of tickets, after the write.
Result<void> merged_tickets_are_seen_with_their_target(records::Change& target);

}  // namespace tandem::desk
