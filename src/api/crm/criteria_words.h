#pragma once

#include "api/crm/call.h"

namespace tandem::api::crm_dialect {

/// Conditions as the dialect shows them: {"comparator","field":{"api_name","id"},"value"}, or
/// {"group_operator":"AND|OR","group":[…]} around several. Null where it has no words for them:
/// for what it does not show as a field of its own, and for a group that is denied as a whole.
void append_criteria(JsonWriter& json, const ModuleWords& words, const records::Filter& filter);

}  // namespace tandem::api::crm_dialect
