#pragma once

#include "api/native/call.h"

// Worked time on tickets, and stopwatches.

namespace tandem::api::native {

Result<http::Response> show_ticket_time(Call& call);
Result<http::Response> log_ticket_time(Call& call);
Result<http::Response> change_ticket_time(Call& call);
Result<http::Response> remove_ticket_time(Call& call);
Result<http::Response> list_timers(Call& call);
Result<http::Response> start_ticket_timer(Call& call);
Result<http::Response> pause_ticket_timer(Call& call);
Result<http::Response> stop_ticket_timer(Call& call);
Result<http::Response> drop_ticket_timer(Call& call);
Result<http::Response> show_time_report(Call& call);

}  // namespace tandem::api::native
