#pragma once

#include <string>
#include <vector>

#include "access/actor.h"
#include "desk/notifications/placeholders.h"
#include "records/record.h"

namespace tandem::desk {

/// "ticket.number", "ticket.subject", "contact.name" and so on: what may stand in braces in reply
/// templates and signatures.
const std::vector<std::string>& reply_placeholders();

/// What they say on this ticket, as far as the actor's role shows it.
PlaceholderValues reply_values(db::Transaction& tx, const access::Actor& actor,
                               const records::Record& ticket);

}  // namespace tandem::desk
