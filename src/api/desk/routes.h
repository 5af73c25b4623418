#pragma once

#include <string_view>
#include <vector>

#include "api/desk/call.h"
#include "http/router.h"

namespace tandem::api::desk_dialect {

/// An address of the dialect, the scopes of which its token needs one ("A.b.READ C.d.READ"), and
/// the module that names fields in refusals.
struct Route {
  http::Method method;
  std::string_view pattern;
  Result<http::Response> (*handler)(Call&);
  std::string_view scope;
  std::string_view module;  // "" when it is about none
};

/// Every address of /api/v1: its table of contents, and what the leak tests walk through.
const std::vector<Route>& routes();

/// Adds them all. `services` must outlive the router.
void add_routes(http::Router& router, Services& services);

}  // namespace tandem::api::desk_dialect
