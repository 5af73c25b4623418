#pragma once

#include "desk/webhooks/webhooks.h"

namespace tandem::desk {

/// The webhook as it is to be stored. Refuses with invalid: name, description, url, subscriptions.
Result<Webhook> checked_webhook(db::Transaction& tx, const access::Actor& actor,
                                const Webhook& webhook);

/// Refuses with invalid (url) what is no http or https address, and one that holds a password.
Result<void> check_webhook_url(const std::string& url);

}  // namespace tandem::desk
