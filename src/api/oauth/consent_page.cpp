#include <fmt/format.h>

#include <array>

#include "api/oauth/handlers.h"
#include "base/text.h"

namespace tandem::api::oauth {

namespace {

struct Words {
  std::string_view locale;
  std::string_view title;
  std::string_view asks;  // {0}: the program, {1}: the organisation
  std::string_view person;
  std::string_view accept;
  std::string_view refuse;
  std::string_view problem;
};

constexpr std::array<Words, 4> words{
    Words{"en", "Allow access?", "{0} wants to act for you in {1}:", "Signed in as", "Allow",
          "Deny", "This request can't be answered"},
    Words{"ja", "アクセスを許可しますか？", "{0} が {1} であなたとして次の操作を求めています：",
          "サインイン中", "許可する", "拒否する", "このリクエストには応答できません"},
    Words{"zh", "允许访问吗？", "{0} 请求在 {1} 中代表您执行：", "当前登录", "允许", "拒绝",
          "无法处理此请求"},
    Words{"pt", "Permitir acesso?", "{0} quer agir em seu nome em {1}:", "Sessão iniciada como",
          "Permitir", "Recusar", "Não é possível atender a este pedido"}};

const Words& words_of(std::string_view locale) {
  for (const Words& each : words) {
    if (each.locale == locale) return each;
  }
  return words[0];
}

constexpr std::string_view style =
    ":root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;margin:0;"
    "display:grid;place-items:center;min-height:100vh}main{max-width:28rem;padding:2rem}"
    "h1{font-size:1.4rem}li{font-family:ui-monospace,monospace;overflow-wrap:anywhere}"
    "form{display:flex;gap:.75rem;margin-top:1.5rem}button{font:inherit;padding:.5rem 1.25rem;"
    "border-radius:.4rem;border:1px solid;cursor:pointer}"
    ".accept{background:#1f5fbf;border-color:#1f5fbf;color:#fff}";

std::string page(const Words& text, std::string_view title, const std::string& body) {
  return fmt::format(
      "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width\"><title>{} · Tandem</title>"
      "<style>{}</style></head><body><main><h1>{}</h1>{}</main></body></html>",
      text.locale, escape_html(title), style, escape_html(title), body);
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
  const Words& text = words_of(view.person.locale);
  std::string scopes;
  for (const std::string& scope : view.authorisation.scopes) {
    scopes += "<li>" + escape_html(scope) + "</li>";
  }
  const std::string body = fmt::format(
      "<p>{}</p><ul>{}</ul><p>{} {} ({})</p><form method=\"post\" action=\"/oauth/v2/auth\">{}"
      "<button class=\"accept\" name=\"decision\" value=\"accept\">{}</button>"
      "<button name=\"decision\" value=\"refuse\">{}</button></form>",
      fmt::format(fmt::runtime(text.asks), escape_html(view.authorisation.client.name),
                  escape_html(view.organisation)),
      scopes, text.person, escape_html(view.person.name), escape_html(view.person.email),
      hidden_fields(view), text.accept, text.refuse);
  http::Response response = http::Response::html(200, page(text, text.title, body));
  set_policy(response, "'self' " + origin_of(view.authorisation.redirect_uri));
  return response;
}

http::Response problem_page(int status, std::string_view locale, const Refusal& refusal) {
  const Words& text = words_of(locale);
  const std::string body =
      fmt::format("<p>{}</p><p>{}</p>", escape_html(refusal.message), escape_html(refusal.code));
  http::Response response = http::Response::html(status, page(text, text.problem, body));
  set_policy(response, "'none'");
  return response;
}

}  // namespace tandem::api::oauth
