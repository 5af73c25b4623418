#include "http/message.h"

#include <gtest/gtest.h>

#include "http/response_head.h"

namespace tandem::http {
namespace {

TEST(Message, HeadersAndCookiesAreFoundInAnyLetterCase) {
  Request request;
  request.headers = {{"Accept", "text/html"},
                     {"cookie", "a=1; session=\"x y\"; b="},
                     {"Cookie", "late=9;=;;broken"}};
  EXPECT_EQ(request.header("ACCEPT"), "text/html");
  EXPECT_EQ(request.header("absent"), "");
  EXPECT_EQ(request.cookie("a"), "1");
  EXPECT_EQ(request.cookie("session"), "x y");
  EXPECT_EQ(request.cookie("b"), "");
  EXPECT_EQ(request.cookie("late"), "9");
  EXPECT_EQ(request.cookie("Session"), "");
}

TEST(Message, ACookieSaysHowItMayBeUsed) {
  Response response;
  response.set_cookie({.name = "session", .value = "a;b\r\nc"});
  response.set_cookie({.name = "csrf",
                       .value = "t",
                       .max_age_s = 60,
                       .same_site = SameSite::strict,
                       .http_only = false,
                       .secure = true});
  ASSERT_EQ(response.headers.size(), 2u);
  EXPECT_EQ(response.headers[0].second, "session=abc; Path=/; HttpOnly; SameSite=Lax");
  EXPECT_EQ(response.headers[1].second, "csrf=t; Path=/; Max-Age=60; Secure; SameSite=Strict");
}

TEST(Message, ARefusalNamesKindCodeFieldAndRemedy) {
  const Response response = Response::refusal(invalid("subject", "required", "Give a subject."));
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(response.body,
            R"({"error":{"kind":"invalid","code":"required","message":"Give a subject.",)"
            R"("field":"subject","faults":[{"field":"subject","code":"required",)"
            R"("message":"Give a subject."}]}})");
  EXPECT_EQ(Response::refusal(busy("Wait.")).header("retry-after"), "1");
}

TEST(Message, NoHeaderValueBreaksOutOfItsLine) {
  Response response = Response::redirect("/a\r\nSet-Cookie: stolen=1");
  const std::string head = response_head(response, {0, Connected::keep_alive, "now"});
  EXPECT_EQ(head.find("\r\nSet-Cookie"), std::string::npos);
  EXPECT_NE(head.find("Location: /a  Set-Cookie: stolen=1\r\n"), std::string::npos);
}

TEST(Message, AnAnswerWithoutContentSaysNothingOfContent) {
  const std::string head = response_head(Response::no_content(), {0, Connected::keep_alive, "now"});
  EXPECT_EQ(head, "HTTP/1.1 204 No Content\r\nDate: now\r\n\r\n");
}

TEST(Message, FileNamesOfAnyScriptTravelSafely) {
  EXPECT_EQ(content_disposition(Disposition::attachment, "Rechnung \"ä\".pdf"),
            "attachment; filename=\"Rechnung ____.pdf\"; "
            "filename*=UTF-8''Rechnung%20%22%C3%A4%22.pdf");
}

TEST(Message, SecurityHeadersDoNotReplaceWhatAHandlerSet) {
  Response response;
  response.set_header("content-security-policy", "default-src 'none'; sandbox");
  add_security_headers(response);
  add_security_headers(response);
  EXPECT_EQ(response.header("Content-Security-Policy"), "default-src 'none'; sandbox");
  EXPECT_EQ(response.header("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(response.headers.size(), 7u);
}

TEST(Message, DatesAreWrittenAsHttpWantsThem) {
  EXPECT_EQ(http_date(784'111'777), "Sun, 06 Nov 1994 08:49:37 GMT");
}

}  // namespace
}  // namespace tandem::http
