#include <gmock/gmock.h>

#include "access/agents.h"
#include "access/oauth_clients.h"
#include "api/oauth/routes.h"
#include "base/crypto.h"
#include "crm/organisation_setup.h"
#include "http/multipart.h"
#include "tests/api/portal.h"

namespace tandem::test {

namespace {

constexpr const char* callback = "https://crm.example.com/callback";

/// A portal whose administrator registered a web client.
class OAuthFace : public ::testing::Test {
 protected:
  OAuthFace() : ada(portal.ours().members.at("administrator")) {
    access::Actor system =
        access::system_actor(portal.program().catalogue(), portal.ours().org, access::Path::system);
    auto made = portal.program().database().write(
        [&](db::Transaction& tx) -> Result<access::CreatedOAuthClient> {
          return access::create_oauth_client(
              tx, system, {"<b>Bridge</b>", access::OAuthClientKind::web, {callback}});
        });
    client = std::move(made).value();
  }

  http::Pairs question() const {
    return {{"response_type", "code"},  {"client_id", client.client.client_id},
            {"redirect_uri", callback}, {"scope", "Desk.tickets.READ,AaaServer.profile.READ"},
            {"access_type", "offline"}, {"state", "a b&c"}};
  }
  static std::string form_of(const http::Pairs& pairs) {
    std::string text;
    for (const auto& [name, value] : pairs) {
      text += (text.empty() ? "" : "&") + name + "=" + http::encode_percent(value);
    }
    return text;
  }
  Answer ask(const http::Pairs& query, const std::string& session) {
    http::Request request;
    request.path = "/oauth/v2/auth";
    request.query = query;
    request.raw_query = form_of(query);
    if (!session.empty()) request.headers.emplace_back("Cookie", "tandem_session=" + session);
    return portal.send(std::move(request));
  }
  Answer decide(const std::string& decision, const std::string& csrf_token) {
    return decide(decision, csrf_token, ada.session_token);
  }
  Answer decide(const std::string& decision, const std::string& csrf_token,
                const std::string& session) {
    http::Pairs form = question();
    form.emplace_back("decision", decision);
    form.emplace_back("csrf_token", csrf_token);
    return post("/oauth/v2/auth", form_of(form), "application/x-www-form-urlencoded",
                {{"Cookie", "tandem_session=" + session}});
  }
  Answer post(const std::string& path, const std::string& body, const std::string& type,
              http::Pairs headers = {}) {
    http::Request request;
    request.method = http::Method::post;
    request.path = path;
    request.body = body;
    request.headers = std::move(headers);
    if (!type.empty()) request.headers.emplace_back("Content-Type", type);
    return portal.send(std::move(request));
  }
  std::string code_from_consent() { return code_from_consent(ada); }
  std::string code_from_consent(const Member& member) {
    const Answer answer = decide("accept", member.csrf_token, member.session_token);
    const std::string location(answer.response.header("Location"));
    const size_t start = location.find("code=") + 5;
    return location.substr(start, location.find('&', start) - start);
  }
  http::Pairs exchange(const std::string& code) const {
    return {{"grant_type", "authorization_code"},
            {"client_id", client.client.client_id},
            {"client_secret", client.secret},
            {"redirect_uri", callback},
            {"code", code}};
  }

