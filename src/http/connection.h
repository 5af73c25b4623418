#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <string_view>

#include "http/event_stream.h"
#include "http/loop.h"
#include "http/request_parser.h"
#include "http/response_head.h"

namespace tandem::http {

/// One client. Lives on the loop thread; only its pointer travels. One request is in hand at a
/// time: the next of a pipeline waits in `pending_`, and nothing more is read meanwhile, so that a
/// client can't run ahead.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Loop& loop, boost::asio::ip::tcp::socket socket, std::string peer_address);

  void start();
  void answer(Answer answer);
  /// The event stream has something to say.
  void pump_events();
  bool is_due(int64_t now_ms) const { return now_ms >= due_at_ms_; }
  /// Called when due: closes what is late, keeps an event stream alive.
  void on_due();
  /// Closes unless a request is in hand, which then is the last.
  void begin_stop();
  void close();

 private:
  enum class Phase { waiting, reading, handling, writing, streaming, draining, closed };
  static constexpr int64_t never_ms = std::numeric_limits<int64_t>::max();

  void await_bytes();
  void on_readable();
  void take_bytes(std::string_view bytes);
  void after_feeding();
  bool charge_body();
  void release_body();
  void say_continue();
  void hand_over();
  void refuse(int status, const Refusal& refusal);
  void begin_writing(Answer answer);
  void write_more();
  size_t send_bytes(boost::system::error_code& error);
  size_t send_file(boost::system::error_code& error);
  void await_room();
  void on_written();
  void begin_streaming();
  void linger();

  Loop& loop_;
  boost::asio::ip::tcp::socket socket_;
  const std::string peer_address_;
  RequestParser parser_;
  Phase phase_ = Phase::waiting;
  int64_t due_at_ms_ = never_ms;
  bool read_awaited_ = false;
  bool body_begun_ = false;
  bool continue_said_ = false;
  bool keep_alive_ = true;
  bool is_head_ = false;
  /// Bytes that came after the request in hand, or the begin of headers.
  std::string pending_;
  int64_t charged_bytes_ = 0;
  int64_t drained_bytes_ = 0;

  // What is being sent: head_, then body_ (which looks into answer_), then the file.
  Answer answer_;
  std::string head_;
  std::string_view body_;
  size_t sent_bytes_ = 0;
  int64_t file_offset_ = 0;
  int64_t file_left_bytes_ = 0;
  bool stream_writing_ = false;
  // Shared with whoever sends the events.
  std::shared_ptr<EventStream> events_;
};

}  // namespace tandem::http
