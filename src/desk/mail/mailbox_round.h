#pragma once

#include <functional>
#include <string>

#include "desk/desk.h"
#include "desk/mail/mailboxes.h"
#include "mail/imap.h"

// One look into one mailbox, and what the settings page shows of it.

namespace tandem::desk {

constexpr int mails_per_list = 100;

/// Takes in what is new in an open session, lowest uid first; the uid is saved after each mail was
/// taken in, so that a crash repeats at most one. Answers how many. `mailbox` gets the new place.
/// `should_go_on` is asked after each mail; what is left then is for the next round.
Result<int> read_new_mails(const Desk& desk, Mailbox& mailbox, mail::ImapSession& session,
                           const std::function<bool()>& should_go_on);

void note_mailbox_success(const Desk& desk, const Mailbox& mailbox);
void note_mailbox_failure(const Desk& desk, const Mailbox& mailbox, const std::string& message);

}  // namespace tandem::desk
