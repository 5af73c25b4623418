#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

namespace tandem::http {

constexpr int event_backlog_messages_max = 256;
constexpr size_t event_backlog_bytes_max = 256 * 1024;
constexpr int64_t event_heartbeat_ms = 20'000;

/// One open stream of server-sent events (text/event-stream). A handler answers
/// Response::event_stream(stream) and keeps a copy of the pointer; the connection then waits on the
/// I/O loop and costs no worker. Events sent before the connection is ready are kept. All functions
/// are safe from any thread.
class EventStream {
 public:
  /// `on_close` runs once on the I/O loop (or in the thread that stops the server), when the reader
  /// left, was too slow, close() was called or the server stops. It must be quick. It never runs
  /// inside send() or close(), so the sender may hold its own lock there. It does not run for a
  /// stream that was never answered.
  explicit EventStream(std::function<void()> on_close = {});
  EventStream(const EventStream&) = delete;
  EventStream& operator=(const EventStream&) = delete;

  /// Queues one event. `event` and `id` may be empty; line breaks in `data` are kept, in the others
  /// they are dropped. False when the stream is closed; a reader with a full backlog is closed.
  bool send(std::string_view event, std::string_view data, std::string_view id = "");
  void close();
  bool is_open() const;

  // For the server alone.

  /// `wake` is called when there is something to take or the stream was closed.
  void attach(std::function<void()> wake);
  /// Takes all queued bytes.
  std::string take();
  /// The reader fell behind: what is on its way is not worth waiting for.
  bool is_overrun() const;
  /// Closes and runs `on_close`.
  void finish();

 private:
  mutable std::mutex mutex_;
  std::function<void()> on_close_;
  std::function<void()> wake_;
  std::string backlog_;
  int backlog_messages_ = 0;
  bool open_ = true;
  bool overrun_ = false;
};

}  // namespace tandem::http
