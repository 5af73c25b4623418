#pragma once

#include "api/native/call.h"

namespace tandem::api::native {

/// What the menus of a new ticket, or of tickets that are there, may offer.
Result<http::Response> show_ticket_choices(Call& call);

}  // namespace tandem::api::native
