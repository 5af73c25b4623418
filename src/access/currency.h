#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/actor.h"

// In which money an organisation counts. It says how amounts are shown and changes none.

namespace tandem::access {

/// The codes of ISO 4217 that are money of a country or of several today, in alphabetical order:
/// "AED", "AFN", …
const std::vector<std::string_view>& currencies();

/// "" when none was chosen: amounts are shown as bare numbers.
std::string currency_of(db::Transaction& tx, OrgId org);
/// "" takes it away. Refuses: forbidden (manage_organisation), invalid "not_a_choice".
Result<void> choose_currency(db::Transaction& tx, const Actor& actor, const std::string& currency);

}  // namespace tandem::access
