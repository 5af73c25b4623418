#include <variant>

#include "access/active_member.h"
#include "access/audit.h"
#include "access/oauth_codes.h"
#include "access/oauth_tokens.h"
#include "access/short_cache.h"
#include "base/crypto.h"

// POST /oauth/v2/token. A used-up code must stay used up when the caller is refused, so inside the
// transaction a refusal of the dialect is an answer.

namespace tandem::access {

namespace {

constexpr int64_t refresh_window_ms = 10 * minute_ms;

using Outcome = std::variant<TokenGrant, std::string>;

Refusal refusal_of(const std::string& code) {
  return invalid("", code, "The token was not granted: " + code + ".");
}

struct NewToken {
  std::string_view kind;
  int64_t family = 0;
  OrgId org;
  RecordId client;
  PersonId person;
  std::string scopes;
};

std::string insert_token(db::Transaction& tx, const NewToken& token) {
  const std::string secret = new_oauth_secret();
  const bool expires = token.kind == "access";
  tx.execute(
      "INSERT INTO oauth_tokens (id, token_hash, kind, family_id, org_id, client_id, person_id, "
      "scopes, created_at, last_used_at, expires_at) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10)",
      {tx.new_id(), db::Bytes{sha256(secret)}, std::string(token.kind), token.family,
       db::arg(token.org), db::arg(token.client), db::arg(token.person), token.scopes,
       db::arg(tx.now()),
       expires ? db::arg(tx.now() + access_token_lifetime_ms) : db::Value(nullptr)});
  return secret;
}

std::string add_access_token(db::Transaction& tx, NewToken token) {
  token.kind = "access";
  std::string secret = insert_token(tx, token);
  const int64_t ended = tx.execute(
      "DELETE FROM oauth_tokens WHERE family_id = $1 AND kind = 'access' AND id NOT IN "
      "(SELECT id FROM oauth_tokens WHERE family_id = $1 AND kind = 'access' "
      "ORDER BY id DESC LIMIT $2)",
      {token.family, int64_t{access_tokens_per_family_max}});
  if (ended > 0) forget_cached(tx);
  return secret;
}

std::string add_refresh_token(db::Transaction& tx, NewToken token) {
  token.kind = "refresh";
  std::string secret = insert_token(tx, token);
  const std::vector<db::Row> old = tx.rows(
      "SELECT family_id FROM oauth_tokens WHERE person_id = $1 AND client_id = $2 "
      "AND kind = 'refresh' AND id NOT IN (SELECT id FROM oauth_tokens WHERE person_id = $1 "
      "AND client_id = $2 AND kind = 'refresh' ORDER BY id DESC LIMIT $3)",
      {db::arg(token.person), db::arg(token.client),
       int64_t{refresh_tokens_per_person_and_client_max}});
  for (const db::Row& row : old) {
    tx.execute("DELETE FROM oauth_tokens WHERE family_id = $1", {row.integer(0)});
    forget_cached(tx);
  }
  return secret;
}

Outcome grant_for_code(db::Transaction& tx, const OAuthClient& client, const TokenQuery& query) {
  const auto code = redeem_code(tx, client, {query.code, query.redirect_uri, query.code_verifier});
  if (!code) return code.error();
  if (!is_active_member(tx, code->org, code->person)) return "invalid_code";
  NewToken token{"", code->family, code->org, code->client, code->person, code->scopes};
  TokenGrant grant;
  grant.access_token = add_access_token(tx, token);
  if (code->is_offline) grant.refresh_token = add_refresh_token(tx, token);
  grant.scopes = code->scopes;
  audit_member(tx, code->org, code->person, query.address, "api_token_granted", client.name);
  return grant;
}

/// False when the refresh token was used too often lately.
bool count_refresh(db::Transaction& tx, int64_t id) {
  tx.execute(
      "UPDATE oauth_tokens SET "
      "window_uses = CASE WHEN window_at <= $3 THEN 1 ELSE window_uses + 1 END, "
      "window_at = CASE WHEN window_at <= $3 THEN $2 ELSE window_at END, "
      "last_used_at = $2 WHERE id = $1",
      {id, db::arg(tx.now()), db::arg(tx.now() - refresh_window_ms)});
  return tx.integer("SELECT window_uses FROM oauth_tokens WHERE id = $1", {id}) <=
         refreshes_per_ten_minutes_max;
}

Outcome grant_for_refresh(db::Transaction& tx, const OAuthClient& client, const TokenQuery& query) {
  const auto row = tx.row(
      "SELECT id, family_id, person_id, scopes FROM oauth_tokens "
      "WHERE token_hash = $1 AND kind = 'refresh' AND client_id = $2",
      {db::Bytes{sha256(query.refresh_token)}, db::arg(client.id)});
  if (!row || !is_active_member(tx, client.org, PersonId{row->integer(2)})) return "invalid_code";
  if (!count_refresh(tx, row->integer(0))) return "access_denied";
  TokenGrant grant;
  grant.scopes = row->text(3);
  grant.access_token = add_access_token(tx, {.kind = "",
                                             .family = row->integer(1),
                                             .org = client.org,
                                             .client = client.id,
                                             .person = PersonId{row->integer(2)},
                                             .scopes = grant.scopes});
  return grant;
}

Outcome grant(db::Transaction& tx, const TokenQuery& query) {
  const std::optional<OAuthClient> client = find_oauth_client(tx, query.client_id);
  if (!client) return "invalid_client";
  if (client->kind != OAuthClientKind::public_ &&
      !client_secret_matches(*client, query.client_secret)) {
    return "invalid_client_secret";
  }
  if (query.grant_type == "authorization_code") return grant_for_code(tx, *client, query);
  if (query.grant_type == "refresh_token") return grant_for_refresh(tx, *client, query);
  return "unsupported_grant_type";
}

}  // namespace

Result<TokenGrant> grant_token(db::Database& database, const TokenQuery& query) {
  Outcome outcome =
      TRY(database.write([&](db::Transaction& tx) -> Result<Outcome> { return grant(tx, query); }));
  if (const std::string* const code = std::get_if<std::string>(&outcome)) return refusal_of(*code);
  return std::get<TokenGrant>(std::move(outcome));
}

}  // namespace tandem::access
