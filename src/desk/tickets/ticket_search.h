#pragma once

#include <string_view>
#include <vector>

#include "access/actor.h"
#include "records/record.h"

namespace tandem::desk {

/// Tickets that the words find, newest first: those that hold them, and those of the contacts and
/// accounts that hold them. Only what the actor sees; 1 to 100. Manual, Search 1.1, 1.5.
Result<std::vector<records::Record>> search_tickets(db::Transaction& tx, const access::Actor& actor,
                                                    std::string_view text, int limit);

}  // namespace tandem::desk
