#pragma once

#include "crm/edition.h"
#include "imports/imported_app.h"

namespace tandem::crm {

/// What of the edition files can become: all that people add by themselves but notes, which belong
/// to a record. Manual, Import and export 3.
const imports::ImportedApp& imported_app(Edition edition);

}  // namespace tandem::crm
