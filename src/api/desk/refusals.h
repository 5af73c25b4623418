#pragma once

#include "base/result.h"
#include "http/message.h"
#include "records/module.h"

namespace tandem::api::desk_dialect {

/// {"errorCode","message","errors"?} with the dialect's status. `module` gives the dialect's names
/// of the fields.
http::Response show_refusal(const Refusal& refusal, const records::ModuleDef* module);

/// The dialect's own refusals, which no rule of ours knows.
Refusal scope_mismatch();
Refusal org_mismatch();

}  // namespace tandem::api::desk_dialect
