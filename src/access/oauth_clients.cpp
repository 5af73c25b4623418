#include "access/oauth_clients.h"

#include <fmt/format.h>

#include <algorithm>

#include "access/audit.h"
#include "access/short_cache.h"
#include "base/crypto.h"
#include "base/json.h"
#include "base/names.h"
#include "base/text.h"

namespace tandem::access {

namespace {

constexpr int client_name_chars_max = 100;
constexpr size_t redirect_uri_bytes_max = 500;
constexpr size_t secret_hex_digits = 42;

constexpr std::string_view client_columns =
    "id, org_id, name, kind, client_id, redirect_uris, created_at, secret_hash";

OAuthClient client_of(const db::Row& row) {
  OAuthClient client{
      .id = RecordId{row.integer(0)},
      .org = OrgId{row.integer(1)},
      .name = row.text(2),
      .kind = oauth_client_kind_from_word(row.text(3)).value_or(OAuthClientKind::web),
      .client_id = row.text(4),
      .redirect_uris = {},
      .created_at = row.instant(6),
      .secret_hash = row.bytes(7)};
  const Result<Json> uris = json_from_text(row.text(5));
  if (uris && uris->is_array()) {
    for (const Json& uri : uris->get_array()) {
      if (uri.is_string()) client.redirect_uris.emplace_back(uri.get_string().c_str());
    }
  }
  return client;
}

bool is_loopback(std::string_view authority) {
  const std::string_view host = authority.starts_with('[')
                                    ? authority.substr(0, authority.find(']') + 1)
                                    : authority.substr(0, authority.find(':'));
  return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

/// https anywhere, http on this machine, and for programs on a device a scheme of their own such as
/// com.example.app.
bool is_redirect_uri(std::string_view uri, OAuthClientKind kind) {
  if (uri.size() > redirect_uri_bytes_max) return false;
  for (const char c : uri) {
    if (c <= ' ' || c >= 0x7f || c == '#' || c == '"' || c == '<' || c == '>' || c == '\\' ||
        c == ';' || c == ',' || c == '\'') {
      return false;
    }
  }
  const size_t colon = uri.find(':');
  if (colon == std::string_view::npos || colon == 0) return false;
  const std::string_view scheme = uri.substr(0, colon);
  if (scheme == "https" || scheme == "http") {
    if (!uri.substr(colon).starts_with("://")) return false;
    const std::string_view rest = uri.substr(colon + 3);
    const std::string_view authority = rest.substr(0, rest.find_first_of("/?"));
    if (authority.empty() || authority.find('@') != std::string_view::npos) return false;
    return scheme == "https" || is_loopback(authority);
  }
  return kind == OAuthClientKind::public_ && scheme.find('.') != std::string_view::npos &&
         scheme.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-") ==
             std::string_view::npos;
}

Result<void> check(const NewOAuthClient& client) {
  TRY(checked_name(client.name, {.of = "the client", .chars_max = client_name_chars_max}));
  if (client.kind == OAuthClientKind::self) {
    if (client.redirect_uris.empty()) return {};
    return invalid("redirect_uris", "not_allowed", "A self client has no redirect addresses.");
  }
  if (client.redirect_uris.empty() ||
      client.redirect_uris.size() > static_cast<size_t>(redirect_uris_max)) {
    return invalid("redirect_uris", "required",
                   fmt::format("Give 1 to {} redirect addresses.", redirect_uris_max));
  }
  for (const std::string& uri : client.redirect_uris) {
    if (is_redirect_uri(uri, client.kind)) continue;
    return invalid("redirect_uris", "not_a_url",
                   "Give whole https addresses (http only for localhost), without a # part.");
  }
  return {};
}

std::string uris_to_json(const std::vector<std::string>& uris) {
  JsonWriter json;
  json.begin_array();
  for (const std::string& uri : uris) json.string(uri);
  json.end_array();
  return json.take();
}

std::string new_client_id() {
  std::string digits = random_hex(32);
  std::transform(digits.begin(), digits.end(), digits.begin(),
                 [](char c) { return c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c; });
  return "1000." + digits;
}

}  // namespace

std::string_view word(OAuthClientKind kind) {
  switch (kind) {
    case OAuthClientKind::self: return "self";
    case OAuthClientKind::web: return "web";
    case OAuthClientKind::public_: return "public";
  }
  return "";
}

std::optional<OAuthClientKind> oauth_client_kind_from_word(std::string_view text) {
  for (const OAuthClientKind kind :
       {OAuthClientKind::self, OAuthClientKind::web, OAuthClientKind::public_}) {
    if (word(kind) == text) return kind;
  }
  return std::nullopt;
}

Result<CreatedOAuthClient> create_oauth_client(db::Transaction& tx, const Actor& actor,
                                               const NewOAuthClient& client) {
  TRY(require_duty(actor, Duty::manage_api));
  TRY(check(client));
  if (tx.integer("SELECT COUNT(*) FROM oauth_clients WHERE org_id = $1", {db::arg(actor.org)}) >=
      oauth_clients_per_organisation_max) {
    return conflict("too_many", fmt::format("There may be {} clients. Delete one first.",
                                            oauth_clients_per_organisation_max));
  }
  CreatedOAuthClient made;
  if (client.kind != OAuthClientKind::public_) made.secret = random_hex(secret_hex_digits);
  made.client = {.id = RecordId{tx.new_id()},
                 .org = actor.org,
                 .name = std::string(trim(client.name)),
                 .kind = client.kind,
                 .client_id = new_client_id(),
                 .redirect_uris = client.redirect_uris,
                 .created_at = tx.now(),
                 .secret_hash = made.secret.empty() ? "" : sha256(made.secret)};
  tx.execute(
      "INSERT INTO oauth_clients (org_id, id, name, kind, client_id, secret_hash, redirect_uris, "
      "created_at, created_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      {db::arg(actor.org), db::arg(made.client.id), made.client.name,
       std::string(word(client.kind)), made.client.client_id, db::Bytes{made.client.secret_hash},
       uris_to_json(client.redirect_uris), db::arg(tx.now()), actor.id.value});
  audit(tx, actor, "api_client_created", made.client.name);
  return made;
}

Result<std::vector<OAuthClient>> list_oauth_clients(db::Transaction& tx, const Actor& actor) {
  TRY(require_duty(actor, Duty::manage_api));
  std::vector<OAuthClient> clients;
  for (const db::Row& row :
       tx.rows(fmt::format("SELECT {} FROM oauth_clients WHERE org_id = $1 ORDER BY id LIMIT $2",
                           client_columns),
               {db::arg(actor.org), int64_t{oauth_clients_per_organisation_max}})) {
    clients.push_back(client_of(row));
  }
  return clients;
}

Result<void> delete_oauth_client(db::Transaction& tx, const Actor& actor, RecordId id) {
  TRY(require_duty(actor, Duty::manage_api));
  const auto row = tx.row("SELECT name FROM oauth_clients WHERE org_id = $1 AND id = $2",
                          {db::arg(actor.org), db::arg(id)});
  if (!row) return not_found("There is no such client.");
  for (const std::string_view sql :
       {"DELETE FROM oauth_tokens WHERE org_id = $1 AND client_id = $2",
        "DELETE FROM oauth_codes WHERE org_id = $1 AND client_id = $2",
        "DELETE FROM oauth_clients WHERE org_id = $1 AND id = $2"}) {
    tx.execute(sql, {db::arg(actor.org), db::arg(id)});
  }
  forget_cached(tx);
  audit(tx, actor, "api_client_deleted", row->text(0));
  return {};
}

std::optional<OAuthClient> find_oauth_client(db::Transaction& tx, std::string_view client_id) {
  const auto row =
      tx.row(fmt::format("SELECT {} FROM oauth_clients WHERE client_id = $1", client_columns),
             {db::arg(client_id)});
  if (!row) return std::nullopt;
  return client_of(*row);
}

bool client_secret_matches(const OAuthClient& client, std::string_view secret) {
  if (client.kind == OAuthClientKind::public_ || client.secret_hash.empty()) return false;
  return equal_in_constant_time(sha256(secret), client.secret_hash);
}

}  // namespace tandem::access