  Portal portal;
  Member& ada;
  access::CreatedOAuthClient client;
};

TEST_F(OAuthFace, SendsWhoIsSignedOutToSignInAndBack) {
  const Answer answer = ask(question(), "");
  EXPECT_EQ(answer.status, 302);
  EXPECT_TRUE(
      answer.response.header("Location").starts_with("/signin?back=%2Foauth%2Fv2%2Fauth%3F"));
}

TEST_F(OAuthFace, AsksForConsentWithoutScriptAndWithoutTheClientsMarkup) {
  const Answer answer = ask(question(), ada.session_token);
  EXPECT_EQ(answer.status, 200);
  EXPECT_NE(answer.body.find("&lt;b&gt;Bridge"), std::string::npos);
  EXPECT_NE(answer.body.find("<li>Tickets: see<code>Desk.tickets.READ"), std::string::npos);
  EXPECT_EQ(answer.body.find("<script"), std::string::npos);
  EXPECT_NE(answer.response.header("Content-Security-Policy")
                .find("form-action 'self' https://crm.example.com"),
            std::string::npos);
}

TEST_F(OAuthFace, SaysInWordsWhatAProgramOfTheSalesSideMayDo) {
  http::Pairs query = question();
  query[3].second =
      "Desk.tickets.READ,ZohoCRM.modules.ALL,ZohoBigin.modules.pipelines.READ,"
      "ZohoCRM.settings.fields.READ,ZohoCRM.bulk.CREATE,ZohoFiles.files.READ,ZohoCRM.coql.READ";
  const std::string body = ask(query, ada.session_token).body;
  for (const char* line :
       {"<li>All records: see and change everything<code>ZohoCRM.modules.ALL",
        "<li>Deals in pipelines: see<code>", "<li>Settings: see<code>ZohoCRM.settings.fields.READ",
        "<li>Many records at once: create<code>", "<li>Files: see<code>ZohoFiles.files.READ",
        "<li>Queries over records: see<code>"})
    EXPECT_THAT(body, testing::HasSubstr(line));
}

TEST_F(OAuthFace, NamesEachOrganisationThatTheScopesReach) {
  const records::Catalogue& sales = *portal.program().applications().find("crm");
  const auto joined = portal.program().database().write([&](db::Transaction& tx) -> Result<void> {
    const access::NewOrganisation made =
        TRY(crm::create_sales_organisation(tx, sales, "Orchid Sales", "en"));
    const access::Actor system =
        access::system_actor(sales, made.organisation.id, access::Path::system);
    TRY(access::add_agent(tx, system, {ada.person, made.agent_role, {}}));
    return {};
  });
  ASSERT_TRUE(joined.has_value());
  EXPECT_THAT(ask(question(), ada.session_token).body,
              testing::Not(testing::HasSubstr("Orchid Sales")));
  http::Pairs query = question();
  query[3].second = "Desk.tickets.READ,ZohoCRM.modules.ALL";
  EXPECT_THAT(ask(query, ada.session_token).body, testing::HasSubstr("Orchid Sales"));
}

TEST_F(OAuthFace, NeverFollowsAnAddressThatIsNotTheClients) {
  http::Pairs query = question();
  query[2].second = "https://evil.example.com/";
  const Answer answer = ask(query, ada.session_token);
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(answer.response.header("Location"), "");
}

TEST_F(OAuthFace, AMistakeIsShownInTheLanguageOfTheReader) {
  http::Request wrong;
  wrong.path = "/oauth/v2/auth";
  wrong.query = {{"response_type", "code"}, {"client_id", "1000.NOBODY"}};
  const auto said_to = [&](const std::string& languages) {
    http::Request request = wrong;
    request.headers.emplace_back("Accept-Language", languages);
    return portal.send(std::move(request)).response;
  };
  EXPECT_EQ(said_to("de").status, 400);
  const std::pair<const char*, const char*> words[] = {{"de-DE,en;q=0.5", "<html lang=\"en\">"},
                                                       {"ja", "登録されていません"},
                                                       {"fr,zh-CN;q=0.9", "未登记"},
                                                       {"pt-BR,pt;q=0.9", "não é conhecido"}};
  for (const auto& [languages, word] : words) {
    const http::Response shown = said_to(languages);
    EXPECT_THAT(shown.body, ::testing::HasSubstr(word)) << languages;
    EXPECT_THAT(shown.body, ::testing::HasSubstr("invalid_client"));
  }
  // Who is signed in has said which language is theirs.
  wrong.headers.emplace_back("Cookie", "tandem_session=" + ada.session_token);
  EXPECT_THAT(said_to("ja").body, ::testing::HasSubstr("<html lang=\"en\">"));
}

TEST_F(OAuthFace, ADecisionWithoutASessionIsAnsweredByAPage) {
  const Answer answer = decide("accept", "token", "");
  EXPECT_EQ(answer.response.status, 401);
  EXPECT_THAT(answer.response.body, ::testing::HasSubstr("not signed in any more"));
}

TEST_F(OAuthFace, TellsTheClientWhatElseIsWrong) {
  http::Pairs query = question();
  query[3].second = "Mars.rocks.READ";
  EXPECT_EQ(ask(query, ada.session_token).response.header("Location"),
            std::string(callback) + "?error=invalid_scope&state=a%20b%26c");
}

TEST_F(OAuthFace, IsOnlyForMembersOfTheClientsOrganisation) {
  const Answer answer = ask(question(), portal.theirs().members.at("administrator").session_token);
  EXPECT_EQ(answer.status, 403);
}

TEST_F(OAuthFace, ConsentNeedsTheSessionsOwnToken) {
  EXPECT_EQ(decide("accept", "").status, 403);
  EXPECT_EQ(decide("accept", "guess").status, 403);
}

TEST_F(OAuthFace, ADenialGoesBackToTheClient) {
  EXPECT_EQ(decide("refuse", ada.csrf_token).response.header("Location"),
            std::string(callback) + "?error=access_denied&state=a%20b%26c");
}

TEST_F(OAuthFace, GrantsTokensWhereverTheParametersStand) {
  const http::Pairs in_form = exchange(code_from_consent());
  const Answer by_form =
      post("/oauth/v2/token", form_of(in_form), "application/x-www-form-urlencoded");
  EXPECT_EQ(by_form.at("token_type"), "Bearer");
  EXPECT_EQ(by_form.at("expires_in"), "3600");
  EXPECT_EQ(by_form.at("scope"), "Desk.tickets.READ AaaServer.profile.READ");
  EXPECT_EQ(by_form.body.find("expires_in_sec"), std::string::npos);
  const std::string refresh = by_form.at("refresh_token");
  EXPECT_EQ(refresh.size(), 70U);

  http::Request in_query;
  in_query.method = http::Method::post;
  in_query.path = "/oauth/v2/token";
  in_query.query = {{"grant_type", "refresh_token"},
                    {"client_id", client.client.client_id},
                    {"client_secret", client.secret},
                    {"refresh_token", refresh}};
  in_query.headers = {{"Content-Type", "application/json"}};
  EXPECT_NE(portal.send(in_query).at("access_token"), "");

  std::string parts;
  for (const auto& [name, value] : in_query.query) {
    parts +=
        "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
  }
  EXPECT_NE(post("/oauth/v2/token", parts + "--b--\r\n", "multipart/form-data; boundary=b")
                .at("access_token"),
            "");

  const std::string basic = to_base64(client.client.client_id + ":" + client.secret);
  EXPECT_NE(post("/oauth/v2/token", "grant_type=refresh_token&refresh_token=" + refresh, "",
                 {{"Authorization", "Basic " + basic}})
                .at("access_token"),
            "");
}

TEST_F(OAuthFace, RefusesWithStatus200AndAnErrorWord) {
  const Answer answer =
      post("/oauth/v2/token", form_of(exchange("1000.a.b")), "application/x-www-form-urlencoded");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, R"({"error":"invalid_code"})");
  EXPECT_EQ(answer.response.header("Cache-Control"), "no-store");
}

TEST_F(OAuthFace, SaysWhoTheTokenStandsForUntilItIsRevoked) {
  const Answer granted = post("/oauth/v2/token", form_of(exchange(code_from_consent())),
                              "application/x-www-form-urlencoded");
  http::Request who;
  who.path = "/oauth/user/info";
  who.headers = {{"Authorization", "Zoho-oauthtoken " + granted.at("access_token")}};
  const Answer answer = portal.send(who);
  EXPECT_EQ(answer.at("First_Name"), "administrator");
  EXPECT_EQ(answer.at("ZUID"), to_string(ada.person));
  EXPECT_EQ(post("/oauth/v2/token/revoke", "token=" + granted.at("refresh_token"), "").body,
            R"({"status":"success"})");
  EXPECT_EQ(portal.send(who).status, 401);
}

TEST_F(OAuthFace, TheTokensOfADisabledAgentNoLongerWork) {
  Member& agent = portal.ours().members.at("agent");
  const std::string code = code_from_consent(agent);
  const Answer granted =
      post("/oauth/v2/token", form_of(exchange(code)), "application/x-www-form-urlencoded");
  const std::string late_code = code_from_consent(agent);
  const http::Pairs refresh{{"grant_type", "refresh_token"},
                            {"client_id", client.client.client_id},
                            {"client_secret", client.secret},
                            {"refresh_token", granted.at("refresh_token")}};
  agent.access_token = granted.at("access_token");
  EXPECT_EQ(portal.dialect(agent, http::Method::get, "/tickets").status, 200);

  const std::string address = Portal::desk(portal.ours(), "/people/" + to_string(agent.agent));
  const Answer disabled =
      portal.native(ada, http::Method::patch, address, R"({"status":"disabled"})");
  ASSERT_EQ(disabled.status, 200) << disabled.body;

  const Answer refused = portal.dialect(agent, http::Method::get, "/tickets");
  EXPECT_EQ(refused.status, 401);
  EXPECT_EQ(refused.at("errorCode"), "INVALID_OAUTH");
  http::Request who;
  who.path = "/oauth/user/info";
  who.headers = {{"Authorization", "Bearer " + agent.access_token}};
  EXPECT_EQ(portal.send(who).status, 401);
  EXPECT_EQ(post("/oauth/v2/token", form_of(refresh), "").body, R"({"error":"invalid_code"})");
  EXPECT_EQ(post("/oauth/v2/token", form_of(exchange(late_code)), "").body,
            R"({"error":"invalid_code"})");
}

}  // namespace

}  // namespace tandem::test
