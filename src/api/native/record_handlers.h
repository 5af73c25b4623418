#pragma once

#include "api/native/call.h"

// The verbs over any module, as the native API speaks them.

namespace tandem::api::native {

Result<http::Response> list_module(Call& call);
Result<http::Response> create_in_module(Call& call);
Result<http::Response> read_one(Call& call);
Result<http::Response> update_one(Call& call);
Result<http::Response> delete_one(Call& call);
Result<http::Response> restore_one(Call& call);
Result<http::Response> bulk_change(Call& call);
Result<http::Response> show_history(Call& call);
Result<http::Response> list_bin(Call& call);
Result<http::Response> purge_one(Call& call);
Result<http::Response> search_modules(Call& call);

}  // namespace tandem::api::native
