#include "http/event_stream.h"

#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "tests/unit/http/office_server.h"

namespace tandem::http {
namespace {

/// Keeps every open stream, as the hub of live events does.
class Hub {
 public:
  Response open(Request&) {
    auto stream = std::make_shared<EventStream>([this] { ++closed; });
    const std::lock_guard lock(mutex_);
    streams_.push_back(stream);
    return Response::event_stream(stream);
  }
  std::vector<std::shared_ptr<EventStream>> streams() {
    const std::lock_guard lock(mutex_);
    return streams_;
  }
  std::atomic<int> closed{0};

 private:
  std::mutex mutex_;
  std::vector<std::shared_ptr<EventStream>> streams_;
};

std::vector<RawClient> open_streams(OfficeServer& office, int count) {
  std::vector<RawClient> readers;
  for (int index = 0; index < count; ++index) {
    readers.push_back(office.connect());
    EXPECT_TRUE(readers.back().send(get("/events")));
    EXPECT_NE(readers.back().read_until("\r\n\r\n").find("text/event-stream"), std::string::npos);
  }
  return readers;
}

int64_t resident_bytes() {
  std::ifstream status("/proc/self/statm");
  int64_t pages = 0;
  int64_t resident_pages = 0;
  status >> pages >> resident_pages;
  return resident_pages * 4'096;
}

TEST(EventStream, EventsAreWrittenAsTheStandardSays) {
  EventStream stream;
  EXPECT_TRUE(stream.send("ticket", "5", "77"));
  EXPECT_TRUE(stream.send("", "a\nb\r\nc"));
  EXPECT_TRUE(stream.send("x\ny: z", ""));
  EXPECT_EQ(stream.take(),
            "event: ticket\nid: 77\ndata: 5\n\n"
            "data: a\ndata: b\ndata: c\n\n"
            "event: xy: z\ndata: \n\n");
}

TEST(EventStream, AReaderThatFallsBehindIsClosed) {
  int closed = 0;
  EventStream stream([&] { ++closed; });
  for (int index = 0; index < event_backlog_messages_max; ++index) {
    ASSERT_TRUE(stream.send("a", "b"));
  }
  EXPECT_FALSE(stream.send("a", "b"));
  EXPECT_FALSE(stream.is_open());
  EXPECT_FALSE(stream.send("a", "b"));
  EXPECT_TRUE(stream.is_overrun());
  EXPECT_EQ(closed, 0) << "the sender may hold a lock that on_close takes";
  stream.finish();
  stream.finish();
  EXPECT_EQ(closed, 1);
  EventStream wide;
  EXPECT_FALSE(wide.send("a", std::string(event_backlog_bytes_max + 1, 'x')));
}

TEST(EventStreams, AThousandReadersHearEveryEventAndCostNoWorker) {
  Hub hub;
  OfficeServer office(
      [&](Request& request) {
        return request.path == "/events" ? hub.open(request) : echo(request);
      },
      {.workers = 1});
  const int64_t before_bytes = resident_bytes();
  std::vector<RawClient> readers = open_streams(office, 1'000);
  while (office.server().figures().event_streams < 1'000) std::this_thread::yield();
  EXPECT_LT(resident_bytes() - before_bytes, 50'000'000);
  for (int event = 0; event < 3; ++event) {
    for (const auto& stream : hub.streams()) stream->send("n", std::to_string(event));
  }
  for (RawClient& reader : readers) {
    ASSERT_EQ(reader.read_until("data: 2\n\n"),
              "event: n\ndata: 0\n\nevent: n\ndata: 1\n\nevent: n\ndata: 2\n\n");
  }
  RawClient other = office.connect();
  ASSERT_TRUE(other.send(get("/")));
  EXPECT_TRUE(other.read_answer().starts_with("HTTP/1.1 200"));
  office.server().stop();
  EXPECT_EQ(hub.closed, 1'000);
}

TEST(EventStreams, TheHubLearnsThatAReaderLeft) {
  Hub hub;
  OfficeServer office([&](Request& request) { return hub.open(request); });
  std::vector<RawClient> readers = open_streams(office, 3);
  readers[1].hang_up();
  while (hub.closed == 0) std::this_thread::yield();
  EXPECT_EQ(hub.closed, 1);
  EXPECT_TRUE(hub.streams()[0]->is_open());
  EXPECT_FALSE(hub.streams()[1]->is_open());
}

TEST(EventStreams, TheHubMayEndAStreamAfterItsLastWord) {
  Hub hub;
  OfficeServer office([&](Request& request) { return hub.open(request); });
  std::vector<RawClient> readers = open_streams(office, 1);
  hub.streams()[0]->send("bye", "1");
  hub.streams()[0]->close();
  EXPECT_EQ(readers[0].read_all(), "event: bye\ndata: 1\n\n");
}

TEST(EventStreams, WhatWasSentBeforeTheConnectionWasReadyIsNotLost) {
  OfficeServer office([](Request&) {
    auto stream = std::make_shared<EventStream>();
    stream->send("early", "1");
    stream->close();
    return Response::event_stream(stream);
  });
  RawClient reader = office.connect();
  ASSERT_TRUE(reader.send(get("/")));
  EXPECT_TRUE(reader.read_all().ends_with("event: early\ndata: 1\n\n"));
}

TEST(EventStreams, AQuietStreamIsKeptAliveByComments) {
  Hub hub;
  OfficeServer office([&](Request& request) { return hub.open(request); },
                      {.event_heartbeat_ms = 40});
  std::vector<RawClient> readers = open_streams(office, 1);
  EXPECT_EQ(readers[0].read_until("\n\n"), ": keep\n\n");
  EXPECT_EQ(readers[0].read_until("\n\n"), ": keep\n\n");
}

TEST(EventStreams, AReaderThatStopsReadingIsClosed) {
  Hub hub;
  OfficeServer office([&](Request& request) { return hub.open(request); });
  std::vector<RawClient> readers = open_streams(office, 1);
  const std::string large(60'000, 'x');
  const auto stream = hub.streams()[0];
  while (stream->send("n", large)) std::this_thread::yield();
  while (hub.closed == 0) std::this_thread::yield();
  EXPECT_FALSE(stream->is_open());
}

TEST(EventStreams, AStreamMayOutliveItsServer) {
  Hub hub;
  {
    OfficeServer office([&](Request& request) { return hub.open(request); });
    open_streams(office, 2);
  }
  EXPECT_FALSE(hub.streams()[0]->send("late", "1"));
  EXPECT_EQ(hub.closed, 2);
}

}  // namespace
}  // namespace tandem::http
