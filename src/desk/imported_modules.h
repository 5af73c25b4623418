#pragma once

#include "imports/imported_app.h"

namespace tandem::desk {

/// What of the Desk files can become: contacts, accounts and tickets. Manual, Import and export 2.
const imports::ImportedApp& imported_app();

}  // namespace tandem::desk
