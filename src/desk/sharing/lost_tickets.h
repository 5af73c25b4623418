#pragma once

#include "records/record.h"

namespace tandem::desk {

/// Whether the ticket lies in a department of the agent, or is shared with one; an administrator
/// has every ticket. `shared` is off where sharing is switched off.
bool has_ticket(db::Transaction& tx, OrgId org, RecordId agent, const records::Record& ticket,
                bool shared);

/// Who may not open the ticket any more is not shown as reading or answering it. A rule of tickets,
/// after the write. Manual, Sharing 4.1.
Result<void> who_lost_the_ticket_is_not_seen_on_it(records::Change& ticket);

}  // namespace tandem::desk
