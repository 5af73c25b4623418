#include "api/imported_apps.h"

#include "crm/imported_modules.h"
#include "desk/imported_modules.h"

namespace tandem::api {

const std::vector<imports::ImportedApp>& imported_apps() {
  static const std::vector<imports::ImportedApp> apps{desk::imported_app(),
                                                      crm::imported_app(crm::Edition::crm),
                                                      crm::imported_app(crm::Edition::bigin)};
  return apps;
}

}  // namespace tandem::api
