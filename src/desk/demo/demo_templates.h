#pragma once

#include "desk/demo/demo_office.h"

namespace tandem::desk {

/// The texts that the demo's departments use again, in each language of its customers.
Result<void> add_demo_templates(db::Transaction& tx, const DemoOffice& office);

}  // namespace tandem::desk
