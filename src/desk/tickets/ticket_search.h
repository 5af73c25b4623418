#pragma once

#include <string_view>
#include <vector>

#include "operations/operations.h"

namespace tandem::desk {

/// Tickets that the words find, newest first: those that hold them, and those of the contacts and
/// accounts that hold them. Only what is within the actor's reach; 1 to 100. Manual, Search 1.1,
/// 1.5.
Result<std::vector<records::Record>> search_tickets(
    db::Transaction& tx, const access::Actor& actor, std::string_view text, int limit,
    operations::Reach reach = operations::Reach::listed);

}  // namespace tandem::desk
