#pragma once

#include <vector>

#include "db/database.h"
#include "desk/sharing/ticket_visibility.h"

// Sharing a ticket with other departments. What a share allows stands in ticket_visibility.h; here
// it is given, changed and taken back. Manual, Sharing.

namespace tandem::desk {

constexpr size_t shares_per_ticket_max = 50;

/// Shares the ticket with more departments, or changes what those may do that have it already.
/// Nobody loses it. Each department is one line of the history: shared, share_changed. Refuses:
/// not_found, forbidden (not the ticket's own department, sharing is switched off), invalid (no
/// department, an unknown or disabled one, the ticket's own, one twice, more than 50). S038 to
/// S045.
Result<records::Record> share_ticket(db::Transaction& tx, const access::Actor& actor,
                                     RecordId ticket, const std::vector<Share>& shares);

/// Takes the ticket back from one department; what it wrote stays. Refuses as above, and with
/// not_found a department that does not have it. S067 to S072.
Result<records::Record> unshare_ticket(db::Transaction& tx, const access::Actor& actor,
                                       RecordId ticket, RecordId department);

/// Makes `shares` all of the ticket's shares: gives, changes and takes back.
Result<records::Record> set_shares(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                                   const std::vector<Share>& shares);

/// A ticket's own department needs no share, also after it moved. A rule of tickets.
Result<void> shares_fit_the_department(records::Change& ticket);
/// A ticket that moves into a department which it was shared with is its own from then on; the
/// history says that the share ended. A rule of tickets, after the write.
Result<void> a_move_that_takes_a_share_is_told(records::Change& ticket);

}  // namespace tandem::desk
