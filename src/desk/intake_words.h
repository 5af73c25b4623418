#pragma once

#include <string>
#include <string_view>

#include "db/database.h"

// What the program itself writes into tickets that come in, in the organisation's language: it is
// stored, and read by customers and colleagues alike. Manual, Tickets 2.9.

namespace tandem::desk {

/// The subject of a message that has none.
std::string no_subject(db::Transaction& tx, OrgId org);

/// "Call from Maria Silva"; without `who` that the number is unknown. `direction`: in, out.
std::string call_subject(db::Transaction& tx, OrgId org, std::string_view direction,
                         const std::string& who);

/// A sentence for colleagues beside the ticket of a stranger who quotes another ticket.
std::string refers_to_ticket(db::Transaction& tx, OrgId org, int64_t number,
                             std::string_view sender);

}  // namespace tandem::desk
