#include "http/client.h"

#include <gtest/gtest.h>

#include <latch>

#include "tests/unit/http/office_server.h"

namespace tandem::http {
namespace {

/// May call the test's own server and nothing else inside.
EgressPolicy loopback(int port) {
  EgressPolicy policy;
  policy.allowed = {*cidr_from_text("127.0.0.0/8")};
  policy.ports = {port};
  policy.resolver = [](const std::string& host) -> Result<std::vector<Address>> {
    if (host == "desk.test") return std::vector{*address_from_text("127.0.0.1")};
    if (host == "rebind.test") return std::vector{*address_from_text("10.0.0.1")};
    return Refusal{RefusalKind::busy, "unreachable", "The host name was not found.", "url", {}};
  };
  return policy;
}

Response answer(Request& request) {
  if (request.path == "/moved") return Response::redirect("/secret");
  if (request.path == "/large") return Response::text(200, std::string(100'000, 'x'));
  Response response =
      Response::text(201, std::string(request.header("x-hook")) + "|" +
                              std::string(request.header("host")) + "|" + request.body);
  response.set_header("X-Seen", std::string(word(request.method)));
  return response;
}

std::string url(const OfficeServer& office, std::string_view path, std::string_view host) {
  return "http://" + std::string(host) + ":" + std::to_string(office.port()) + std::string(path);
}

TEST(Client, ARequestGoesOutAndItsAnswerComesBack) {
  OfficeServer office(answer);
  const std::string authority = "desk.test:" + std::to_string(office.port());
  for (const Method method : {Method::post, Method::put, Method::patch, Method::del}) {
    const auto response = fetch({.method = method,
                                 .url = url(office, "/hook?a=1", "desk.test"),
                                 .headers = {{"X-Hook", "h"}},
                                 .body = "payload"},
                                loopback(office.port()));
    ASSERT_TRUE(response) << response.error().message;
    EXPECT_EQ(response->status, 201);
    EXPECT_EQ(response->header("x-seen"), word(method));
    EXPECT_EQ(response->body, "h|" + authority + "|payload");
  }
  const auto got = fetch({.url = url(office, "/", "127.0.0.1")}, loopback(office.port()));
  ASSERT_TRUE(got);
  EXPECT_EQ(got->header("x-seen"), "GET");
}

TEST(Client, ARedirectIsShownAndNotFollowed) {
  OfficeServer office(answer);
  const auto response = fetch({.url = url(office, "/moved", "desk.test")}, loopback(office.port()));
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 302);
  EXPECT_EQ(response->header("location"), "/secret");
  EXPECT_EQ(office.server().figures().requests_served, 1);
}

TEST(Client, NothingIsSentToAnAddressInside) {
  OfficeServer office(answer);
  EgressPolicy closed = loopback(office.port());
  closed.allowed.clear();
  const struct {
    const char* host;
    const char* code;
  } table[] = {{"127.0.0.1", "address_not_allowed"},
               {"desk.test", "address_not_allowed"},
               {"rebind.test", "address_not_allowed"},
               {"[::1]", "address_not_allowed"},
               {"nowhere.test", "unreachable"}};
  for (const auto& row : table) {
    const auto response = fetch({.url = url(office, "/", row.host)}, closed);
    ASSERT_FALSE(response) << row.host;
    EXPECT_EQ(response.error().code, row.code) << row.host;
  }
  EXPECT_EQ(office.server().figures().requests_served, 0);
}

TEST(Client, ALongAnswerAndALateAnswerAreGivenUp) {
  std::latch go_on(1);
  OfficeServer office([&](Request& request) {
    if (request.path == "/late") go_on.wait();
    return answer(request);
  });
  const auto large = fetch({.url = url(office, "/large", "desk.test"), .response_max_bytes = 1'000},
                           loopback(office.port()));
  ASSERT_FALSE(large);
  EXPECT_EQ(large.error().code, "response_too_large");
  const auto late =
      fetch({.url = url(office, "/late", "desk.test"), .timeout_ms = 50}, loopback(office.port()));
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, "timed_out");
  go_on.count_down();
}

TEST(Client, AClosedPortIsUnreachable) {
  int port = 0;
  {
    OfficeServer office(answer);
    port = office.port();
  }
  const auto response =
      fetch({.url = "http://127.0.0.1:" + std::to_string(port) + "/"}, loopback(port));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, "unreachable");
}

TEST(Client, AHeaderWithALineBreakIsRefused) {
  for (const Pairs& headers : {Pairs{{"X", "a\r\nY: b"}}, Pairs{{"X\nY", "a"}}, Pairs{{"", "a"}}}) {
    const auto response = fetch({.url = "http://desk.test:80/", .headers = headers}, loopback(80));
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, "bad_header");
  }
}

}  // namespace
}  // namespace tandem::http
