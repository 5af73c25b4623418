#pragma once

#include <optional>
#include <string>

#include "access/actor.h"
#include "desk/desk.h"
#include "records/record.h"

namespace tandem::desk {

/// The active agent whose address a mail comes from, unless they ask on this ticket themselves.
/// An address is easily forged and a mail knows no access, so that what colleagues send is kept for
/// colleagues. Manual, Sharing 2.4 and Mail channels 2.6.
std::optional<access::Actor> colleague_who_wrote(db::Transaction& tx, const Desk& desk, OrgId org,
                                                 const records::Record& ticket,
                                                 const std::string& sender);

}  // namespace tandem::desk
