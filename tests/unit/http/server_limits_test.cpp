#include <gtest/gtest.h>

#include <latch>
#include <thread>

#include "tests/unit/http/office_server.h"

namespace tandem::http {
namespace {

TEST(ServerLimits, ABodyOverTheLimitIsRefusedBeforeItIsRead) {
  OfficeServer office(echo, {.body_max_bytes = 1'000});
  RawClient fits = office.connect();
  ASSERT_TRUE(fits.send(post("/", std::string(1'000, 'a'))));
  EXPECT_TRUE(fits.read_answer().starts_with("HTTP/1.1 200"));

  RawClient announced = office.connect();
  ASSERT_TRUE(announced.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n"));
  const std::string answer = announced.read_all();
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 413")) << answer;
  EXPECT_NE(answer.find("\"code\":\"body_too_large\""), std::string::npos);

  RawClient chunked = office.connect();
  ASSERT_TRUE(
      chunked.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                   "3e9\r\n"));
  EXPECT_TRUE(chunked.read_all().starts_with("HTTP/1.1 413"));

  RawClient stubborn = office.connect();
  stubborn.send(post("/", std::string(4'000'000, 'a')));
  EXPECT_TRUE(stubborn.read_all().starts_with("HTTP/1.1 413"));
}

TEST(ServerLimits, HeadersOverTheLimitAreRefused) {
  OfficeServer office(echo);
  const std::string start = "GET / HTTP/1.1\r\nHost: x\r\n";
  const std::string many = [] {
    std::string text;
    for (int index = 0; index < 101; ++index) text += "A: 1\r\n";
    return text;
  }();
  const std::string requests[] = {
      start + "X: " + std::string(20'000, 'x') + "\r\n\r\n",
      start + "X: " + std::string(200'000, 'x'),
      start + many + "\r\n",
      "GET /" + std::string(20'000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1;" +
          std::string(20'000, 'x'),
  };
  for (const std::string& request : requests) {
    RawClient client = office.connect();
    client.send(request);
    const std::string answer = client.read_all();
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 431")) << request.substr(0, 60) << "\n" << answer;
  }
}

TEST(ServerLimits, AFullQueueIsAnsweredAtOnce) {
  std::latch entered(1);
  std::latch go_on(1);
  OfficeServer office(
      [&](Request& request) {
        if (request.path == "/hold") {
          entered.count_down();
          go_on.wait();
        }
        return Response::text(200, request.path);
      },
      {.workers = 1, .queue_max = 2});
  RawClient holder = office.connect();
  ASSERT_TRUE(holder.send(get("/hold")));
  entered.wait();
  RawClient first = office.connect();
  RawClient second = office.connect();
  // Sent and read back through a third connection until both waiting places are taken.
  ASSERT_TRUE(first.send(get("/first")));
  ASSERT_TRUE(second.send(get("/second")));
  std::string answer;
  for (int attempt = 0; attempt < 3 && answer.empty(); ++attempt) {
    RawClient third = office.connect();
    ASSERT_TRUE(third.send(get("/third")));
    answer = third.read_answer();
  }
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 503")) << answer;
  EXPECT_NE(answer.find("Retry-After: 1\r\n"), std::string::npos);
  EXPECT_EQ(office.server().figures().requests_refused_busy, 1);
  go_on.count_down();
  EXPECT_TRUE(holder.read_answer().ends_with("/hold"));
  EXPECT_TRUE(first.read_answer().ends_with("/first"));
  EXPECT_TRUE(second.read_answer().ends_with("/second"));
}

TEST(ServerLimits, ARequestThatWaitedTooLongIsNotBegun) {
  std::latch entered(1);
  std::latch go_on(1);
  OfficeServer office(
      [&](Request&) {
        entered.count_down();
        go_on.wait();
        return Response::text(200, "");
      },
      {.workers = 1, .request_deadline_ms = -1});
  RawClient client = office.connect();
  ASSERT_TRUE(client.send(get("/")));
  EXPECT_TRUE(client.read_answer().starts_with("HTTP/1.1 503"));
}

TEST(ServerLimits, AClientThatTricklesItsRequestIsCutOff) {
  OfficeServer office(echo, {.header_timeout_ms = 60, .body_timeout_ms = 60});
  RawClient trickling_headers = office.connect();
  ASSERT_TRUE(trickling_headers.send("GET / HTTP/1.1\r\nHost: x\r\nX-"));
  EXPECT_TRUE(trickling_headers.read_all().starts_with("HTTP/1.1 408"));
  RawClient trickling_body = office.connect();
  ASSERT_TRUE(trickling_body.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nab"));
  EXPECT_TRUE(trickling_body.read_all().starts_with("HTTP/1.1 408"));
}

TEST(ServerLimits, AnIdleConnectionIsClosed) {
  OfficeServer office(echo, {.idle_timeout_ms = 60});
  RawClient silent = office.connect();
  EXPECT_TRUE(silent.sees_end());
  RawClient served = office.connect();
  ASSERT_TRUE(served.send(get("/")));
  EXPECT_TRUE(served.read_answer().starts_with("HTTP/1.1 200"));
  EXPECT_TRUE(served.sees_end());
}

TEST(ServerLimits, AReaderThatTakesNothingIsCutOff) {
  OfficeServer office([](Request&) { return Response::text(200, std::string(64'000'000, 'a')); },
                      {.idle_timeout_ms = 80});
  RawClient client = office.connect();
  ASSERT_TRUE(client.send(get("/")));
  // Not reading until the server has given up on it.
  while (office.server().figures().connections > 0 ||
         office.server().figures().requests_served == 0) {
    std::this_thread::yield();
  }
  EXPECT_LT(client.read_all().size(), 64'000'000u);
}

TEST(ServerLimits, TheNumberOfConnectionsIsLimited) {
  OfficeServer office(echo, {.connections_max = 2});
  RawClient first = office.connect();
  RawClient second = office.connect();
  ASSERT_TRUE(first.send(get("/")));
  ASSERT_TRUE(second.send(get("/")));
  first.read_answer();
  second.read_answer();
  RawClient third = office.connect();
  EXPECT_TRUE(third.read_all().starts_with("HTTP/1.1 503"));
  first.hang_up();
  while (office.server().figures().connections == 2) std::this_thread::yield();
  RawClient fourth = office.connect();
  ASSERT_TRUE(fourth.send(get("/")));
  EXPECT_TRUE(fourth.read_answer().starts_with("HTTP/1.1 200"));
}

TEST(ServerLimits, AllBodiesTogetherAreLimited) {
  OfficeServer office(echo, {.body_max_bytes = 10'000, .bodies_max_bytes = 15'000});
  RawClient first = office.connect();
  const std::string large = post("/", std::string(10'000, 'a'));
  ASSERT_TRUE(first.send(large.substr(0, large.size() - 1)));
  std::string refused;
  // The first body may still be on its way when the second is read: then both are tried again.
  for (int attempt = 0; attempt < 100 && !refused.starts_with("HTTP/1.1 503"); ++attempt) {
    RawClient second = office.connect();
    ASSERT_TRUE(second.send(large));
    refused = second.read_answer();
  }
  EXPECT_TRUE(refused.starts_with("HTTP/1.1 503")) << refused.substr(0, 100);
  ASSERT_TRUE(first.send("a"));
  EXPECT_TRUE(first.read_answer().starts_with("HTTP/1.1 200"));
  RawClient third = office.connect();
  ASSERT_TRUE(third.send(large));
  EXPECT_TRUE(third.read_answer().starts_with("HTTP/1.1 200"));
}

}  // namespace
}  // namespace tandem::http
