#include "access/active_member.h"
#include "access/oauth_scopes.h"
#include "access/oauth_tokens.h"
#include "api/oauth/handlers.h"
#include "base/crypto.h"
#include "base/json.h"
#include "base/text.h"
#include "http/multipart.h"

namespace tandem::api::oauth {

namespace {

/// RFC 6749, 2.3.1: "Basic base64(client_id:client_secret)", both percent-encoded.
void read_basic(const http::Request& request, access::TokenQuery& query) {
  constexpr std::string_view scheme = "Basic ";
  const std::string_view header = request.header("Authorization");
  if (!starts_with_ignoring_ascii_case(header, scheme)) return;
  const std::optional<std::string> pair = from_base64(trim(header.substr(scheme.size())));
  if (!pair) return;
  const size_t colon = pair->find(':');
  if (colon == std::string::npos) return;
  const std::string_view text(*pair);
  query.client_id = http::decode_percent(text.substr(0, colon), http::PlusSign::is_plus);
  query.client_secret = http::decode_percent(text.substr(colon + 1), http::PlusSign::is_plus);
}

access::TokenQuery token_query(const http::Request& request, const http::Pairs& parameters) {
  access::TokenQuery query{.grant_type = parameter(parameters, "grant_type"),
                           .client_id = parameter(parameters, "client_id"),
                           .client_secret = parameter(parameters, "client_secret"),
                           .code = parameter(parameters, "code"),
                           .redirect_uri = parameter(parameters, "redirect_uri"),
                           .code_verifier = parameter(parameters, "code_verifier"),
                           .refresh_token = parameter(parameters, "refresh_token"),
                           .address = request.peer_address};
  if (query.client_id.empty() || query.client_secret.empty()) read_basic(request, query);
  return query;
}

http::Response unauthorised(std::string_view code) {
  JsonWriter json;
  json.begin_object().string("error", code).end_object();
  http::Response response = http::Response::json(401, json.take());
  response.set_header("WWW-Authenticate", "Bearer error=\"" + std::string(code) + "\"");
  return response;
}

/// The last word is the last name, as in most of the languages that have one.
void append_names(JsonWriter& json, const std::string& name) {
  const size_t space = name.rfind(' ');
  const bool has_two = space != std::string::npos;
  json.string("First_Name", has_two ? name.substr(0, space) : "");
  json.string("Last_Name", has_two ? name.substr(space + 1) : name);
  json.string("Display_Name", name);
}

}  // namespace

http::Response grant_token(const http::Request& request, Services& services) {
  const Result<http::Pairs> parameters = read_parameters(request);
  if (!parameters) return error_answer("invalid_request");
  const Result<access::TokenGrant> grant =
      access::grant_token(services.database, token_query(request, *parameters));
  if (!grant) return error_answer(grant.error().code);
  JsonWriter json;
  json.begin_object().string("access_token", grant->access_token);
  if (!grant->refresh_token.empty()) json.string("refresh_token", grant->refresh_token);
  // Clients build every further address from api_domain; no expires_in_sec beside expires_in, since
  // with it some read expires_in as milliseconds.
  json.string("scope", grant->scopes).string("api_domain", services.base_url);
  json.string("token_type", "Bearer").number("expires_in", grant->expires_in_s).end_object();
  return http::Response::json(200, json.take());
}

http::Response revoke_token(const http::Request& request, Services& services) {
  const Result<http::Pairs> parameters = read_parameters(request);
  if (!parameters) return error_answer("invalid_request");
  const std::string token = parameter(*parameters, "token");
  const Result<void> revoked = services.database.write([&](db::Transaction& tx) -> Result<void> {
    return access::revoke_token(tx, token, request.peer_address);
  });
  if (!revoked) return error_answer(revoked.error().code);
  JsonWriter json;
  json.begin_object().string("status", "success").end_object();
  return http::Response::json(200, json.take());
}

http::Response user_info(const http::Request& request, Services& services) {
  const Result<access::OAuthToken> token = access::find_oauth_token(
      services.database, access::token_of_header(request.header("Authorization")));
  if (!token) return unauthorised("invalid_token");
  if (!access::scope_allows(token->scopes, "AaaServer.profile.READ")) {
    return unauthorised("insufficient_scope");
  }
  const std::optional<access::Person> person =
      services.database.read([&](db::Transaction& tx) -> std::optional<access::Person> {
        if (!access::is_active_member(tx, token->org, token->person)) return std::nullopt;
        return access::find_person(tx, token->person);
      });
  if (!person) return unauthorised("invalid_token");
  JsonWriter json;
  json.begin_object();
  append_names(json, person->name);
  json.string("Email", person->email).id("ZUID", person->id.value).end_object();
  return http::Response::json(200, json.take());
}

}  // namespace tandem::api::oauth
