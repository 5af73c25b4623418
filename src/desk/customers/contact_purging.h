#pragma once

#include "records/record.h"

// What is left of merges when one of their contacts is removed for good. Rules of the module
// contacts. Manual, Contacts and accounts 4.6.

namespace tandem::desk {

/// Those that had become this contact lead on to what it became itself. Refuses with conflict
/// "merge_running" while its tickets are still being moved.
Result<void> merged_contacts_stay_led(records::Change& contact);

/// The name of who is gone, and of a target the values too, leave what undoing its merges would
/// have needed. That they were one person stays, without names: a restricted share asks for it.
Result<void> merges_forget_the_purged(records::Change& contact);

}  // namespace tandem::desk
