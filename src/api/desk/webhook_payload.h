#pragma once

#include "api/services.h"
#include "desk/webhooks/webhook_feed.h"

namespace tandem::api::desk_dialect {

/// Records as the dialect shows them, for webhooks. `services` outlives what is answered.
desk::PayloadWriter webhook_payload(Services& services);

}  // namespace tandem::api::desk_dialect
