#pragma once

#include "access/actor.h"
#include "records/record.h"

// Nobody becomes a contact by sending spam. What they sent bears their name and address all the
// same, so that they can become one when it turns out to be none. Manual, Spam 1.6.

namespace tandem::desk {

/// Makes contacts of those who wrote what stands on the ticket and are none, and lets their
/// messages be theirs. Answers the one who asks; 0 where the ticket has a contact already, or
/// nobody can be answered.
Result<RecordId> contacts_of_spam(db::Transaction& tx, const access::Actor& actor,
                                  const records::Record& ticket);

}  // namespace tandem::desk
