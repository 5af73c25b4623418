#pragma once

#include "api/desk/call.h"

// Tasks, events and calls of the Desk dialect. Tasks and events are records of their modules, tasks
// and appointments; a call is a message of its ticket.

namespace tandem::api::desk_dialect {

/// All kinds, or those of the route's module.
Result<http::Response> list_activities_of_ticket(Call& call);
Result<http::Response> list_calls_of_ticket(Call& call);
/// Of all tickets in the caller's lists; the latest first.
Result<http::Response> list_calls(Call& call);
Result<http::Response> search_calls(Call& call);
Result<http::Response> read_call(Call& call);
Result<http::Response> add_call(Call& call);

}  // namespace tandem::api::desk_dialect
