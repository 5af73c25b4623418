#pragma once

#include "access/actor.h"
#include "desk/desk.h"

namespace tandem::desk {

/// Whom a mail is from, as one who acts: the contact with this address (the first or the second
/// one), made when there is none. What it writes stands in the history under its name.
Result<access::Actor> contact_who_wrote(db::Transaction& tx, const Desk& desk, OrgId org,
                                        const Address& sender);

/// The same for spam, which makes nobody a contact: one who is none yet acts under their name and
/// address alone, with the id 0.
access::Actor sender_of_spam(db::Transaction& tx, const Desk& desk, OrgId org,
                             const Address& sender);

}  // namespace tandem::desk
