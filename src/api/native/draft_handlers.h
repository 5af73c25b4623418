#pragma once

#include "api/native/call.h"

// What a person writes on a ticket and has not sent yet.

namespace tandem::api::native {

Result<http::Response> show_draft(Call& call);
Result<http::Response> save_draft(Call& call);
Result<http::Response> drop_draft(Call& call);

}  // namespace tandem::api::native
