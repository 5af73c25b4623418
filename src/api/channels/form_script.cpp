#include <string>

#include "api/channels/routes.h"

// Two small scripts, so that a form stands in a site as if it belonged there. The one that the site
// loads makes the frame and fits its height; the one inside the frame tells how high the form is.
// Neither trusts the other's words beyond a number, and each checks where they come from.

namespace tandem::api::channels {

namespace {

constexpr std::string_view embed_script = R"js((() => {
  'use strict';
  const script = document.currentScript;
  const key = script && script.dataset.form;
  if (!key || !/^[A-Za-z0-9_-]{1,80}$/.test(key)) return;
  const home = new URL(script.src).origin;
  const frame = document.createElement('iframe');
  frame.src = home + '/forms/' + key;
  frame.title = script.dataset.title || 'Form';
  frame.style.cssText = 'display:block;width:100%;height:640px;border:0';
  script.after(frame);
  addEventListener('message', (event) => {
    if (event.origin !== home || event.source !== frame.contentWindow) return;
    const height = event.data && event.data.tandem_form_height;
    if (!Number.isFinite(height)) return;
    frame.style.height = Math.min(Math.max(Math.ceil(height), 120), 20000) + 'px';
  });
})();
)js";

constexpr std::string_view height_script = R"js((() => {
  'use strict';
  if (window.parent === window) return;
  const sites = document.currentScript.dataset.sites.split(' ');
  sites.push(location.origin);
  const originOf = (address) => { try { return new URL(address).origin; } catch { return ''; } };
  // After a form was sent the page before is this site's own: the frame's name remembers the site.
  const ancestors = location.ancestorOrigins;
  const named = window.name.startsWith('tandem ') ? window.name.slice(7) : '';
  const site = (ancestors && ancestors[0]) || named || originOf(document.referrer);
  if (!sites.includes(site)) return;
  window.name = 'tandem ' + site;
  const tell = () => window.parent.postMessage(
    { tandem_form_height: document.body.getBoundingClientRect().height }, site);
  new ResizeObserver(tell).observe(document.body);
  tell();
})();
)js";

http::Response script(std::string_view text) {
  http::Response response;
  response.body = std::string(text);
  response.content_type = "text/javascript; charset=utf-8";
  response.set_header("Cache-Control", "public, max-age=3600");
  response.set_header("Cross-Origin-Resource-Policy", "cross-origin");
  response.set_header("X-Content-Type-Options", "nosniff");
  return response;
}

}  // namespace

http::Response show_embed_script(const http::Request&, Services&) { return script(embed_script); }

http::Response show_height_script(const http::Request&, Services&) { return script(height_script); }

}  // namespace tandem::api::channels
