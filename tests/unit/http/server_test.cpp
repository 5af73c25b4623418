#include "http/server.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <latch>
#include <stdexcept>
#include <thread>

#include "base/log.h"
#include "tests/unit/http/office_server.h"

namespace tandem::http {
namespace {

std::string body_of(const std::string& answer) {
  const size_t at = answer.find("\r\n\r\n");
  return at == std::string::npos ? "" : answer.substr(at + 4);
}

bool begins(const std::string& answer, std::string_view start) { return answer.starts_with(start); }

TEST(Server, AConnectionServesManyRequests) {
  OfficeServer office(echo);
  RawClient client = office.connect();
  for (int index = 0; index < 100; ++index) {
    ASSERT_TRUE(client.send(post("/a?n=" + std::to_string(index), "hello")));
    const std::string answer = client.read_answer();
    ASSERT_TRUE(begins(answer, "HTTP/1.1 200 OK\r\n")) << answer;
    ASSERT_EQ(body_of(answer), "POST /a n=" + std::to_string(index) + "|hello");
  }
  EXPECT_EQ(office.server().figures().requests_served, 100);
  EXPECT_EQ(office.server().figures().connections, 1);
}

TEST(Server, APipelineIsAnsweredInOrder) {
  OfficeServer office(echo);
  RawClient client = office.connect();
  std::string requests;
  for (int index = 0; index < 300; ++index) requests += post("/p", std::to_string(index));
  ASSERT_TRUE(client.send(requests));
  for (int index = 0; index < 300; ++index) {
    ASSERT_EQ(body_of(client.read_answer()), "POST /p|" + std::to_string(index));
  }
}

TEST(Server, ARequestMayComeByteForByte) {
  OfficeServer office(echo);
  RawClient client = office.connect();
  for (const char byte : post("/slow?a=b", "body")) ASSERT_TRUE(client.send({&byte, 1}));
  EXPECT_EQ(body_of(client.read_answer()), "POST /slow a=b|body");
}

TEST(Server, AChunkedBodyIsJoined) {
  OfficeServer office(echo);
  RawClient client = office.connect();
  const std::string request =
      "PUT /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
      "5\r\nhello\r\n7;note=1\r\n, world\r\n0\r\nTrailer: ignored\r\n\r\n";
  ASSERT_TRUE(client.send(request + get("/next")));
  EXPECT_EQ(body_of(client.read_answer()), "PUT /c|hello, world");
  EXPECT_EQ(body_of(client.read_answer()), "GET /next|");
}

TEST(Server, ALargeUploadAndDownloadComeThroughWhole) {
  OfficeServer office(
      [](Request& request) { return Response::text(200, std::move(request.body)); });
  std::string body(20 * 1024 * 1024, ' ');
  for (size_t at = 0; at < body.size(); ++at) body[at] = static_cast<char>('a' + at * 7 % 26);
  RawClient client = office.connect();
  ASSERT_TRUE(client.send(post("/", body)));
  EXPECT_TRUE(body_of(client.read_answer()) == body);
}

TEST(Server, AClientThatAsksFirstIsToldToContinue) {
  OfficeServer office(echo);
  RawClient client = office.connect();
  ASSERT_TRUE(
      client.send("POST /e HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
                  "Content-Length: 4\r\n\r\n"));
  EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  ASSERT_TRUE(client.send("body"));
  EXPECT_EQ(body_of(client.read_answer()), "POST /e|body");
}

TEST(Server, HeadTellsTheLengthAndSendsNoBody) {
  OfficeServer office(echo);
  RawClient client = office.connect();
  ASSERT_TRUE(client.send("HEAD /h HTTP/1.1\r\nHost: x\r\n\r\n"));
  EXPECT_NE(client.read_until("\r\n\r\n").find("Content-Length: 8\r\n"), std::string::npos);
  ASSERT_TRUE(client.send(get("/after")));
  EXPECT_TRUE(begins(client.read_answer(), "HTTP/1.1 200"));
}

TEST(Server, AClientThatWantsToCloseIsLetGo) {
  OfficeServer office(echo);
  RawClient client = office.connect();
  ASSERT_TRUE(client.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
  EXPECT_NE(client.read_all().find("Connection: close\r\n"), std::string::npos);
  RawClient old = office.connect();
  ASSERT_TRUE(old.send("GET / HTTP/1.0\r\n\r\n"));
  EXPECT_TRUE(begins(old.read_all(), "HTTP/1.1 200"));
}

TEST(Server, AClientThatOnlyListensOnAfterSendingGetsItsAnswer) {
  OfficeServer office(echo);
  RawClient client = office.connect();
  ASSERT_TRUE(client.send(get("/half")));
  client.finish_sending();
  EXPECT_EQ(body_of(client.read_all()), "GET /half|");
}

TEST(Server, ABrokenRequestIsRefusedWithARemedy) {
  const struct {
    std::string request;
    const char* status;
    const char* code;
  } table[] = {
      {"nonsense\r\n\r\n", "400", "bad_request"},
      {"GET / HTTP/2.0\r\nHost: x\r\n\r\n", "400", "bad_request"},
      {"GET /\r\n\r\n", "400", "bad_request"},
      {"GET / HTTP/1.1\r\n\r\n", "400", "bad_request"},
      {"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "400", "bad_request"},
      {"GET / HTTP/1.1\r\nHost : a\r\n\r\n", "400", "bad_request"},
      {"GET /../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n", "400", "bad_request"},
      {"GET /%00 HTTP/1.1\r\nHost: x\r\n\r\n", "400", "bad_request"},
      {"BREW / HTTP/1.1\r\nHost: x\r\n\r\n", "501", "unknown_method"},
      {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n", "400",
       "bad_request"},
      {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", "400", "bad_request"},
      {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
       "400", "bad_request"},
      {"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n",
       "400", "bad_request"},
      {"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: identity\r\n\r\n", "501",
       "unknown_coding"},
      {"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "400",
       "bad_request"},
  };
  OfficeServer office(echo);
  for (const auto& row : table) {
    RawClient client = office.connect();
    ASSERT_TRUE(client.send(row.request));
    const std::string answer = client.read_all();
    EXPECT_TRUE(begins(answer, std::string("HTTP/1.1 ") + row.status)) << row.request << answer;
    EXPECT_NE(answer.find(std::string("\"code\":\"") + row.code), std::string::npos) << answer;
    EXPECT_NE(answer.find("application/json"), std::string::npos);
  }
}

TEST(Server, AnExceptionIsAnsweredWithAnIdAndTheServerLives) {
  set_log_level(LogLevel::off);
  OfficeServer office([](Request& request) -> Response {
    if (request.path == "/known") throw std::runtime_error("the disk is full");
    if (request.path == "/odd") throw 7;
    if (request.path == "/file") return Response::of_file({"/nowhere/at/all", 0, 9}, "text/plain");
    return Response::text(200, "fine");
  });
  RawClient client = office.connect();
  for (const char* path : {"/known", "/odd", "/file"}) {
    ASSERT_TRUE(client.send(get(path)));
    const std::string answer = client.read_answer();
    EXPECT_TRUE(begins(answer, "HTTP/1.1 500")) << answer;
    EXPECT_NE(answer.find("\"id\":\""), std::string::npos);
    EXPECT_EQ(answer.find("disk"), std::string::npos) << "the cause stays in the log";
  }
  ASSERT_TRUE(client.send(get("/")));
  EXPECT_EQ(body_of(client.read_answer()), "fine");
  set_log_level(LogLevel::info);
}

TEST(Server, AFileIsSentInParts) {
  char path[] = "/tmp/tandem_http_XXXXXX";
  const int descriptor = ::mkstemp(path);
  std::string content(3'000'000, ' ');
  for (size_t at = 0; at < content.size(); ++at) content[at] = static_cast<char>('0' + at * 3 % 75);
  ASSERT_EQ(::write(descriptor, content.data(), content.size()), ssize_t(content.size()));
  OfficeServer office([&](Request& request) {
    if (request.path == "/part") return Response::of_file({path, 1'000, 77}, "text/plain");
    return Response::of_file({path, 0, 3'000'000}, "text/plain");
  });
  RawClient client = office.connect();
  ASSERT_TRUE(client.send(get("/whole") + get("/part")));
  EXPECT_TRUE(body_of(client.read_answer()) == content);
  EXPECT_EQ(body_of(client.read_answer()), content.substr(1'000, 77));
  ::close(descriptor);
  ::unlink(path);
}

TEST(Server, StoppingLetsTheRequestInHandFinish) {
  std::latch entered(1);
  std::latch go_on(1);
  OfficeServer office([&](Request&) {
    entered.count_down();
    go_on.wait();
    return Response::text(200, "done");
  });
  RawClient busy_client = office.connect();
  RawClient idle_client = office.connect();
  ASSERT_TRUE(busy_client.send(get("/")));
  entered.wait();
  std::thread stopper([&] { office.server().stop(); });
  EXPECT_TRUE(idle_client.sees_end());
  go_on.count_down();
  const std::string answer = busy_client.read_all();
  stopper.join();
  EXPECT_NE(answer.find("Connection: close"), std::string::npos);
  EXPECT_EQ(body_of(answer), "done");
  EXPECT_FALSE(office.connect().is_connected());
}

TEST(Server, AnAddressThatIsTakenIsRefused) {
  OfficeServer office(echo);
  SystemClock clock;
  Server second({.port = office.port()}, clock);
  const auto started = second.start(echo);
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().code, "cannot_listen");
  Server third({.host = "nowhere"}, clock);
  EXPECT_FALSE(third.start(echo));
}

/// The handler of the real program: it takes the path apart, then the world breaks.
Response break_with_token(Request& request) {
  if (request.path.starts_with("/native/")) request.params = {{"token", "short"}, {"id", "17"}};
  throw std::runtime_error("the disk is gone");
}

TEST(Server, TheLogOfAFailureHoldsNoTokenOfTheAddress) {
  const std::string token(43, 'T');
  testing::internal::CaptureStderr();
  {
    OfficeServer office(break_with_token);
    RawClient client = office.connect();
    ASSERT_TRUE(client.send(get("/native/invitations/short/17?token=" + token)));
    EXPECT_TRUE(begins(client.read_answer(), "HTTP/1.1 500"));
    ASSERT_TRUE(client.send(get("/invitation/" + token)));
    EXPECT_TRUE(begins(client.read_answer(), "HTTP/1.1 500"));
  }
  const std::string log = testing::internal::GetCapturedStderr();
  EXPECT_NE(log.find("/native/invitations/{token}/17: the disk is gone"), std::string::npos) << log;
  EXPECT_NE(log.find("/invitation/…: the disk is gone"), std::string::npos) << log;
  EXPECT_EQ(log.find(token), std::string::npos);
}

TEST(Server, TheOwnerOfAPathSaysWhatNoHandlerCould) {
  ServerOptions options;
  options.body_max_bytes = 10;
  options.failure_face = [](std::string_view path, int status,
                            const Refusal& refusal) -> std::optional<Response> {
    if (!path.starts_with("/api/v1/")) return std::nullopt;
    return Response::json(status, "{\"errorCode\":\"" + refusal.code + "\"}");
  };
  set_log_level(LogLevel::off);
  OfficeServer office([](Request&) -> Response { throw std::runtime_error("the disk is gone"); },
                      options);
  const auto answer_to = [&](const std::string& request) {
    RawClient client = office.connect();
    EXPECT_TRUE(client.send(request));
    return client.read_answer();
  };
  EXPECT_EQ(body_of(answer_to(get("/api/v1/tickets"))), R"({"errorCode":"internal"})");
  EXPECT_EQ(body_of(answer_to(post("/api/v1/tickets", "more than ten bytes"))),
            R"({"errorCode":"body_too_large"})");
  EXPECT_TRUE(begins(body_of(answer_to(get("/native/session"))), R"({"error":)"));
  EXPECT_TRUE(begins(body_of(answer_to(post("/native/x", "more than ten bytes"))), R"({"error":)"));
  set_log_level(LogLevel::info);
}

}  // namespace
}  // namespace tandem::http
