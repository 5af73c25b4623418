#include "access/audit.h"
#include "access/oauth_clients.h"
#include "access/oauth_codes.h"
#include "access/oauth_scopes.h"
#include "access/oauth_tokens.h"
#include "api/native/answers.h"
#include "api/native/settings_handlers.h"
#include "base/text.h"

namespace tandem::api::native {

namespace {

void append_client(JsonWriter& json, const access::OAuthClient& client, const std::string& secret) {
  json.begin_object()
      .id("id", client.id.value)
      .string("name", client.name)
      .string("client_id", client.client_id);
  json.string("kind", word(client.kind)).key("redirect_uris").begin_array();
  for (const std::string& uri : client.redirect_uris) json.string(uri);
  json.end_array().string("created_at", to_iso(client.created_at));
  if (!secret.empty()) json.string("client_secret", secret);
  json.end_object();
}

}  // namespace

Result<http::Response> list_oauth_clients(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const std::vector<access::OAuthClient> clients =
        TRY(access::list_oauth_clients(tx, call.actor));
    JsonWriter json;
    json.begin_object().key("clients").begin_array();
    for (const access::OAuthClient& client : clients) append_client(json, client, "");
    json.end_array().end_object();
    return http::Response::json(200, json.take());
  });
}

Result<http::Response> add_oauth_client(Call& call) {
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {"name", "kind", "redirect_uris"}));
  access::NewOAuthClient wanted;
  wanted.name = TRY(body_text(body, "name"));
  const std::string kind_word = TRY(body_text(body, "kind"));
  const std::optional<access::OAuthClientKind> kind =
      access::oauth_client_kind_from_word(kind_word);
  if (!kind) return invalid("kind", "not_a_choice", "Say self, web or public.");
  wanted.kind = *kind;
  wanted.redirect_uris = TRY(body_texts(body, "redirect_uris", access::redirect_uris_max));
  const auto created =
      TRY(call.database().write([&](db::Transaction& tx) -> Result<access::CreatedOAuthClient> {
        return access::create_oauth_client(tx, call.actor, wanted);
      }));
  JsonWriter json;
  append_client(json, created.client, created.secret);
  return http::Response::json(201, json.take());
}

Result<http::Response> remove_oauth_client(Call& call) {
  return removed(call, access::delete_oauth_client);
}

Result<http::Response> issue_oauth_code(Call& call) {
  const RecordId id = TRY(call.id());
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {"scopes", "minutes"}));
  const std::vector<std::string> words = TRY(body_texts(body, "scopes", 100));
  const std::vector<std::string> scopes = TRY(access::scopes_from_text(join(words, ",")));
  const Json* minutes = body.if_contains("minutes");
  if (minutes && !minutes->is_int64())
    return invalid("minutes", "wrong_type", "Send minutes as a whole number.");
  const int lifetime = minutes ? int(minutes->as_int64()) : access::self_code_minutes_max;
  const access::IssuedCode issued =
      TRY(call.database().write([&](db::Transaction& tx) -> Result<access::IssuedCode> {
        return access::issue_self_code(tx, call.actor, id, scopes, lifetime);
      }));
  JsonWriter json;
  json.begin_object()
      .string("code", issued.code)
      .string("expires_at", to_iso(issued.expires_at))
      .end_object();
  return http::Response::json(201, json.take());
}

Result<http::Response> list_oauth_tokens(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    JsonWriter json;
    json.begin_object().key("tokens").begin_array();
    for (const access::Delegation& delegation : access::delegations_of(tx, call.actor.person)) {
      json.begin_object().id("id", delegation.id).string("client_name", delegation.client_name);
      json.key("scopes").begin_array();
      for (const std::string& scope : delegation.scopes) json.string(scope);
      json.end_array().string("created_at", to_iso(delegation.created_at));
      json.string("last_used_at", to_iso(delegation.last_used_at)).end_object();
    }
    json.end_array().end_object();
    return http::Response::json(200, json.take());
  });
}

Result<http::Response> remove_oauth_token(Call& call) {
  const RecordId id = TRY(call.id());
  TRY(call.database().write([&](db::Transaction& tx) -> Result<void> {
    return access::end_delegation(tx, call.actor.person,
                                  {.id = id.value, .address = call.actor.address});
  }));
  return http::Response::no_content();
}

Result<http::Response> show_audit_log(Call& call) {
  const int limit = TRY(call.query_number("limit", 50, 1, 200));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const access::AuditPage page =
        TRY(access::list_audit(tx, call.actor, call.query_text("cursor"), limit));
    JsonWriter json;
    json.begin_object().key("entries").begin_array();
    for (const access::AuditEntry& entry : page.entries) {
      json.begin_object().string("id", std::to_string(entry.seq)).string("at", to_iso(entry.at));
      json.string("actor", entry.actor).string("what", entry.what).string("detail", entry.detail);
      json.string("address", entry.address).end_object();
    }
    json.end_array();
    append_cursor(json, "next_cursor", page.next_cursor);
    json.end_object();
    return http::Response::json(200, json.take());
  });
}

}  // namespace tandem::api::native
