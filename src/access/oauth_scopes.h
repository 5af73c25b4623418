#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace tandem::access {

constexpr int scopes_max = 100;

/// Whether one of the granted scopes covers `wanted`, e.g. "Desk.tickets.READ" or
/// "ZohoCRM.modules.leads.CREATE". ALL (or no operation) covers every operation, WRITE covers
/// CREATE and UPDATE; a scope covers what lies below its group; "ZohoInventory.fullaccess.all"
/// covers its service. Letter case does not matter.
bool scope_allows(const std::vector<std::string>& granted, std::string_view wanted);

/// Whether a scope is of the application's service: "ZohoCRM" of crm. `app` as organisations.app
/// spells it.
bool asks_for_application(const std::vector<std::string>& scopes, std::string_view app);

/// Reads "A.b.C,D.e.F" or the same with spaces, without repetitions. Refuses with invalid
/// "invalid_scope".
Result<std::vector<std::string>> scopes_from_text(std::string_view text);
/// With spaces, as answers and the database hold them.
std::string scopes_to_text(const std::vector<std::string>& scopes);

}  // namespace tandem::access
