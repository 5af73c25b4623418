#pragma once

#include "api/native/call.h"

namespace tandem::api::native {

Result<http::Response> show_own_signature(Call& call);
Result<http::Response> save_own_signature(Call& call);
Result<http::Response> show_department_signature(Call& call);
Result<http::Response> save_department_signature(Call& call);

}  // namespace tandem::api::native
