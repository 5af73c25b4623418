#pragma once

#include "base/json.h"
#include "desk/ratings/statistics.h"

namespace tandem::api::desk_dialect {

/// The key "customerHappiness" with its three percentages, as text.
void append_happiness(JsonWriter& json, const desk::Statistics& figures);

}  // namespace tandem::api::desk_dialect
