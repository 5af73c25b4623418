#include <regex>

#include "access/agents.h"
#include "access/oauth_clients.h"
#include "access/oauth_codes.h"
#include "access/oauth_scopes.h"
#include "access/oauth_tokens.h"
#include "access/organisations.h"
#include "access/password_reset.h"
#include "tests/unit/access/office.h"

namespace tandem::access {

namespace {

constexpr const char* callback = "https://crm.example.com/callback?source=tandem";
// RFC 7636, appendix B.
constexpr const char* rfc_verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
constexpr const char* rfc_challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

class OAuth : public Office {
 protected:
  Result<CreatedOAuthClient> try_client(OAuthClientKind kind, std::vector<std::string> uris) {
    return try_write([&](db::Transaction& tx) -> Result<CreatedOAuthClient> {
      return create_oauth_client(tx, ada, {"Bridge", kind, std::move(uris)});
    });
  }
  CreatedOAuthClient self_client() { return try_client(OAuthClientKind::self, {}).value(); }
  CreatedOAuthClient web_client() { return try_client(OAuthClientKind::web, {callback}).value(); }
  CreatedOAuthClient public_client() {
    return try_client(OAuthClientKind::public_, {"http://127.0.0.1:7777/back"}).value();
  }

  std::string self_code(const CreatedOAuthClient& client, int minutes = 10) {
    return write([&](db::Transaction& tx) -> Result<IssuedCode> {
             return issue_self_code(tx, ada, client.client.id, {"Desk.tickets.ALL"}, minutes);
           })
        .code;
  }
  static AuthorisationQuery question(const CreatedOAuthClient& client) {
    return {.response_type = "code",
            .client_id = client.client.client_id,
            .redirect_uri = client.client.redirect_uris.at(0),
            .scope = "Desk.tickets.READ,AaaServer.profile.READ",
            .access_type = "offline",
            .state = "xyz"};
  }
  Result<Authorisation> ask(const AuthorisationQuery& query) {
    return database->read([&](db::Transaction& tx) { return check_authorisation(tx, query); });
  }
  std::string consent(const AuthorisationQuery& query) {
    const Authorisation authorisation = ask(query).value();
    return write([&](db::Transaction& tx) -> Result<IssuedCode> {
             return authorise(tx, ada, authorisation);
           })
        .code;
  }
  static TokenQuery by_code(const CreatedOAuthClient& client, const std::string& code) {
    TokenQuery query{.grant_type = "authorization_code",
                     .client_id = client.client.client_id,
                     .client_secret = client.secret,
                     .code = code};
    if (!client.client.redirect_uris.empty()) {
      query.redirect_uri = client.client.redirect_uris[0];
    }
    return query;
  }
  static TokenQuery by_refresh(const CreatedOAuthClient& client, const std::string& token) {
    return {.grant_type = "refresh_token",
            .client_id = client.client.client_id,
            .client_secret = client.secret,
            .refresh_token = token};
  }
  Result<TokenGrant> grant(const TokenQuery& query) { return grant_token(*database, query); }
  bool is_valid(const std::string& token) { return find_oauth_token(*database, token).has_value(); }
};
TANDEM_ON_BOTH_DATABASES(OAuth);

TEST(Pkce, TheChallengeIsThatOfRfc7636) { EXPECT_EQ(pkce_challenge(rfc_verifier), rfc_challenge); }

TEST(OAuthHeader, AcceptsBothWordsBeforeTheToken) {
  EXPECT_EQ(token_of_header("Zoho-oauthtoken 1000.ab"), "1000.ab");
  EXPECT_EQ(token_of_header("bearer  1000.ab "), "1000.ab");
  EXPECT_EQ(token_of_header("Basic abc"), "");
  EXPECT_EQ(token_of_header(""), "");
}

TEST_P(OAuth, TokensHaveTheShapeThatClientsCheck) {
  const CreatedOAuthClient client = self_client();
  const std::regex shape("1000\\.[0-9a-f]{32}\\.[0-9a-f]{32}");
  const std::string code = self_code(client);
  const auto granted = grant(by_code(client, code));
  ASSERT_EQ(code_of(granted), "");
  for (const std::string& secret : {code, granted->access_token, granted->refresh_token}) {
    EXPECT_TRUE(std::regex_match(secret, shape)) << secret;
  }
  EXPECT_EQ(granted->expires_in_s, 3'600);
  EXPECT_EQ(granted->scopes, "Desk.tickets.ALL");
}

TEST_P(OAuth, ATokenActsForThePersonWhoGaveIt) {
  const CreatedOAuthClient client = self_client();
  const auto granted = grant(by_code(client, self_code(client)));
  const auto token = find_oauth_token(*database, granted->access_token);
  ASSERT_TRUE(token.has_value());
  const auto who = database->read(
      [&](db::Transaction& tx) { return actor_of_token(tx, catalogue, *token, OrgId{}); });
  ASSERT_TRUE(who.has_value());
  EXPECT_EQ(who->id, ada.id);
  EXPECT_EQ(who->path, Path::api);
  EXPECT_TRUE(scope_allows(who->scopes, "Desk.tickets.READ"));
  EXPECT_EQ(code_of(database->read([&](db::Transaction& tx) {
              return actor_of_token(tx, catalogue, *token, OrgId{5});
            })),
            "org_mismatch");
}

TEST_P(OAuth, AnAccessTokenEndsAfterAnHourAndARefreshTokenStays) {
  const CreatedOAuthClient client = self_client();
  const auto first = grant(by_code(client, self_code(client)));
  EXPECT_TRUE(is_valid(first->access_token));
  EXPECT_FALSE(is_valid(first->refresh_token));
  clock.advance_ms(hour_ms);
  EXPECT_FALSE(is_valid(first->access_token));
  for (int year = 0; year < 3; ++year) {
    clock.advance_ms(365 * day_ms);
    const auto again = grant(by_refresh(client, first->refresh_token));
    ASSERT_EQ(code_of(again), "");
    EXPECT_EQ(again->refresh_token, "");
    EXPECT_TRUE(is_valid(again->access_token));
  }
}

TEST_P(OAuth, ACodeCountsOnceAndUsedTwiceItsTokensDie) {
  const CreatedOAuthClient client = self_client();
  const std::string code = self_code(client);
  const auto granted = grant(by_code(client, code));
  ASSERT_TRUE(is_valid(granted->access_token));
  EXPECT_EQ(code_of(grant(by_code(client, code))), "invalid_code");
  EXPECT_FALSE(is_valid(granted->access_token));
  EXPECT_EQ(code_of(grant(by_refresh(client, granted->refresh_token))), "invalid_code");
}

TEST_P(OAuth, ACodeEndsWithItsMinutes) {
  const CreatedOAuthClient client = self_client();
  const std::string code = self_code(client, 3);
  clock.advance_ms(3 * minute_ms);
  EXPECT_EQ(code_of(grant(by_code(client, code))), "invalid_code");
}

TEST_P(OAuth, RefusesInTheWordsOfTheDialect) {
  const CreatedOAuthClient client = self_client();
  const std::string code = self_code(client);
  TokenQuery query = by_code(client, code);
  query.client_id = "1000.NOBODY";
  EXPECT_EQ(code_of(grant(query)), "invalid_client");
  query = by_code(client, code);
  query.client_secret = "wrong";
  EXPECT_EQ(code_of(grant(query)), "invalid_client_secret");
  query = by_code(client, "1000.a.b");
  EXPECT_EQ(code_of(grant(query)), "invalid_code");
  query.grant_type = "password";
  EXPECT_EQ(code_of(grant(query)), "unsupported_grant_type");
  EXPECT_EQ(code_of(grant(by_code(self_client(), code))), "invalid_code");
}

TEST_P(OAuth, TheRedirectAddressMustBeExactlyARegisteredOne) {
  const CreatedOAuthClient client = web_client();
  AuthorisationQuery query = question(client);
  EXPECT_EQ(code_of(ask(query)), "");
  for (const std::string uri : {"https://crm.example.com/callback", "https://evil.example.com/", "",
                                "https://crm.example.com/callback?source=tandem&x=1"}) {
    query.redirect_uri = uri;
    EXPECT_EQ(code_of(ask(query)), "invalid_redirect_uri") << uri;
  }
  TokenQuery token = by_code(client, consent(question(client)));
  token.redirect_uri = "https://evil.example.com/";
  EXPECT_EQ(code_of(grant(token)), "invalid_redirect_uri");
}

TEST_P(OAuth, APublicClientMustProveItsVerifier) {
  const CreatedOAuthClient client = public_client();
  AuthorisationQuery query = question(client);
  EXPECT_EQ(code_of(ask(query)), "invalid_request");
  query.code_challenge = rfc_challenge;
  query.code_challenge_method = "plain";
  EXPECT_EQ(code_of(ask(query)), "invalid_request");
  query.code_challenge_method = "S256";
  TokenQuery token = by_code(client, consent(query));
  token.code_verifier = std::string(43, 'x');
  EXPECT_EQ(code_of(grant(token)), "invalid_code");
  token = by_code(client, consent(query));
  token.code_verifier = rfc_verifier;
  const auto granted = grant(token);
  ASSERT_EQ(code_of(granted), "");
  EXPECT_EQ(code_of(grant(by_refresh(client, granted->refresh_token))), "");
}

TEST_P(OAuth, ARefreshTokenComesOnlyWithOfflineAccess) {
  const CreatedOAuthClient client = web_client();
  AuthorisationQuery query = question(client);
  query.access_type = "online";
  const auto granted = grant(by_code(client, consent(query)));
  ASSERT_EQ(code_of(granted), "");
  EXPECT_EQ(granted->refresh_token, "");
}

TEST_P(OAuth, ThereAreAtMostTwentyRefreshTokensAndTheOldestDies) {
  const CreatedOAuthClient client = self_client();
  const auto oldest = grant(by_code(client, self_code(client)));
  TokenGrant newest;
  for (int count = 0; count < refresh_tokens_per_person_and_client_max; ++count) {
    newest = grant(by_code(client, self_code(client))).value();
  }
  EXPECT_EQ(code_of(grant(by_refresh(client, oldest->refresh_token))), "invalid_code");
  EXPECT_FALSE(is_valid(oldest->access_token));
  EXPECT_EQ(code_of(grant(by_refresh(client, newest.refresh_token))), "");
}

TEST_P(OAuth, TooManyRefreshesAreDenied) {
  const CreatedOAuthClient client = self_client();
  const auto granted = grant(by_code(client, self_code(client)));
  for (int count = 0; count < refreshes_per_ten_minutes_max; ++count) {
    ASSERT_EQ(code_of(grant(by_refresh(client, granted->refresh_token))), "");
  }
  EXPECT_EQ(code_of(grant(by_refresh(client, granted->refresh_token))), "access_denied");
  clock.advance_ms(10 * minute_ms);
  EXPECT_EQ(code_of(grant(by_refresh(client, granted->refresh_token))), "");
}

TEST_P(OAuth, RevokingARefreshTokenEndsWhatWasMadeOfIt) {
  const CreatedOAuthClient client = self_client();
  const auto granted = grant(by_code(client, self_code(client)));
  ASSERT_TRUE(is_valid(granted->access_token));
  write([&](db::Transaction& tx) -> Result<void> {
    return revoke_token(tx, granted->refresh_token, "192.0.2.1");
  });
  EXPECT_FALSE(is_valid(granted->access_token));
  EXPECT_EQ(code_of(grant(by_refresh(client, granted->refresh_token))), "invalid_code");
}

TEST_P(OAuth, APasswordResetEndsEveryToken) {
  const CreatedOAuthClient client = self_client();
  const auto granted = grant(by_code(client, self_code(client)));
  ASSERT_TRUE(is_valid(granted->access_token));
  const auto mail = write([&](db::Transaction& tx) -> Result<std::optional<PasswordResetMail>> {
    return request_password_reset(tx, "ada@example.com", "");
  });
  ASSERT_TRUE(reset_password(*database, {mail->token, "another calm harbour", ""}).has_value());
  EXPECT_FALSE(is_valid(granted->access_token));
  EXPECT_EQ(code_of(grant(by_refresh(client, granted->refresh_token))), "invalid_code");
}

TEST_P(OAuth, ADisabledMembersTokensAndCodesEndAtOnce) {
  const Actor cora = add_member("cora@example.com", office.administrator_role);
  const CreatedOAuthClient client = self_client();
  const auto granted = grant(by_code(client, self_code(client)));
  const std::string unused_code = self_code(client);
  ASSERT_TRUE(is_valid(granted->access_token));
  const auto turn_ada = [&](AgentStatus status) {
    write([&](db::Transaction& tx) -> Result<Agent> {
      return change_agent(tx, cora, ada.id, {.status = status});
    });
  };
  turn_ada(AgentStatus::disabled);
  EXPECT_FALSE(is_valid(granted->access_token));
  EXPECT_EQ(code_of(grant(by_refresh(client, granted->refresh_token))), "invalid_code");
  EXPECT_EQ(code_of(grant(by_code(client, unused_code))), "invalid_code");
  // Whoever is let in again consents again.
  turn_ada(AgentStatus::active);
  EXPECT_FALSE(is_valid(granted->access_token));
  EXPECT_EQ(code_of(grant(by_refresh(client, granted->refresh_token))), "invalid_code");
}

TEST_P(OAuth, APersonSeesAndEndsWhoActsForThem) {
  const CreatedOAuthClient client = self_client();
  const auto granted = grant(by_code(client, self_code(client)));
  const auto seen =
      database->read([&](db::Transaction& tx) { return delegations_of(tx, ada.person); });
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].client_name, "Bridge");
  const Person eve = add_person("eve@example.com", "Eve");
  EXPECT_EQ(code_of(try_write([&](db::Transaction& tx) -> Result<void> {
              return end_delegation(tx, eve.id, {.id = seen[0].id});
            })),
            "not_found");
  write([&](db::Transaction& tx) -> Result<void> {
    return end_delegation(tx, ada.person, {.id = seen[0].id, .address = "192.0.2.9"});
  });
  EXPECT_FALSE(is_valid(granted->access_token));
}

TEST_P(OAuth, ADeletedClientsTokensDie) {
  const CreatedOAuthClient client = self_client();
  const auto granted = grant(by_code(client, self_code(client)));
  ASSERT_TRUE(is_valid(granted->access_token));
  write([&](db::Transaction& tx) -> Result<void> {
    return delete_oauth_client(tx, ada, client.client.id);
  });
  EXPECT_FALSE(is_valid(granted->access_token));
  EXPECT_EQ(code_of(grant(by_refresh(client, granted->refresh_token))), "invalid_client");
}

TEST_P(OAuth, ClientsHaveSafeRedirectAddresses) {
  for (const std::string uri :
       {"http://crm.example.com/", "https://", "javascript:alert(1)", "https://a@b.example/",
        "https://crm.example.com/#part", "https://crm.example.com/a;b", "com.example.app:/cb"}) {
    EXPECT_EQ(code_of(try_client(OAuthClientKind::web, {uri})), "not_a_url") << uri;
  }
  for (const std::string uri :
       {"http://localhost:8080/cb", "http://[::1]/cb", "https://a.example"}) {
    EXPECT_EQ(code_of(try_client(OAuthClientKind::web, {uri})), "") << uri;
  }
  EXPECT_EQ(code_of(try_client(OAuthClientKind::public_, {"com.example.app:/cb"})), "");
  EXPECT_EQ(code_of(try_client(OAuthClientKind::web, {})), "required");
  EXPECT_EQ(code_of(try_client(OAuthClientKind::self, {callback})), "not_allowed");
}

TEST_P(OAuth, OnlyWhoManagesTheApiMakesClientsAndCodes) {  // S035
  const Actor ben = add_member("ben@example.com", office.agent_role);
  EXPECT_EQ(code_of(try_write([&](db::Transaction& tx) -> Result<CreatedOAuthClient> {
              return create_oauth_client(tx, ben, {"Bridge", OAuthClientKind::self, {}});
            })),
            "duty_missing");
  const CreatedOAuthClient client = self_client();
  const auto code = [&](const Actor& who, const std::string& scope, int minutes) {
    return code_of(try_write([&](db::Transaction& tx) -> Result<IssuedCode> {
      return issue_self_code(tx, who, client.client.id, {scope}, minutes);
    }));
  };
  EXPECT_EQ(code(ben, "Desk.tickets.ALL", 10), "duty_missing");
  EXPECT_EQ(code(ada, "Desk.tickets.ALL", 11), "out_of_range");
  EXPECT_EQ(code(ada, "everything", 10), "invalid_scope");
}

TEST_P(OAuth, TheDatabaseHoldsNoTokenThatOpensAnything) {
  const CreatedOAuthClient client = self_client();
  const auto granted = grant(by_code(client, self_code(client)));
  const bool is_found = database->read([&](db::Transaction& tx) {
    bool found = false;
    for (const db::Row& row : tx.rows("SELECT token_hash FROM oauth_tokens")) {
      const std::string& stored = row.bytes(0);
      found = found || stored == granted->access_token || stored == granted->refresh_token;
    }
    const auto secret = tx.row("SELECT secret_hash FROM oauth_clients");
    return found || secret->bytes(0) == client.secret;
  });
  EXPECT_FALSE(is_found);
}

TEST_P(OAuth, TheLogOfTheTokensOrganisationAloneTellsOfIt) {
  const OrgId other = write([&](db::Transaction& tx) -> Result<OrgId> {
    const NewOrganisation made = TRY(create_organisation(tx, "desk", "Lighthouse", "en"));
    const OrgId id = made.organisation.id;
    TRY(add_agent(tx, system_actor(catalogue, id, Path::system),
                  {ada.person, made.agent_role, {}}));
    return id;
  });
  const auto told_of = [&](OrgId where) {
    return database->read([&](db::Transaction& tx) {
      std::vector<std::string> told;
      for (const db::Row& row :
           tx.rows("SELECT what, detail, address FROM audit_log WHERE org_id = $1 "
                   "AND what LIKE 'api_token%' ORDER BY seq",
                   {db::arg(where)})) {
        told.push_back(row.text(0) + " " + row.text(1) + " " + row.text(2));
      }
      return told;
    });
  };
  const CreatedOAuthClient client = self_client();
  ASSERT_EQ(code_of(grant(by_code(client, self_code(client)))), "");
  const auto second = grant(by_code(client, self_code(client)));
  write([&](db::Transaction& tx) -> Result<void> {
    return revoke_token(tx, second->access_token, "192.0.2.8");
  });
  const auto seen =
      database->read([&](db::Transaction& tx) { return delegations_of(tx, ada.person); });
  write([&](db::Transaction& tx) -> Result<void> {
    return end_delegation(tx, ada.person, {.id = seen.back().id, .address = "192.0.2.9"});
  });
  EXPECT_EQ(told_of(org),
            (std::vector<std::string>{"api_token_granted Bridge ", "api_token_granted Bridge ",
                                      "api_token_revoked  192.0.2.8",
                                      "api_token_revoked Bridge 192.0.2.9"}));
  EXPECT_EQ(told_of(other), std::vector<std::string>{});
}

}  // namespace

}  // namespace tandem::access
