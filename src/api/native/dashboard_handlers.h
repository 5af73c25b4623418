#pragma once

#include "api/native/call.h"

// Dashboards: figures of a period, the tickets behind each of them, and who is here.

namespace tandem::api::native {

Result<http::Response> show_dashboard(Call& call);
Result<http::Response> list_tickets_behind(Call& call);
Result<http::Response> list_agents_now(Call& call);

}  // namespace tandem::api::native
