#pragma once

#include "api/services.h"
#include "http/router.h"

namespace tandem::api::oauth {

/// Adds /oauth/v2/auth, /oauth/v2/token, /oauth/v2/token/revoke and /oauth/user/info. `services`
/// must outlive the router.
void add_routes(http::Router& router, Services& services);

}  // namespace tandem::api::oauth
