#pragma once

#include "records/module.h"

namespace tandem::desk {

/// Completes the module of tasks or of appointments. Around its own fields stand what every
/// activity has: its subject before them; whose it is, what it belongs to and when it reminds
/// behind them. `rule` runs after the rules of all activities.
records::ModuleDef activity_module(records::ModuleDef module, records::SaveRule rule);

}  // namespace tandem::desk
