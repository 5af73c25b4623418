#pragma once

#include "api/native/call.h"

// What customers say of answers, where they are asked, and the figures of contacts and accounts.

namespace tandem::api::native {

Result<http::Response> list_ticket_ratings(Call& call);
Result<http::Response> show_contact_statistics(Call& call);
Result<http::Response> show_account_statistics(Call& call);
Result<http::Response> show_rating_settings(Call& call);
Result<http::Response> save_rating_settings(Call& call);

}  // namespace tandem::api::native
