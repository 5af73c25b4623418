#include "api/channels/routes.h"

namespace tandem::api::channels {

void add_routes(http::Router& router, Services& services) {
  struct Address {
    http::Method method;
    std::string_view pattern;
    http::Response (*handler)(const http::Request&, Services&);
  };
  for (const Address& address :
       {Address{http::Method::get, "/forms/{key}", show_form},
        Address{http::Method::post, "/forms/{key}", send_form},
        Address{http::Method::get, "/forms/script/embed.js", show_embed_script},
        Address{http::Method::get, "/forms/script/height.js", show_height_script},
        Address{http::Method::post, "/hooks/calls/{key}", hear_call}}) {
    router.add({address.method, address.pattern,
                [handler = address.handler, &services](const http::Request& request) {
                  return handler(request, services);
                }});
  }
}

}  // namespace tandem::api::channels
