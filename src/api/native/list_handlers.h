#pragma once

#include "api/native/call.h"

// A list in other forms: as columns of a board, and as a CSV.

namespace tandem::api::native {

/// How many tickets of a view have each status.
Result<http::Response> show_board(Call& call);
Result<http::Response> export_list(Call& call);

}  // namespace tandem::api::native
