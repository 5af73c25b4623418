#pragma once

#include "api/native/call.h"

// Servers of others that are told what changes here.

namespace tandem::api::native {

Result<http::Response> list_webhooks(Call& call);
Result<http::Response> list_webhook_events(Call& call);
Result<http::Response> add_webhook(Call& call);
Result<http::Response> read_webhook(Call& call);
Result<http::Response> change_webhook(Call& call);
Result<http::Response> remove_webhook(Call& call);
Result<http::Response> renew_webhook_secret(Call& call);
Result<http::Response> test_webhook(Call& call);
Result<http::Response> list_webhook_deliveries(Call& call);
Result<http::Response> read_webhook_delivery(Call& call);
Result<http::Response> redeliver_webhook(Call& call);

}  // namespace tandem::api::native
