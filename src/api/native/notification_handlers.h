#pragma once

#include "api/native/call.h"

// The bell: what the person was told. Each person has their own; nobody asks for another's.

namespace tandem::api::native {

Result<http::Response> list_notifications(Call& call);
Result<http::Response> mark_all_read(Call& call);
Result<http::Response> mark_one_read(Call& call);

}  // namespace tandem::api::native
