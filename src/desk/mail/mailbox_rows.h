#pragma once

#include <string_view>
#include <vector>

#include "desk/mail/mailboxes.h"

namespace tandem::desk {

/// Mailboxes that meet a condition ("WHERE …"), written in this room's code only.
std::vector<Mailbox> select_mailboxes(db::Transaction& tx, std::string_view condition,
                                      const db::Args& args);

}  // namespace tandem::desk
