#pragma once

#include <string>

#include "access/actor.h"
#include "records/record.h"

namespace tandem::desk {

/// Writes down on the ticket how one of its mails fares: `event` (resent, send_failed,
/// mail_bounced, mail_sent) in its history, and whether a mail failed or came back and no later
/// one reached the same people.
Result<void> note_delivery(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                           const std::string& event, const records::Record& thread);

}  // namespace tandem::desk
