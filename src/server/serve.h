#pragma once

#include <functional>

#include "server/program.h"

namespace tandem::server {

/// Serves until `should_stop` says so (asked a few times a second): web application, APIs, jobs,
/// mail, live events. `on_ready` gets the port. Refuses with invalid an address that is taken.
Result<void> serve(Program& program, const std::function<bool()>& should_stop,
                   const std::function<void(int)>& on_ready);

}  // namespace tandem::server
