#pragma once

#include "api/desk/call.h"

// What forms are made of, in the Desk dialect.

namespace tandem::api::desk_dialect {

Result<http::Response> list_layouts(Call& call);
Result<http::Response> read_layout(Call& call);
/// `/organizationFields` and `/fields`.
Result<http::Response> list_fields(Call& call);

}  // namespace tandem::api::desk_dialect
