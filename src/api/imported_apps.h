#pragma once

#include <vector>

#include "imports/imported_app.h"

namespace tandem::api {

/// What files can become, of all applications.
const std::vector<imports::ImportedApp>& imported_apps();

}  // namespace tandem::api
