#pragma once

#include "api/native/call.h"

namespace tandem::api::native {

/// {"ids", "is_spam", "block_sender", "with_further"}: outcomes as of /{module}/bulk.
Result<http::Response> mark_tickets_spam(Call& call);
/// {"department"}: 202; the worker empties.
Result<http::Response> empty_spam(Call& call);

Result<http::Response> show_spam_settings(Call& call);
Result<http::Response> save_spam_settings(Call& call);
Result<http::Response> block_sender(Call& call);
Result<http::Response> unblock_sender(Call& call);

}  // namespace tandem::api::native
