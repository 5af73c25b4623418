#pragma once

#include <string_view>

#include "base/json.h"
#include "records/record.h"

namespace tandem::api::native {

/// {"id","title","subtitle","status"?,"title_parts"?,"excerpt"?}: the title with the words marked
/// that were searched for, and the first other searched field that holds one of them. The record
/// holds what the actor may read and no more, as search_records answers it. Manual, Search 1.6.
void append_search_hit(JsonWriter& json, const records::Record& record, std::string_view words);

}  // namespace tandem::api::native
