#pragma once

#include "desk/demo/demo_office.h"

// How the demo company has arranged its work: what it promises, what goes by itself, and what its
// people look at.

namespace tandem::desk {

/// Before the first ticket, so that the story is told under these rules.
Result<void> arrange_work(db::Transaction& tx, const Desk& desk, const DemoOffice& office);

/// After the last one: who is told by mail from now on. During the story it would be five weeks of
/// notices.
Result<void> arrange_notices(db::Transaction& tx, const DemoOffice& office);

}  // namespace tandem::desk
