#pragma once

#include "desk/webhooks/webhooks.h"

namespace tandem::desk {

/// Queues a mail to each active administrator, in their language: the webhook was switched off, and
/// why.
void tell_administrators(db::Transaction& tx, const Desk& desk, const Webhook& webhook,
                         const std::string& reason);

}  // namespace tandem::desk
