#pragma once

#include "api/native/call.h"

// Merging contacts, and those that may be one person.

namespace tandem::api::native {

Result<http::Response> preview_contact_merge(Call& call);
Result<http::Response> merge_contacts(Call& call);
Result<http::Response> list_contact_merges(Call& call);
Result<http::Response> undo_contact_merge(Call& call);
Result<http::Response> list_duplicates_of_contact(Call& call);
Result<http::Response> dismiss_duplicate(Call& call);
Result<http::Response> list_contact_duplicates(Call& call);

}  // namespace tandem::api::native
