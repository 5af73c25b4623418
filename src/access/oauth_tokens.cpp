#include "access/oauth_tokens.h"

#include "access/active_member.h"
#include "access/audit.h"
#include "access/oauth_scopes.h"
#include "access/short_cache.h"
#include "base/crypto.h"
#include "base/text.h"

namespace tandem::access {

namespace {

constexpr int64_t used_every_ms = minute_ms;
constexpr int delegations_shown_max = 200;

struct KeptToken {
  OAuthToken token;
  int64_t family = 0;
  Instant last_used_at;
};

ShortCache<KeptToken>& kept_tokens() {
  static ShortCache<KeptToken> kept;
  return kept;
}

Refusal invalid_token() {
  return unauthenticated("invalid_token", "The token is unknown, expired or revoked.");
}

std::optional<KeptToken> read_token(db::Database& database, const std::string& hash) {
  return database.read([&](db::Transaction& tx) -> std::optional<KeptToken> {
    const auto row = tx.row(
        "SELECT id, org_id, person_id, client_id, scopes, expires_at, family_id, last_used_at "
        "FROM oauth_tokens WHERE token_hash = $1 AND kind = 'access'",
        {db::Bytes{hash}});
    if (!row) return std::nullopt;
    if (!is_active_member(tx, OrgId{row->integer(1)}, PersonId{row->integer(2)}))
      return std::nullopt;
    return KeptToken{.token = {.id = row->integer(0),
                               .org = OrgId{row->integer(1)},
                               .person = PersonId{row->integer(2)},
                               .client = RecordId{row->integer(3)},
                               .scopes = split(row->text(4), ' '),
                               .expires_at = row->instant(5)},
                     .family = row->integer(6),
                     .last_used_at = row->instant(7)};
  });
}

void mark_used(db::Database& database, const KeptToken& kept) {
  const Result<void> marked = database.write([&](db::Transaction& tx) -> Result<void> {
    tx.execute(
        "UPDATE oauth_tokens SET last_used_at = $2 WHERE family_id = $1 AND last_used_at < $2",
        {kept.family, db::arg(kept.last_used_at)});
    return {};
  });
  (void)marked;  // The body refuses nothing.
}

}  // namespace

std::string_view token_of_header(std::string_view authorization) {
  for (const std::string_view scheme : {"Zoho-oauthtoken ", "Bearer "}) {
    if (starts_with_ignoring_ascii_case(authorization, scheme)) {
      return trim(authorization.substr(scheme.size()));
    }
  }
  return {};
}

Result<OAuthToken> find_oauth_token(db::Database& database, std::string_view access_token) {
  if (access_token.empty()) return invalid_token();
  const std::string hash = sha256(access_token);
  const Instant now = database.clock().now();
  const uint64_t epoch = cache_epoch();
  std::optional<KeptToken> kept = kept_tokens().find(hash, now);
  const bool was_kept = kept.has_value();
  if (!kept) kept = read_token(database, hash);
  if (!kept || now >= kept->token.expires_at) return invalid_token();
  if (now - kept->last_used_at >= used_every_ms) {
    kept->last_used_at = now;
    kept_tokens().keep(hash, *kept, now, epoch);
    mark_used(database, *kept);
  } else if (!was_kept) {
    kept_tokens().keep(hash, *kept, now, epoch);
  }
  return kept->token;
}

Result<void> revoke_token(db::Transaction& tx, std::string_view token, std::string_view address) {
  const auto row = tx.row(
      "SELECT id, kind, family_id, person_id, org_id FROM oauth_tokens WHERE token_hash = $1",
      {db::Bytes{sha256(token)}});
  if (!row) return invalid("token", "invalid_code", "There is no such token.");
  if (row->text(1) == "refresh") {
    tx.execute("DELETE FROM oauth_tokens WHERE family_id = $1", {row->integer(2)});
  } else {
    tx.execute("DELETE FROM oauth_tokens WHERE id = $1", {row->integer(0)});
  }
  forget_cached(tx);
  audit_member(tx, OrgId{row->integer(4)}, PersonId{row->integer(3)}, address, "api_token_revoked",
               "");
  return {};
}

std::vector<Delegation> delegations_of(db::Transaction& tx, PersonId person) {
  std::vector<Delegation> found;
  tx.for_each(
      "SELECT t.family_id, c.name, t.org_id, t.scopes, MIN(t.created_at), MAX(t.last_used_at) "
      "FROM oauth_tokens t JOIN oauth_clients c ON c.org_id = t.org_id AND c.id = t.client_id "
      "WHERE t.person_id = $1 AND (t.expires_at IS NULL OR t.expires_at > $2) "
      "GROUP BY t.family_id, c.name, t.org_id, t.scopes ORDER BY t.family_id DESC LIMIT $3",
      {db::arg(person), db::arg(tx.now()), int64_t{delegations_shown_max}},
      [&](const db::RowView& row) {
        found.push_back({.id = row.integer(0),
                         .client_name = std::string(row.text(1)),
                         .org = OrgId{row.integer(2)},
                         .scopes = split(row.text(3), ' '),
                         .created_at = {row.integer(4)},
                         .last_used_at = {row.integer(5)}});
        return true;
      });
  return found;
}

Result<void> end_delegation(db::Transaction& tx, PersonId person, const DelegationEnd& end) {
  const db::Args args{db::arg(person), end.id};
  const auto row = tx.row(
      "SELECT t.org_id, c.name FROM oauth_tokens t "
      "LEFT JOIN oauth_clients c ON c.org_id = t.org_id AND c.id = t.client_id "
      "WHERE t.person_id = $1 AND t.family_id = $2 LIMIT 1",
      args);
  if (!row) return not_found("There is no such program.");
  tx.execute("DELETE FROM oauth_tokens WHERE person_id = $1 AND family_id = $2", args);
  forget_cached(tx);
  audit_member(tx, OrgId{row->integer(0)}, person, end.address, "api_token_revoked",
               row->is_null(1) ? "" : row->text(1));
  return {};
}

void end_delegations_in(db::Transaction& tx, PersonId person, OrgId org) {
  tx.execute("DELETE FROM oauth_tokens WHERE person_id = $1 AND org_id = $2",
             {db::arg(person), db::arg(org)});
  tx.execute("DELETE FROM oauth_codes WHERE person_id = $1 AND org_id = $2",
             {db::arg(person), db::arg(org)});
  forget_cached(tx);
}

void end_all_delegations(db::Transaction& tx, PersonId person) {
  tx.execute("DELETE FROM oauth_tokens WHERE person_id = $1", {db::arg(person)});
  tx.execute("DELETE FROM oauth_codes WHERE person_id = $1", {db::arg(person)});
  forget_cached(tx);
}

}  // namespace tandem::access
