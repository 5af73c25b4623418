#include <fmt/format.h>

#include <array>
#include <vector>

#include "api/oauth/handlers.h"
#include "api/page_words.h"
#include "base/text.h"

namespace tandem::api::oauth {

namespace {

/// A word of this page in the person's language.
std::string_view said(std::string_view locale, std::string_view word) {
  return page_word(locale, "consent." + std::string(word));
}

constexpr std::string_view style =
    ":root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;margin:0;"
    "display:grid;place-items:center;min-height:100vh}main{max-width:28rem;padding:2rem}"
    "h1{font-size:1.4rem}h1,p{text-wrap:pretty}:lang(ja) :is(h1,p){word-break:auto-phrase}"
    "li{margin:.5rem 0;overflow-wrap:anywhere}code{display:block;font-size:.8rem;opacity:.75}"
    "form{display:flex;gap:.75rem;margin-top:1.5rem}button{font:inherit;padding:.5rem 1.25rem;"
    "border-radius:.4rem;border:1px solid #767676;background:none;color:inherit;cursor:pointer}"
    "button:focus-visible{outline:3px solid #5b93e6;outline-offset:2px}"
    ".accept{background:#1f5fbf;border-color:#1f5fbf;color:#fff}";

std::string page(std::string_view locale, std::string_view title, const std::string& body) {
  return fmt::format(
      "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width\"><title>{} · Tandem</title>"
      "<style>{}</style></head><body><main><h1>{}</h1>{}</main></body></html>",
      page_language(locale), escape_html(title), style, escape_html(title), body);
}

/// "https://crm.example.com" of a whole address; "com.example.app:" of a program on a device.
std::string origin_of(const std::string& uri) {
  const size_t colon = uri.find(':');
  if (!uri.substr(colon).starts_with("://")) return uri.substr(0, colon + 1);
  return uri.substr(0, uri.find_first_of("/?", colon + 3));
}

/// The form's answer sends the browser on to the client, which browsers count as a target of the
/// form.
void set_policy(http::Response& response, const std::string& form_targets) {
  response.set_header("Content-Security-Policy",
                      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
                      "frame-ancestors 'none'; form-action " +
                          form_targets);
}

/// "Tickets" for "tickets"; what is of the sales side has words of its own, and else those of all.
std::string_view place_word(std::string_view locale, const std::string& service,
                            const std::string& place) {
  if (service.starts_with("zoho")) {
    const std::string_view word = page_word(locale, "scope.sales." + place);
    if (!word.empty()) return word;
  }
  return page_word(locale, "scope.place." + place);
}

/// "Tickets: see" above the name that programs give it; only that name for what has no words. Of
/// "ZohoCRM.modules.leads.READ" the last place counts.
std::string scope_line(std::string_view locale, const std::string& scope) {
  const std::vector<std::string> parts = split(ascii_lower(scope), '.');
  const std::string name = "<code>" + escape_html(scope) + "</code>";
  if (parts.size() != 3 && parts.size() != 4) return name;
  const bool is_settings = parts.size() == 4 && parts[1] == "settings";
  const std::string_view place =
      place_word(locale, parts.front(), parts[is_settings ? 1 : parts.size() - 2]);
  const std::string_view may = page_word(locale, "scope.may." + parts.back());
  if (place.empty() || may.empty()) return name;
  return fmt::format(fmt::runtime(page_word(locale, "scope.line")), place, may) + name;
}

std::string hidden_fields(const ConsentView& view) {
  const access::AuthorisationQuery& query = view.query;
  const http::Pairs fields{{"csrf_token", view.session.csrf_token},
                           {"response_type", query.response_type},
                           {"client_id", query.client_id},
                           {"redirect_uri", query.redirect_uri},
                           {"scope", query.scope},
                           {"access_type", query.access_type},
                           {"state", query.state},
                           {"code_challenge", query.code_challenge},
                           {"code_challenge_method", query.code_challenge_method}};
  std::string html;
  for (const auto& [name, value] : fields) {
    html +=
        fmt::format("<input type=\"hidden\" name=\"{}\" value=\"{}\">", name, escape_html(value));
  }
  return html;
}

}  // namespace

http::Response consent_page(const ConsentView& view) {
  const std::string& locale = view.person.locale;
  std::string scopes;
  for (const std::string& scope : view.authorisation.scopes) {
    scopes += "<li>" + scope_line(locale, scope) + "</li>";
  }
  const std::string body = fmt::format(
      "<p>{}</p><ul>{}</ul><p>{}</p><form method=\"post\" action=\"/oauth/v2/auth\">{}"
      "<button class=\"accept\" name=\"decision\" value=\"accept\">{}</button>"
      "<button name=\"decision\" value=\"refuse\">{}</button></form>",
      fmt::format(fmt::runtime(said(locale, "asks")), escape_html(view.authorisation.client.name),
                  escape_html(view.organisations)),
      scopes,
      fmt::format(fmt::runtime(said(locale, "person")), escape_html(view.person.name),
                  escape_html(view.person.email)),
      hidden_fields(view), said(locale, "accept"), said(locale, "refuse"));
  http::Response response = http::Response::html(200, page(locale, said(locale, "title"), body));
  set_policy(response, "'self' " + origin_of(view.authorisation.redirect_uri));
  return response;
}

http::Response problem_page(int status, std::string_view locale, const Refusal& refusal) {
  const std::string_view known = said(locale, "problem_" + refusal.code);
  const std::string_view message = known.empty() ? std::string_view(refusal.message) : known;
  const std::string body =
      fmt::format("<p>{}</p><p>{}</p>", escape_html(message), escape_html(refusal.code));
  http::Response response =
      http::Response::html(status, page(locale, said(locale, "problem"), body));
  set_policy(response, "'none'");
  return response;
}

}  // namespace tandem::api::oauth
