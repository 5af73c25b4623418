#include "imports/imported_app.h"

#include <algorithm>

namespace tandem::imports {

const ImportedModule* ImportedApp::find(std::string_view module) const {
  const auto at = std::find_if(modules.begin(), modules.end(),
                               [&](const ImportedModule& each) { return each.name == module; });
  return at == modules.end() ? nullptr : &*at;
}

const ImportedApp& Imports::of(std::string_view app) const {
  static const ImportedApp none;
  const auto at = std::find_if(apps.begin(), apps.end(),
                               [&](const ImportedApp& each) { return each.app == app; });
  return at == apps.end() ? none : *at;
}

}  // namespace tandem::imports
