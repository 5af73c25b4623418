#pragma once

#include <map>
#include <string>

#include "api/crm/call.h"
#include "crm/watches/watches.h"

// "notification_condition": which fields must have changed for a channel to be told.

namespace tandem::api::crm_dialect {

/// By our name of the module. Fields and modules are known by api_name or by id. Refuses with
/// invalid, naming the place: required, wrong_type, not_a_choice.
Result<std::map<std::string, crm::FieldSelection>> conditions_of(db::Transaction& tx,
                                                                 const Call& call,
                                                                 const Json& json);

/// The same list for the one module of the watch; null when it has none.
void append_conditions(JsonWriter& json, db::Transaction& tx, const Call& call,
                       const crm::Watch& watch);

}  // namespace tandem::api::crm_dialect
