#pragma once

#include "records/record.h"

namespace tandem::desk {

/// Notes how long the customer waited for the first answer and for the closing, when it happens, so
/// that statistics only read. Plain time. Runs after the rules that note the closing and the first
/// response. Manual, Ratings and statistics 3.2 and 3.3.
Result<void> the_times_are_kept(records::Change& ticket);

}  // namespace tandem::desk
