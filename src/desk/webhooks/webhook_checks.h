#pragma once

#include "deliveries/receiver_url.h"
#include "desk/webhooks/webhooks.h"

namespace tandem::desk {

/// The webhook as it is to be stored. Refuses with invalid: name, description, url, subscriptions.
Result<Webhook> checked_webhook(db::Transaction& tx, const access::Actor& actor,
                                const Webhook& webhook);

/// Refuses with invalid (url) what is no http or https address, and one that holds a password.
inline Result<void> check_webhook_url(const std::string& url) {
  return deliveries::check_receiver_url(url);
}

}  // namespace tandem::desk
