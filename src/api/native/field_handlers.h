#pragma once

#include "api/native/call.h"

// Settings > Customisation > Modules and fields: the custom fields of a module.

namespace tandem::api::native {

Result<http::Response> list_custom_fields(Call& call);
Result<http::Response> add_custom_field(Call& call);
Result<http::Response> change_custom_field(Call& call);
Result<http::Response> remove_custom_field(Call& call);

}  // namespace tandem::api::native
