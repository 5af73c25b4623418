#pragma once

#include "api/native/call.h"

// Rules that act by themselves, and macros that people run.

namespace tandem::api::native {

Result<http::Response> list_automation_rules(Call& call);
Result<http::Response> add_automation_rule(Call& call);
Result<http::Response> change_automation_rule(Call& call);
Result<http::Response> remove_automation_rule(Call& call);
/// Which tickets a rule of time would touch now; the body is a rule, with or without its id.
Result<http::Response> preview_automation_rule(Call& call);

Result<http::Response> list_macros(Call& call);
Result<http::Response> add_macro(Call& call);
Result<http::Response> change_macro(Call& call);
Result<http::Response> remove_macro(Call& call);
Result<http::Response> run_macro(Call& call);

}  // namespace tandem::api::native
