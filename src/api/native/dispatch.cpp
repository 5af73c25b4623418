#include <fmt/format.h>

#include <map>

#include "access/actor_of.h"
#include "api/native/routes.h"
#include "api/run_as.h"

// From a request to its handler: session, cross-site guard, actor, duty, module, in this order for
// every address.

namespace tandem::api::native {

namespace {

bool changes_something(http::Method method) {
  return method != http::Method::get && method != http::Method::head;
}

/// A browser says where a request was started; one that says nothing (a script of the person's own)
/// must know the token.
Result<void> refuse_foreign_sites(const http::Request& request, const access::Session* session,
                                  const Services& services) {
  if (!changes_something(request.method)) return {};
  const std::string_view site = request.header("Sec-Fetch-Site");
  const std::string_view origin = request.header("Origin");
  const bool is_foreign = (!site.empty() && site != "same-origin" && site != "none") ||
                          (!origin.empty() && origin != services.base_url &&
                           !origin.ends_with("://" + std::string(request.header("Host"))));
  if (is_foreign) return forbidden("foreign_site", "This request was started by another site.");
  if (session && !access::csrf_matches(*session, request.header("X-CSRF-Token"))) {
    return forbidden("csrf_token", "Reload the page and try again.");
  }
  return {};
}

std::optional<access::Session> session_of(const http::Request& request, Services& services) {
  const std::string_view token = request.cookie(session_cookie);
  if (token.empty()) return std::nullopt;
  Result<access::Session> session = access::find_session(services.database, token);
  if (!session) return std::nullopt;
  return std::move(*session);
}

Result<http::Response> run_open(const OpenRoute& route, const http::Request& request,
                                Services& services) {
  OpenCall call{request, services, session_of(request, services)};
  if (route.needs == Needs::session && !call.session)
    return unauthenticated("signed_out", "Sign in first.");
  const access::Session* guarded = route.needs == Needs::session ? &*call.session : nullptr;
  TRY(refuse_foreign_sites(request, guarded, services));
  return route.handler(call);
}

Result<http::Response> run_as_member(access::Actor actor, const Application& application,
                                     const Route& route, const http::Request& request,
                                     Services& services) {
  Call call{request, services, std::move(actor), application};
  call.actor.address = request.peer_address;
  if (route.guard) TRY(access::require_duty(call.actor, *route.guard));
  if (const std::string_view name = request.param("module"); !name.empty()) {
    call.module = call.actor.catalogue->find(name);
    // What is a part of another record is read with it, under that record's rules.
    if (!call.module || !call.module->part_of.empty()) {
      return not_found("There is no such module.");
    }
  }
  return route.handler(call);
}

Result<http::Response> run(const Application& application, const Route& route,
                           const http::Request& request, Services& services) {
  const std::optional<access::Session> session = session_of(request, services);
  if (!session) return unauthenticated("signed_out", "Sign in first.");
  TRY(refuse_foreign_sites(request, &*session, services));
  const std::optional<int64_t> org = id_from_text(request.param("org"));
  if (!org) return not_found("There is nothing at this address.");
  const auto read_actor = [&](db::Transaction& tx) {
    // An organisation of another application is not there.
    return access::actor_of(tx, *services.applications.find(application.name), session->person,
                            OrgId{*org}, access::Path::ui);
  };
  return run_as(services.database, read_actor, [&](access::Actor actor) {
    return run_as_member(std::move(actor), application, route, request, services);
  });
}

/// What the router points into: made once per process.
struct Addresses {
  explicit Addresses(const Application& application) : routes(routes_of(application)) {
    for (const Route& route : routes)
      patterns.push_back(fmt::format("/native/{}/{{org}}{}", application.name, route.pattern));
  }
  std::vector<Route> routes;
  std::vector<std::string> patterns;
};

void add_routes_of(http::Router& router, Services& services, const Application& application) {
  static std::map<std::string_view, Addresses> addresses;
  const Addresses& all = addresses.try_emplace(application.name, application).first->second;
  for (size_t at = 0; at < all.routes.size(); ++at) {
    const Route& route = all.routes[at];
    router.add({route.method, all.patterns[at],
                [&application, &route, &services](const http::Request& request) {
                  return answer([&] { return run(application, route, request, services); });
                }});
  }
}

}  // namespace

std::vector<Route> routes_of(const Application& application) {
  std::vector<Route> routes = application.own_routes();
  routes.insert(routes.end(), shared_routes().begin(), shared_routes().end());
  return routes;
}

void add_routes(http::Router& router, Services& services) {
  for (const OpenRoute& route : open_routes()) {
    router.add({route.method, route.pattern, [&route, &services](const http::Request& request) {
                  return answer([&] { return run_open(route, request, services); });
                }});
  }
  for (const Application* application : applications())
    add_routes_of(router, services, *application);
}

}  // namespace tandem::api::native
