#pragma once

#include "api/native/call.h"

// The files of a ticket itself, beside those of its messages and comments.

namespace tandem::api::native {

Result<http::Response> list_ticket_files(Call& call);
Result<http::Response> remove_ticket_file(Call& call);

}  // namespace tandem::api::native
