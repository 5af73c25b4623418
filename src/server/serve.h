#pragma once

#include <functional>

#include "api/services.h"
#include "http/router.h"
#include "server/program.h"

namespace tandem::server {

/// Every address of every API. `services` must outlive the router.
void add_faces(http::Router& router, api::Services& services);

/// Serves until `should_stop` says so (asked a few times a second): web application, APIs, jobs,
/// mail, live events. `on_ready` gets the port. Refuses with invalid an address that is taken.
Result<void> serve(Program& program, const std::function<bool()>& should_stop,
                   const std::function<void(int)>& on_ready);

}  // namespace tandem::server
