#pragma once

#include "api/native/call.h"

// What is live: the stream of changes, and who else looks at a ticket.

namespace tandem::api::native {

Result<http::Response> open_events(Call& call);
Result<http::Response> note_presence(Call& call);

}  // namespace tandem::api::native
