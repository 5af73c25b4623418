#pragma once

#include "base/json.h"
#include "base/result.h"

namespace tandem::http {

/// {"kind","code","message","field","faults":[{"field","code","message"}]}; `field` is null when
/// the refusal names none.
void append_refusal(JsonWriter& json, const Refusal& refusal);

}  // namespace tandem::http
