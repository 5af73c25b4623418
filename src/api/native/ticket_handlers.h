#pragma once

#include "api/native/call.h"

// What people do with a ticket beyond the verbs: read its timeline, answer, comment, close.

namespace tandem::api::native {

Result<http::Response> show_timeline(Call& call);
Result<http::Response> send_reply(Call& call);
Result<http::Response> show_reply_draft(Call& call);
Result<http::Response> add_comment(Call& call);
Result<http::Response> edit_comment(Call& call);
Result<http::Response> remove_comment(Call& call);
Result<http::Response> close_ticket(Call& call);
Result<http::Response> reopen_ticket(Call& call);
Result<http::Response> attach_to_ticket(Call& call);

}  // namespace tandem::api::native
