#pragma once

#include <string_view>
#include <vector>

#include "api/crm/call.h"
#include "http/router.h"

namespace tandem::api::crm_dialect {

/// Which editions an address is of.
enum class Offer { both, crm_only, bigin_only };

/// One address below "/crm/v8" and "/bigin/v2". `scope`: what the token must have, without the
/// service: "modules.{module}.READ" asks for ZohoCRM.modules.leads.READ. `or_scope`: one of another
/// service that does as well.
struct Route {
  http::Method method;
  std::string_view pattern;
  Result<http::Response> (*handler)(Call&);
  std::string_view scope;
  Offer offer = Offer::both;
  std::string_view or_scope = {};
};
const std::vector<Route>& routes();
/// Those below "/crm/bulk/v8" and "/bigin/bulk/v2".
const std::vector<Route>& bulk_routes();

/// The versions under which an edition is served; all of them are one.
const std::vector<std::string_view>& versions(Edition edition);

void add_routes(http::Router& router, Services& services);

}  // namespace tandem::api::crm_dialect
