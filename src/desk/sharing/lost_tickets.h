#pragma once

#include "records/record.h"

namespace tandem::desk {

/// Who may not open the ticket any more is not shown as reading or answering it. A rule of tickets,
/// after the write. Manual, Sharing 4.1.
Result<void> who_lost_the_ticket_is_not_seen_on_it(records::Change& ticket);

}  // namespace tandem::desk
