#pragma once

#include <string>
#include <string_view>

#include "db/database.h"
#include "desk/conversation/reply_text.h"

namespace tandem::desk {

/// Whether mail to the two addresses ends in one mailbox, however they are written: capitals,
/// quotes, the domain in Unicode or as "xn--…", a dot behind it, a tag behind "+", the dots that
/// Gmail ignores. Says yes rather once too often than once too seldom.
bool is_same_mailbox(std::string_view one, std::string_view other);
/// The same for two such addresses.
std::string mailbox_of(std::string_view address);

/// A department with restricted access forwards to anybody but the one who asks: by none of their
/// addresses, in none of their spellings, and neither as To nor as CC or BCC. The ticket's address,
/// those that its contact has, had, wrote from or asked to be answered at count, also after the
/// contact was erased. Refuses with forbidden "not_to_the_requester". S050.
Result<void> may_forward_to(db::Transaction& tx, const access::Actor& actor,
                            const records::Record& ticket, const Recipients& recipients);

}  // namespace tandem::desk
