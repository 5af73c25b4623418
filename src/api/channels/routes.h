#pragma once

#include "api/services.h"
#include "http/router.h"

// Addresses that people and machines outside come in by: web forms and telephone systems. Nobody is
// signed in here; each address carries a key that can't be guessed.

namespace tandem::api::channels {

/// `services` must outlive the router.
void add_routes(http::Router& router, Services& services);

http::Response show_form(const http::Request& request, Services& services);
/// What sites load to embed a form, and what a form in a frame loads; the same for everybody.
http::Response show_embed_script(const http::Request& request, Services& services);
http::Response show_height_script(const http::Request& request, Services& services);
http::Response send_form(const http::Request& request, Services& services);
http::Response hear_call(const http::Request& request, Services& services);

}  // namespace tandem::api::channels
