#pragma once

#include "records/module.h"

namespace tandem::access {

/// The people of an organisation as records: name, email, status (active, invited, disabled), role.
/// Every member sees them all; only access/agents.h and access/invitations.h write them.
const records::ModuleDef& agents_module();

}  // namespace tandem::access
