#pragma once

#include "api/native/call.h"

// Dashboards: figures of a period, and the tickets behind each of them.

namespace tandem::api::native {

Result<http::Response> show_dashboard(Call& call);
Result<http::Response> list_tickets_behind(Call& call);

}  // namespace tandem::api::native
