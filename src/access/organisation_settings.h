#pragma once

#include <string_view>

#include "base/json.h"
#include "db/database.h"

// What an organisation has chosen, by name. For the files of this room that know what a name means.

namespace tandem::access {

/// Empty when nothing was chosen.
JsonObject organisation_settings(db::Transaction& tx, OrgId org);
/// Writes one and keeps the others; null takes it away. Call change_access() before, so that two
/// who write do not undo each other.
void change_organisation_setting(db::Transaction& tx, OrgId org, std::string_view name, Json value);

}  // namespace tandem::access
