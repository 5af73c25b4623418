#pragma once

#include "api/native/call.h"

// Web forms, telephone systems and calls.

namespace tandem::api::native {

Result<http::Response> list_web_forms(Call& call);
Result<http::Response> add_web_form(Call& call);
Result<http::Response> change_web_form(Call& call);
Result<http::Response> remove_web_form(Call& call);

Result<http::Response> list_phone_lines(Call& call);
Result<http::Response> add_phone_line(Call& call);
Result<http::Response> change_phone_line(Call& call);
Result<http::Response> remove_phone_line(Call& call);
Result<http::Response> renew_phone_secret(Call& call);

Result<http::Response> show_ongoing_calls(Call& call);
Result<http::Response> log_new_call(Call& call);
Result<http::Response> log_ticket_call(Call& call);

}  // namespace tandem::api::native
