#pragma once

#include "base/result.h"
#include "http/message.h"
#include "records/module.h"

namespace tandem::api::desk_dialect {

/// {"errorCode","message","errors"?} with the dialect's status. `module` gives the dialect's names
/// of the fields.
http::Response show_refusal(const Refusal& refusal, const records::ModuleDef* module);

/// The errorCode alone, for a refusal that stands inside an answer.
std::string_view error_code(const Refusal& refusal);
/// 405 for a path that knows other methods.
http::Response show_wrong_method(const std::vector<http::Method>& allowed);

/// The dialect's own refusals, which no rule of ours knows.
Refusal scope_mismatch();
Refusal org_mismatch();
/// Where a form with a file is wanted and something else came.
Refusal no_form();

}  // namespace tandem::api::desk_dialect
