#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

#include "http/multipart.h"
#include "http/request_parser.h"
#include "tests/unit/http/office_server.h"

namespace tandem::http {
namespace {

constexpr int garbage_count = 20'000;

uint64_t seed() {
  const char* given = std::getenv("TANDEM_SEED");
  return given ? std::strtoull(given, nullptr, 10) : 20'260'301;
}

using Dice = std::mt19937_64;

size_t below(Dice& dice, size_t limit) { return static_cast<size_t>(dice() % limit); }

/// Takes a good text and breaks it in a few places, or cuts it, or doubles a piece of it.
std::string damaged(Dice& dice, std::string text) {
  static constexpr std::string_view pieces[] = {"\r\n",
                                                "\r",
                                                "\n",
                                                std::string_view("\0", 1),
                                                ":",
                                                "%",
                                                "--",
                                                "\"",
                                                ";",
                                                " ",
                                                "chunked",
                                                "\xff",
                                                "0\r\n\r\n",
                                                "Transfer-Encoding: chunked\r\n",
                                                "Content-Length: 99999999999999999999\r\n",
                                                "..",
                                                "/%2e%2e/"};
  const size_t changes = 1 + below(dice, 6);
  for (size_t change = 0; change < changes && !text.empty(); ++change) {
    const size_t at = below(dice, text.size());
    switch (below(dice, 5)) {
      case 0: text[at] = static_cast<char>(dice()); break;
      case 1: text.erase(at, 1 + below(dice, 8)); break;
      case 2: text.insert(at, pieces[below(dice, std::size(pieces))]); break;
      case 3: text.resize(at); break;
      default: text.insert(at, text.substr(below(dice, text.size()), below(dice, 40))); break;
    }
  }
  return text;
}

const std::string good_form =
    "--XX\r\nContent-Disposition: form-data; name=\"a\"; filename=\"b.txt\"\r\n"
    "Content-Type: text/plain\r\n\r\nhello\r\n--XX\r\n"
    "Content-Disposition: form-data; name=c\r\n\r\n1\r\n--XX--\r\n";

const std::string good_requests[] = {
    get("/api/v1/tickets?from=1&limit=25&sortBy=-createdTime"),
    post("/api/v1/tickets", R"({"subject":"Printer"})"),
    "PUT /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n3;a=b\r\nabc\r\n"
    "0\r\nT: x\r\n\r\n",
    "POST /e HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nab",
};

TEST(Fuzz, NoBytesUpsetTheParserHoweverTheyAreCut) {
  Dice dice(seed());
  SCOPED_TRACE(seed());
  int done = 0;
  for (int round = 0; round < garbage_count; ++round) {
    const std::string bytes =
        damaged(dice, good_requests[below(dice, std::size(good_requests))] + good_requests[0]);
    RequestParser parser({.header_max_bytes = 400, .body_max_bytes = 100});
    std::string pending;
    size_t at = 0;
    while (at < bytes.size() && parser.state() != ParserState::failed) {
      const size_t count = std::min(1 + below(dice, 60), bytes.size() - at);
      pending += bytes.substr(at, count);
      at += count;
      pending.erase(0, parser.feed(pending));
      while (parser.state() == ParserState::done) {
        const Request request = parser.take();
        ASSERT_TRUE(request.path.starts_with('/'));
        ASSERT_EQ(("/" + request.path + "/").find("/../"), std::string::npos);
        ASSERT_LE(request.body.size(), 100u);
        ++done;
        pending.erase(0, parser.feed(pending));
      }
    }
  }
  EXPECT_GT(done, garbage_count / 10) << "the damage leaves many requests readable";
}

TEST(Fuzz, NoFormUpsetsTheReader) {
  Dice dice(seed());
  SCOPED_TRACE(seed());
  int read = 0;
  for (int round = 0; round < garbage_count; ++round) {
    const std::string body = damaged(dice, good_form);
    const std::string type = below(dice, 4) == 0 ? damaged(dice, "multipart/form-data; boundary=XX")
                                                 : "multipart/form-data; boundary=XX";
    const auto parts = read_multipart(type, body);
    if (!parts) continue;
    ++read;
    for (const FormPart& part : *parts) {
      if (part.bytes.empty()) continue;
      ASSERT_GE(part.bytes.data(), body.data());
      ASSERT_LE(part.bytes.data() + part.bytes.size(), body.data() + body.size());
      ASSERT_EQ(part.filename.find_first_of("/\\"), std::string::npos);
    }
    (void)read_form(body);
  }
  EXPECT_GT(read, 100);
}

TEST(Fuzz, TheServerStillAnswersAfterGarbageFromManyClients) {
  Dice dice(seed());
  SCOPED_TRACE(seed());
  OfficeServer office(echo, {.body_max_bytes = 1'000, .header_timeout_ms = 200});
  for (int round = 0; round < garbage_count; ++round) {
    RawClient client = office.connect();
    ASSERT_TRUE(client.is_connected()) << round;
    client.send(damaged(dice, good_requests[below(dice, std::size(good_requests))]));
    if (round % 4 == 0) {
      client.finish_sending();
      client.read_all();
    }
  }
  RawClient client = office.connect();
  ASSERT_TRUE(client.send(get("/alive")));
  EXPECT_TRUE(client.read_answer().ends_with("GET /alive|"));
}

}  // namespace
}  // namespace tandem::http
