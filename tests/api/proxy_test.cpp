// Behind a web server with TLS: what the server settled about a request is what cookies, links, the
// throttle and the audit log go by.

#include <gtest/gtest.h>

#include "api/account_mails.h"
#include "http/forwarded.h"
#include "tests/api/portal.h"

namespace tandem::test {
namespace {

class BehindAProxy : public ::testing::Test {
 protected:
  /// As the program's server does with every request.
  Answer send_through(http::Request request, const char* client, const char* scheme) {
    http::ProxyRules rules;
    rules.trusted.push_back(http::cidr_from_text("127.0.0.1").value());
    request.peer_address = "127.0.0.1";
    request.headers.emplace_back("X-Forwarded-For", client);
    request.headers.emplace_back("X-Forwarded-Proto", scheme);
    http::settle_origin(request, rules);
    return portal_.send(std::move(request));
  }
  http::Request signing_out(const Member& member) {
    http::Request request;
    request.method = http::Method::del;
    request.path = "/native/session";
    request.headers = {{"Cookie", "tandem_session=" + member.session_token},
                       {"X-CSRF-Token", member.csrf_token}};
    return request;
  }
  static http::Request signing_in() {
    http::Request request;
    request.method = http::Method::post;
    request.path = "/native/session";
    request.body = R"({"email":"nobody@example.com","password":"wrong password"})";
    return request;
  }

  Portal portal_;
};

TEST_F(BehindAProxy, CookiesAreForTlsAloneWhenThePersonCameByIt) {
  const Member& member = portal_.ours().members.at("agent");
  const Answer by_tls = send_through(signing_out(member), "192.0.2.7", "https");
  EXPECT_NE(by_tls.response.header("Set-Cookie").find("; Secure"), std::string_view::npos);
  const Member& other = portal_.ours().members.at("light_agent");
  const Answer plain = send_through(signing_out(other), "192.0.2.7", "http");
  EXPECT_EQ(plain.status, 204);
  EXPECT_EQ(plain.response.header("Set-Cookie").find("; Secure"), std::string_view::npos);
}

TEST_F(BehindAProxy, TheThrottleStopsWhoGuessesAndNotTheNextPerson) {
  int tries = 0;
  constexpr int tries_max = 50;
  while (send_through(signing_in(), "192.0.2.7", "https").at("error.code") != "throttled") {
    ASSERT_LT(++tries, tries_max);
  }
  // The account's own count is over soon; the address must wait for longer.
  portal_.clock().advance_ms(minute_ms);
  http::Request another = signing_in();
  another.body = R"({"email":"somebody@example.com","password":"wrong password"})";
  EXPECT_EQ(send_through(another, "198.51.100.9", "https").at("error.code"), "wrong_credentials");
}

TEST_F(BehindAProxy, LinksTakeTheSchemeOfThePersonAndNeverTheHostOfARequest) {
  using api::link_base;
  using http::Scheme;
  EXPECT_EQ(link_base("http://help.example", Scheme::https), "https://help.example");
  EXPECT_EQ(link_base("http://help.example", Scheme::http), "http://help.example");
  EXPECT_EQ(link_base("https://help.example", Scheme::http), "https://help.example");
  EXPECT_EQ(link_base("http://127.0.0.1:8080", Scheme::https), "http://127.0.0.1:8080");
}

}  // namespace
}  // namespace tandem::test
