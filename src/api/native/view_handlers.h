#pragma once

#include "api/native/call.h"

// Views of tickets: those that are ready, and those that people make.

namespace tandem::api::native {

Result<http::Response> show_views(Call& call);
Result<http::Response> add_view(Call& call);
Result<http::Response> change_view(Call& call);
Result<http::Response> remove_view(Call& call);
Result<http::Response> restore_view(Call& call);
Result<http::Response> order_views(Call& call);
Result<http::Response> count_some_views(Call& call);
Result<http::Response> count_conditions(Call& call);

}  // namespace tandem::api::native
