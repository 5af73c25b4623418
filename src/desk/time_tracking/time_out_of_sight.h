#pragma once

#include "desk/time_tracking/time_entries.h"

namespace tandem::desk {

/// What the actor measured on a ticket while they saw it, which they no longer do: nothing of the
/// ticket is told. Refuses as log_time does what is wrong with the time itself.
Result<records::Record> keep_time_out_of_sight(db::Transaction& tx, const access::Actor& actor,
                                               RecordId ticket, const WorkedTime& worked);

}  // namespace tandem::desk
