#pragma once

#include <vector>

#include "access/actor.h"
#include "desk/desk.h"
#include "records/record.h"

namespace tandem::desk {

/// A contact without any address (of a telephone call) gets the one that an agent answers them at,
/// so that what they write back comes from them. Nothing happens when the ticket has no contact,
/// when its contact has an address or lies in the recycle bin, when more people than one are
/// written to, and when the address is somebody's already: another contact's, an agent's, a
/// mailbox's or a copied person's. Asks no right to change contacts, as mail that comes in asks
/// none. Manual, Contacts and accounts 1.7.
void learn_address(db::Transaction& tx, const access::Actor& actor, const records::Record& ticket,
                   const std::vector<Address>& written_to);

}  // namespace tandem::desk
