#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/oauth_clients.h"

// Codes: what a person's consent, or a self client's owner, hands to a program.

namespace tandem::access {

constexpr int64_t oauth_code_lifetime_ms = 2 * minute_ms;
constexpr int self_code_minutes_max = 10;

/// "1000.<32 hex>.<32 hex>", the shape clients check for.
std::string new_oauth_secret();
/// RFC 7636: base64url(sha256(verifier)) without padding.
std::string pkce_challenge(std::string_view verifier);

struct IssuedCode {
  std::string code = {};
  Instant expires_at = {};
};

/// A code for a self client, acting for the person who asks. `minutes`: 1 to 10.
/// Refuses: forbidden (manage_api), not_found, invalid (scopes, minutes, a client of another kind).
Result<IssuedCode> issue_self_code(db::Transaction& tx, const Actor& actor, RecordId client,
                                   const std::vector<std::string>& scopes, int minutes);

/// What GET /oauth/v2/auth brings.
struct AuthorisationQuery {
  std::string response_type = {};
  std::string client_id = {};
  std::string redirect_uri = {};
  std::string scope = {};
  std::string access_type = {};
  std::string state = {};
  std::string code_challenge = {};
  std::string code_challenge_method = {};
};

struct Authorisation {
  OAuthClient client = {};
  std::string redirect_uri = {};
  std::vector<std::string> scopes = {};
  std::string state = {};
  std::string challenge = {};
  bool is_offline = false;
};

/// Refuses with invalid; the code is the dialect's word. "invalid_client" and
/// "invalid_redirect_uri" are shown to the person; the others ("invalid_response_type",
/// "invalid_scope", "invalid_request") may be sent to the redirect address.
Result<Authorisation> check_authorisation(db::Transaction& tx, const AuthorisationQuery& query);

/// The person agreed. `actor` is who they are in the client's organisation.
IssuedCode authorise(db::Transaction& tx, const Actor& actor, const Authorisation& authorisation);

/// A code that was redeemed.
struct RedeemedCode {
  OrgId org = {};
  RecordId client = {};
  PersonId person = {};
  int64_t family = 0;
  std::string scopes = {};
  bool is_offline = false;
};
struct CodeProof {
  std::string code = {};
  std::string redirect_uri = {};
  std::string verifier = {};
};
/// Uses the code up. Refuses with invalid: "invalid_code" (unknown, old, another client's, wrong
/// verifier, used: then the tokens it gave die), "invalid_redirect_uri". A refusal must not undo
/// the using up, so it stands inside the answer.
std::expected<RedeemedCode, std::string> redeem_code(db::Transaction& tx, const OAuthClient& client,
                                                     const CodeProof& proof);

}  // namespace tandem::access
