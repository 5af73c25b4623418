#include <deque>

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

Result<http::Response> run_desk_as(access::Actor actor, const DeskRoute& route,
                                   const http::Request& request, Services& services) {
  Call call{request, services, std::move(actor), nullptr};
  call.actor.address = request.peer_address;
  if (route.guard) TRY(access::require_duty(call.actor, *route.guard));
  if (const std::string_view name = request.param("module"); !name.empty()) {
    call.module = services.catalogue.find(name);
    // What is a part of another record is read with it, under that record's rules.
    if (!call.module || !call.module->part_of.empty()) {
      return not_found("There is no such module.");
    }
  }
  return route.handler(call);
}

Result<http::Response> run_desk(const DeskRoute& route, const http::Request& request,
                                Services& services) {
  const std::optional<access::Session> session = session_of(request, services);
  if (!session) return unauthenticated("signed_out", "Sign in first.");
  TRY(refuse_foreign_sites(request, &*session, services));
  const std::optional<int64_t> org = id_from_text(request.param("org"));
  if (!org) return not_found("There is nothing at this address.");
  const auto read_actor = [&](db::Transaction& tx) {
    return access::actor_of(tx, services.catalogue, session->person, OrgId{*org}, access::Path::ui);
  };
  return run_as(services.database, read_actor, [&](access::Actor actor) {
    return run_desk_as(std::move(actor), route, request, services);
  });
}

}  // namespace

void add_routes(http::Router& router, Services& services) {
  for (const OpenRoute& route : open_routes()) {
    router.add({route.method, route.pattern, [&route, &services](const http::Request& request) {
                  return answer([&] { return run_open(route, request, services); });
                }});
  }
  // Patterns must outlive the router; these are made here, once per process.
  static std::deque<std::string> patterns;
  for (const DeskRoute& route : desk_routes()) {
    patterns.push_back("/native/desk/{org}" + std::string(route.pattern));
    router.add({route.method, patterns.back(), [&route, &services](const http::Request& request) {
                  return answer([&] { return run_desk(route, request, services); });
                }});
  }
}

}  // namespace tandem::api::native
