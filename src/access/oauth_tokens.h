#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/oauth_clients.h"
#include "db/database.h"

namespace tandem::access {

constexpr int64_t access_token_lifetime_ms = hour_ms;
/// Beyond these the oldest dies.
constexpr int refresh_tokens_per_person_and_client_max = 20;
constexpr int access_tokens_per_family_max = 30;
/// More refreshes of one token within ten minutes are refused with "access_denied".
constexpr int refreshes_per_ten_minutes_max = 100;

/// What an access token stands for.
struct OAuthToken {
  int64_t id = 0;
  OrgId org = {};
  PersonId person = {};
  RecordId client = {};
  std::vector<std::string> scopes = {};
  Instant expires_at = {};
};

/// The token of an Authorization header: "Zoho-oauthtoken T" or "Bearer T"; "" when it is neither.
std::string_view token_of_header(std::string_view authorization);

/// One indexed read, or none within some seconds of the last one. Refuses: unauthenticated
/// "invalid_token" when unknown, expired or revoked, or when the person is no active member of the
/// token's organisation any more.
Result<OAuthToken> find_oauth_token(db::Database& database, std::string_view access_token);

/// What POST /oauth/v2/token brings, wherever it stood.
struct TokenQuery {
  std::string grant_type = {};
  std::string client_id = {};
  std::string client_secret = {};
  std::string code = {};
  std::string redirect_uri = {};
  std::string code_verifier = {};
  std::string refresh_token = {};
  std::string address = {};
};

struct TokenGrant {
  std::string access_token = {};
  std::string refresh_token = {};  // "" unless an offline code was redeemed
  std::string scopes = {};         // with spaces
  int64_t expires_in_s = access_token_lifetime_ms / second_ms;
};
/// Refuses with invalid whose code is the dialect's word: invalid_client, invalid_client_secret,
/// invalid_code, invalid_redirect_uri, access_denied, unsupported_grant_type. A refresh token stays
/// as it is: clients of this dialect keep theirs for years. Codes and refresh tokens of who is no
/// active member any more are invalid_code.
Result<TokenGrant> grant_token(db::Database& database, const TokenQuery& query);

/// Revokes an access token, or a refresh token with all that was made of it. Refuses with invalid
/// "invalid_code".
Result<void> revoke_token(db::Transaction& tx, std::string_view token, std::string_view address);

/// Who may act for a person.
struct Delegation {
  int64_t id = 0;
  std::string client_name = {};
  OrgId org = {};
  std::vector<std::string> scopes = {};
  Instant created_at = {};
  Instant last_used_at = {};
};
/// One per consent, newest first, at most 200.
std::vector<Delegation> delegations_of(db::Transaction& tx, PersonId person);
struct DelegationEnd {
  int64_t id = 0;
  std::string address = {};  // whence it was asked for
};
/// Refuses: not_found, also when it is another person's.
Result<void> end_delegation(db::Transaction& tx, PersonId person, const DelegationEnd& end);
/// Every token and code for one organisation, when the person's membership ends.
void end_delegations_in(db::Transaction& tx, PersonId person, OrgId org);
void end_all_delegations(db::Transaction& tx, PersonId person);

}  // namespace tandem::access
