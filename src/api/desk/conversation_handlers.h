#pragma once

#include "api/desk/call.h"

namespace tandem::api::desk_dialect {

// draft_handlers.cpp
Result<http::Response> add_draft(Call& call);
Result<http::Response> change_draft(Call& call);
Result<http::Response> remove_draft(Call& call);

// resolution_handlers.cpp
Result<http::Response> show_resolution(Call& call);
Result<http::Response> change_resolution(Call& call);
Result<http::Response> remove_resolution(Call& call);
Result<http::Response> list_resolutions(Call& call);

// reading_handlers.cpp
Result<http::Response> mark_as_read(Call& call);
Result<http::Response> mark_as_unread(Call& call);

}  // namespace tandem::api::desk_dialect
