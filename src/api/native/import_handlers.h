#pragma once

#include "api/native/call.h"

// Files that become records (imports/imports.h).

namespace tandem::api::native {

Result<http::Response> list_imports(Call& call);
Result<http::Response> upload_import(Call& call);
Result<http::Response> show_import(Call& call);
Result<http::Response> change_import(Call& call);
Result<http::Response> check_import(Call& call);
Result<http::Response> start_import(Call& call);
Result<http::Response> stop_import(Call& call);
Result<http::Response> list_import_faults(Call& call);
Result<http::Response> list_import_reasons(Call& call);
Result<http::Response> show_import_report(Call& call);
/// The report in the words that the body brings along.
Result<http::Response> write_import_report(Call& call);
Result<http::Response> remove_import(Call& call);

}  // namespace tandem::api::native
