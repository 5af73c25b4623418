#include "api/oauth/routes.h"

#include "api/oauth/handlers.h"

namespace tandem::api::oauth {

namespace {

struct Route {
  http::Method method;
  std::string_view pattern;
  http::Response (*handler)(const http::Request&, Services&);
};

constexpr Route routes[] = {
    {http::Method::get, "/oauth/v2/auth", show_consent},
    {http::Method::post, "/oauth/v2/auth", decide_consent},
    {http::Method::post, "/oauth/v2/token", grant_token},
    {http::Method::post, "/oauth/v2/token/revoke", revoke_token},
    {http::Method::get, "/oauth/user/info", user_info},
};

}  // namespace

void add_routes(http::Router& router, Services& services) {
  for (const Route& route : routes) {
    router.add({route.method, route.pattern,
                [&services, handler = route.handler](const http::Request& request) {
                  http::Response response = handler(request, services);
                  response.set_header("Cache-Control", "no-store");
                  return response;
                }});
  }
}

}  // namespace tandem::api::oauth
