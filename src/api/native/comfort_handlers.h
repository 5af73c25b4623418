#pragma once

#include "api/native/call.h"

// What makes the daily work on tickets easier: tags in use, merging, splitting, following.

namespace tandem::api::native {

Result<http::Response> list_tags_in_use(Call& call);

Result<http::Response> list_ticket_followers(Call& call);
Result<http::Response> add_ticket_followers(Call& call);
Result<http::Response> remove_ticket_follower(Call& call);
Result<http::Response> follow_ticket(Call& call);
Result<http::Response> unfollow_ticket(Call& call);

Result<http::Response> preview_ticket_merge(Call& call);
Result<http::Response> merge_tickets(Call& call);
Result<http::Response> list_ticket_merges(Call& call);
Result<http::Response> undo_ticket_merge(Call& call);
Result<http::Response> split_ticket(Call& call);

}  // namespace tandem::api::native
