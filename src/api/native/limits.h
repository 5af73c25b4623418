#pragma once

#include "base/json.h"

namespace tandem::api::native {

/// What one request may hold at most in every application, as members of the object `limits` of
/// meta. Each application says beside them what its own requests may hold.
void append_shared_limits(JsonWriter& json);

}  // namespace tandem::api::native
