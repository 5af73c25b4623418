#pragma once

#include <string>

#include "api/crm/call.h"
#include "api/services.h"
#include "crm/watches/watch_notice.h"

namespace tandem::api::crm_dialect {

/// How the dialect tells servers of others what changed. `services` outlives what is answered.
crm::WatchFace watch_face(Services& services);

/// "https://sales.example/crm/v8/Leads". `base`: "/crm/v8".
std::string resource_uri(const Services& services, const std::string& base, Edition edition,
                         const records::ModuleDef& module);

}  // namespace tandem::api::crm_dialect
