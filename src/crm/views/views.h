#pragma once

#include "views/viewed_module.h"

// The records of the sales side as views list them.

namespace tandem::crm {

/// The views that every module has: all, mine where records have owners, and those created and
/// those changed in the last seven days.
views::ViewedModule viewed_module(const records::ModuleDef& module);

}  // namespace tandem::crm
