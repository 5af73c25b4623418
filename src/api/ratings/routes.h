#pragma once

#include "api/services.h"
#include "http/router.h"

// The page behind the faces at the end of a reply. Nobody signs in here: the token of the link says
// which message is rated by whom.

namespace tandem::api::ratings {

/// GET and POST /rate/{token}. `services` must outlive the router.
void add_routes(http::Router& router, Services& services);

}  // namespace tandem::api::ratings
