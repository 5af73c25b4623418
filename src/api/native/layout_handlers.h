#pragma once

#include "api/native/call.h"

// How a department fills in its tickets.

namespace tandem::api::native {

Result<http::Response> list_layouts(Call& call);
Result<http::Response> show_layout(Call& call);
Result<http::Response> save_layout(Call& call);
Result<http::Response> remove_layout(Call& call);

}  // namespace tandem::api::native
