#include "access/oauth_codes.h"

#include <fmt/format.h>

#include <algorithm>

#include "access/audit.h"
#include "access/oauth_scopes.h"
#include "access/short_cache.h"
#include "base/crypto.h"

namespace tandem::access {

namespace {

constexpr size_t challenge_chars = 43;
constexpr size_t verifier_chars_min = 43;
constexpr size_t verifier_chars_max = 128;
constexpr size_t state_bytes_max = 2'000;

struct NewCode {
  RecordId client;
  std::string scopes;
  std::string redirect_uri;
  std::string challenge;
  bool is_offline = false;
  int64_t lifetime_ms = 0;
};

IssuedCode issue(db::Transaction& tx, const Actor& actor, const NewCode& code) {
  const IssuedCode issued{new_oauth_secret(), tx.now() + code.lifetime_ms};
  tx.execute(
      "INSERT INTO oauth_codes (code_hash, org_id, client_id, person_id, family_id, scopes, "
      "redirect_uri, challenge, is_offline, expires_at) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
      {db::Bytes{sha256(issued.code)}, db::arg(actor.org), db::arg(code.client),
       db::arg(actor.person), tx.new_id(), code.scopes, code.redirect_uri, code.challenge,
       int64_t{code.is_offline}, db::arg(issued.expires_at)});
  return issued;
}

/// RFC 7636 with S256 only; a client that keeps no secret must bring it.
Result<void> check_challenge(const OAuthClient& client, const AuthorisationQuery& query) {
  if (query.code_challenge.empty()) {
    if (client.kind != OAuthClientKind::public_) return {};
    return invalid("code_challenge", "invalid_request", "This client must use PKCE with S256.");
  }
  if (query.code_challenge_method == "S256" && query.code_challenge.size() == challenge_chars) {
    return {};
  }
  return invalid("code_challenge_method", "invalid_request", "Use PKCE with the method S256.");
}

bool is_right_verifier(const std::string& challenge, const std::string& verifier) {
  if (challenge.empty()) return verifier.empty();
  return verifier.size() >= verifier_chars_min && verifier.size() <= verifier_chars_max &&
         equal_in_constant_time(challenge, pkce_challenge(verifier));
}

void end_family(db::Transaction& tx, int64_t family) {
  tx.execute("DELETE FROM oauth_tokens WHERE family_id = $1", {family});
  forget_cached(tx);
}

}  // namespace

std::string new_oauth_secret() { return fmt::format("1000.{}.{}", random_hex(32), random_hex(32)); }

std::string pkce_challenge(std::string_view verifier) { return to_base64url(sha256(verifier)); }

Result<IssuedCode> issue_self_code(db::Transaction& tx, const Actor& actor, RecordId client,
                                   const std::vector<std::string>& scopes, int minutes) {
  const std::vector<OAuthClient> clients = TRY(list_oauth_clients(tx, actor));
  const auto found = std::find_if(clients.begin(), clients.end(),
                                  [&](const OAuthClient& each) { return each.id == client; });
  if (found == clients.end()) return not_found("There is no such client.");
  if (found->kind != OAuthClientKind::self) {
    return invalid("client", "not_a_self_client", "Only self clients are given codes by hand.");
  }
  if (minutes < 1 || minutes > self_code_minutes_max) {
    return invalid("minutes", "out_of_range",
                   fmt::format("Choose 1 to {} minutes.", self_code_minutes_max));
  }
  if (!actor.person) return forbidden("not_a_person", "Sign in as a person to make a code.");
  const auto checked = scopes_from_text(scopes_to_text(scopes));
  if (!checked) return invalid("scopes", "invalid_scope", checked.error().message);
  audit(tx, actor, "api_code_issued", fmt::format("{}: {}", found->name, scopes_to_text(*checked)));
  return issue(tx, actor,
               {.client = client,
                .scopes = scopes_to_text(*checked),
                .redirect_uri = "",
                .challenge = "",
                .is_offline = true,
                .lifetime_ms = minutes * minute_ms});
}

Result<Authorisation> check_authorisation(db::Transaction& tx, const AuthorisationQuery& query) {
  std::optional<OAuthClient> client = find_oauth_client(tx, query.client_id);
  if (!client || client->kind == OAuthClientKind::self) {
    return invalid("client_id", "invalid_client", "There is no such client.");
  }
  const auto& uris = client->redirect_uris;
  if (std::find(uris.begin(), uris.end(), query.redirect_uri) == uris.end()) {
    return invalid("redirect_uri", "invalid_redirect_uri",
                   "The redirect address is not one of the client's.");
  }
  if (query.response_type != "code") {
    return invalid("response_type", "invalid_response_type", "Ask for response_type=code.");
  }
  if (query.state.size() > state_bytes_max) {
    return invalid("state", "invalid_request",
                   fmt::format("Send a state of at most {} bytes.", state_bytes_max));
  }
  const std::vector<std::string> scopes = TRY(scopes_from_text(query.scope));
  TRY(check_challenge(*client, query));
  return Authorisation{.client = std::move(*client),
                       .redirect_uri = query.redirect_uri,
                       .scopes = scopes,
                       .state = query.state,
                       .challenge = query.code_challenge,
                       .is_offline = query.access_type == "offline"};
}

IssuedCode authorise(db::Transaction& tx, const Actor& actor, const Authorisation& authorisation) {
  const std::string scopes = scopes_to_text(authorisation.scopes);
  audit(tx, actor, "api_consent_given", fmt::format("{}: {}", authorisation.client.name, scopes));
  return issue(tx, actor,
               {.client = authorisation.client.id,
                .scopes = scopes,
                .redirect_uri = authorisation.redirect_uri,
                .challenge = authorisation.challenge,
                .is_offline = authorisation.is_offline,
                .lifetime_ms = oauth_code_lifetime_ms});
}

std::expected<RedeemedCode, std::string> redeem_code(db::Transaction& tx, const OAuthClient& client,
                                                     const CodeProof& proof) {
  const std::unexpected<std::string> invalid_code("invalid_code");
  const std::string hash = sha256(proof.code);
  const auto row = tx.row(
      "SELECT org_id, client_id, person_id, family_id, scopes, redirect_uri, challenge, "
      "is_offline, "
      "expires_at FROM oauth_codes WHERE code_hash = $1",
      {db::Bytes{hash}});
  if (!row || RecordId{row->integer(1)} != client.id) return invalid_code;
  const bool is_first_use =
      tx.execute("UPDATE oauth_codes SET used_at = $2 WHERE code_hash = $1 AND used_at IS NULL",
                 {db::Bytes{hash}, db::arg(tx.now())}) == 1;
  if (!is_first_use) {
    // RFC 6749, 4.1.2: a code that comes twice was stolen.
    end_family(tx, row->integer(3));
    return invalid_code;
  }
  if (tx.now() >= row->instant(8)) return invalid_code;
  if (!row->text(5).empty() && row->text(5) != proof.redirect_uri) {
    return std::unexpected<std::string>("invalid_redirect_uri");
  }
  if (!is_right_verifier(row->text(6), proof.verifier)) return invalid_code;
  return RedeemedCode{.org = OrgId{row->integer(0)},
                      .client = client.id,
                      .person = PersonId{row->integer(2)},
                      .family = row->integer(3),
                      .scopes = row->text(4),
                      .is_offline = row->integer(7) != 0};
}

}  // namespace tandem::access
