#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "api/native/application.h"
#include "api/native/session_handlers.h"
#include "http/router.h"

namespace tandem::api::native {

/// Who may knock at an address without an organisation.
enum class Needs { nobody, session };

/// An address outside organisations.
struct OpenRoute {
  http::Method method;
  std::string_view pattern;
  Result<http::Response> (*handler)(OpenCall&);
  Needs needs;
};

/// What an address inside an organisation asks for before its handler runs: the duty of settings,
/// or nothing here, because the verbs ask for the role's right on the module and on the record
/// (`by_record`) or any active member may (`member`).
using Guard = std::optional<access::Duty>;
constexpr std::nullopt_t by_record = std::nullopt;
constexpr std::nullopt_t member = std::nullopt;

/// An address below /native/{app}/{org}.
struct Route {
  http::Method method;
  std::string_view pattern;
  Result<http::Response> (*handler)(Call&);
  Guard guard;
};

/// Every address of the native API: its table of contents.
const std::vector<OpenRoute>& open_routes();
/// Those that serve every application: they know modules, people and rights, and no tickets.
const std::vector<Route>& shared_routes();
const std::vector<Route>& desk_routes();
const std::vector<Route>& crm_routes();
const std::vector<Route>& bigin_routes();

/// All addresses of an application's organisations, shared and own: what the leak tests walk.
std::vector<Route> routes_of(const Application& application);

/// Adds them all. `services` must outlive the router.
void add_routes(http::Router& router, Services& services);

}  // namespace tandem::api::native
