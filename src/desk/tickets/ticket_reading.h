#pragma once

#include "access/actor.h"
#include "records/record.h"

// Which tickets somebody marked as read: for programs of others that keep a list of what is new.
// Docs, Desk dialect.

namespace tandem::desk {

/// Of one agent; the oldest marks are forgotten first.
constexpr int64_t read_tickets_per_agent_max = 10'000;

/// Notes that the actor read the ticket as it is now. Refuses: not_found, forbidden (no agent).
Result<void> mark_ticket_read(db::Transaction& tx, const access::Actor& actor, RecordId ticket);
/// Takes the mark away; done twice, nothing happens. Refuses likewise.
Result<void> mark_ticket_unread(db::Transaction& tx, const access::Actor& actor, RecordId ticket);

/// When the ticket is gone for good.
void forget_reads(db::Transaction& tx, OrgId org, RecordId ticket);

}  // namespace tandem::desk
