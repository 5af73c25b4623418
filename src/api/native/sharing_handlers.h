#pragma once

#include "api/native/call.h"

// With which departments a ticket is shared.

namespace tandem::api::native {

Result<http::Response> show_shares(Call& call);
Result<http::Response> share_ticket(Call& call);
Result<http::Response> unshare_ticket(Call& call);

}  // namespace tandem::api::native
