#include "http/connection.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <boost/asio/buffer.hpp>
#include <cerrno>

namespace tandem::http {

namespace {

namespace asio = boost::asio;
using Socket = asio::ip::tcp::socket;

constexpr int64_t linger_ms = 2 * second_ms;
constexpr int64_t linger_max_bytes = 64 * 1024 * 1024;
// A small body travels with its head in one buffer.
constexpr size_t joined_body_max_bytes = 8 * 1024;
// After so many chunks other connections get their turn.
constexpr int write_turns_max = 16;
constexpr std::string_view heartbeat = ": keep\n\n";

}  // namespace

Connection::Connection(Loop& loop, Socket socket, std::string peer_address)
    : loop_(loop),
      socket_(std::move(socket)),
      peer_address_(std::move(peer_address)),
      parser_({loop.options.header_max_bytes, loop.options.body_max_bytes}) {}

void Connection::start() {
  boost::system::error_code ignored;
  socket_.non_blocking(true, ignored);
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  due_at_ms_ = steady_ms() + loop_.options.idle_timeout_ms;
  await_bytes();
}

// ---- reading

void Connection::await_bytes() {
  if (read_awaited_) return;
  read_awaited_ = true;
  socket_.async_wait(Socket::wait_read, [self = shared_from_this()](boost::system::error_code) {
    self->read_awaited_ = false;
    self->on_readable();
  });
}

void Connection::on_readable() {
  if (phase_ == Phase::closed) return;
  boost::system::error_code error;
  const size_t count = socket_.read_some(asio::buffer(loop_.scratch), error);
  if (error == asio::error::would_block) return await_bytes();
  if (error) return close();
  switch (phase_) {
    case Phase::waiting:
    case Phase::reading: return take_bytes(std::string_view(loop_.scratch.data(), count));
    case Phase::draining:
      drained_bytes_ += int64_t(count);
      if (drained_bytes_ > linger_max_bytes) return close();
      return await_bytes();
    case Phase::streaming: return await_bytes();
    case Phase::handling:
    case Phase::writing:
      // The wait began before a stream ended or a refusal went out; keep the bytes out of the way.
      return;
    case Phase::closed: return;
  }
}

void Connection::take_bytes(std::string_view bytes) {
  if (pending_.empty()) {
    const size_t used = parser_.feed(bytes);
    pending_.assign(bytes.substr(used));
  } else {
    pending_ += bytes;
    pending_.erase(0, parser_.feed(pending_));
  }
  after_feeding();
}

void Connection::after_feeding() {
  if (!charge_body()) return refuse(503, server_is_busy());
  switch (parser_.state()) {
    case ParserState::failed: {
      const BadRequest failure = parser_.failure();
      return refuse(failure.status, failure.refusal);
    }
    case ParserState::done: return hand_over();
    case ParserState::needs_headers:
      if (phase_ == Phase::waiting && !pending_.empty()) {
        phase_ = Phase::reading;
        due_at_ms_ = steady_ms() + loop_.options.header_timeout_ms;
      }
      return await_bytes();
    case ParserState::needs_body:
      phase_ = Phase::reading;
      if (!body_begun_) {
        body_begun_ = true;
        due_at_ms_ = steady_ms() + loop_.options.body_timeout_ms;
      }
      if (parser_.awaits_continue() && !continue_said_) say_continue();
      if (phase_ != Phase::closed) await_bytes();
  }
}

/// Counts what this body holds against what all may hold together.
bool Connection::charge_body() {
  const int64_t grown_bytes = parser_.body_bytes() - charged_bytes_;
  if (grown_bytes == 0) return true;
  charged_bytes_ += grown_bytes;
  loop_.bodies_bytes += grown_bytes;
  return loop_.bodies_bytes <= loop_.options.bodies_max_bytes;
}

void Connection::release_body() {
  loop_.bodies_bytes -= charged_bytes_;
  charged_bytes_ = 0;
}

void Connection::say_continue() {
  static constexpr std::string_view line = "HTTP/1.1 100 Continue\r\n\r\n";
  continue_said_ = true;
  boost::system::error_code error;
  // Nothing else is on its way to this client, so the line fits its send buffer or the client is
  // gone.
  const size_t count = socket_.write_some(asio::buffer(line.data(), line.size()), error);
  if (error || count != line.size()) close();
}

void Connection::hand_over() {
  keep_alive_ = parser_.keeps_alive() && !loop_.stopping;
  Job job{shared_from_this(), parser_.take()};
  body_begun_ = false;
  continue_said_ = false;
  job.request.peer_address = peer_address_;
  job.request.received_at = loop_.clock.now();
  job.request.deadline = job.request.received_at + loop_.options.request_deadline_ms;
  is_head_ = job.request.method == Method::head;
  phase_ = Phase::handling;
  due_at_ms_ = never_ms;
  const bool only_reads = job.request.method == Method::get || job.request.method == Method::head;
  WorkerPool& workers = loop_.write_workers && !only_reads ? *loop_.write_workers : *loop_.workers;
  if (workers.push(job)) return;
  ++loop_.busy_count;
  // The pool takes the job only when it has room for it.
  begin_writing(
      {refusal_below(loop_.options.failure_face, job.request.path, 503, server_is_busy()), {}});
}

void Connection::refuse(int status, const Refusal& refusal) {
  Response response = refusal_below(loop_.options.failure_face, parser_.path(), status, refusal);
  keep_alive_ = false;
  is_head_ = false;
  parser_.reset();
  pending_.clear();
  begin_writing({std::move(response), {}});
}

// ---- writing

void Connection::answer(Answer answer) {
  if (phase_ != Phase::handling) {
    if (answer.response.events) answer.response.events->finish();
    return;
  }
  ++loop_.served_count;
  begin_writing(std::move(answer));
}

void Connection::begin_writing(Answer answer) {
  release_body();
  phase_ = Phase::writing;
  answer_ = std::move(answer);
  const Response& response = answer_.response;
  HeadFacts facts{0, Connected::keep_alive, loop_.date};
  body_ = {};
  file_left_bytes_ = 0;
  if (response.events) {
    keep_alive_ = false;
    facts.body_bytes.reset();
  } else if (response.file) {
    facts.body_bytes = response.file->length_bytes;
    file_offset_ = response.file->offset_bytes;
    file_left_bytes_ = response.file->length_bytes;
  } else {
    body_ = response.lasting_body.data() ? response.lasting_body : std::string_view(response.body);
    facts.body_bytes = int64_t(body_.size());
  }
  if (loop_.stopping) keep_alive_ = false;
  facts.connected = keep_alive_ ? Connected::keep_alive : Connected::close;
  head_ = response_head(response, facts);
  if (is_head_ || !may_have_body(response.status)) {
    body_ = {};
    file_left_bytes_ = 0;
  }
  if (body_.size() <= joined_body_max_bytes) {
    head_ += body_;
    body_ = {};
  }
  sent_bytes_ = 0;
  write_more();
}

void Connection::write_more() {
  for (int turn = 0; turn < write_turns_max; ++turn) {
    boost::system::error_code error;
    if (sent_bytes_ < head_.size() + body_.size()) {
      sent_bytes_ += send_bytes(error);
    } else if (file_left_bytes_ > 0) {
      const size_t count = send_file(error);
      file_offset_ += int64_t(count);
      file_left_bytes_ -= int64_t(count);
    } else {
      return on_written();
    }
    if (error == asio::error::would_block) break;
    if (error) return close();
  }
  await_room();
}

size_t Connection::send_bytes(boost::system::error_code& error) {
  if (sent_bytes_ >= head_.size()) {
    const std::string_view rest = body_.substr(sent_bytes_ - head_.size());
    return socket_.write_some(asio::buffer(rest.data(), rest.size()), error);
  }
  const auto head = asio::buffer(head_.data() + sent_bytes_, head_.size() - sent_bytes_);
  if (body_.empty()) return socket_.write_some(head, error);
  const std::array<asio::const_buffer, 2> both{head, asio::buffer(body_.data(), body_.size())};
  return socket_.write_some(both, error);
}

/// Reads a chunk and offers it to the socket; what the socket does not take is read again next
/// time.
size_t Connection::send_file(boost::system::error_code& error) {
  const size_t wanted = size_t(std::min<int64_t>(file_left_bytes_, int64_t(loop_.scratch.size())));
  const ssize_t count =
      ::pread(answer_.file.descriptor(), loop_.scratch.data(), wanted, file_offset_);
  if (count <= 0) {  // The file shrank; the client sees a body that is too short.
    error = asio::error::eof;
    return 0;
  }
  return socket_.write_some(asio::buffer(loop_.scratch.data(), size_t(count)), error);
}

void Connection::await_room() {
  due_at_ms_ = steady_ms() + loop_.options.idle_timeout_ms;
  socket_.async_wait(Socket::wait_write, [self = shared_from_this()](boost::system::error_code) {
    if (self->phase_ != Phase::closed) self->write_more();
  });
}

void Connection::on_written() {
  if (phase_ == Phase::streaming) {
    stream_writing_ = false;
    due_at_ms_ = steady_ms() + loop_.options.event_heartbeat_ms;
    return pump_events();
  }
  head_.clear();
  body_ = {};
  if (answer_.response.events && !is_head_) return begin_streaming();
  if (answer_.response.events) answer_.response.events->finish();
  answer_ = {};
  if (!keep_alive_ || loop_.stopping) return linger();
  phase_ = Phase::waiting;
  due_at_ms_ = steady_ms() + loop_.options.idle_timeout_ms;
  if (pending_.empty()) return await_bytes();
  // By way of the loop, so that a long pipeline neither starves others nor grows the stack.
  asio::post(loop_.io, [self = shared_from_this()] {
    if (self->phase_ == Phase::waiting) self->take_bytes({});
  });
}

// ---- event streams

void Connection::begin_streaming() {
  phase_ = Phase::streaming;
  events_ = std::move(answer_.response.events);
  answer_ = {};
  pending_ = {};
  ++loop_.stream_count;
  due_at_ms_ = steady_ms() + loop_.options.event_heartbeat_ms;
  events_->attach([inbox = loop_.inbox, weak = weak_from_this()] { inbox->wake_stream(weak); });
  await_bytes();  // to learn when the reader leaves
  pump_events();
}

void Connection::pump_events() {
  if (phase_ != Phase::streaming) return;
  if (events_->is_overrun()) return close();
  if (stream_writing_) return;
  // Asked before taking: nothing can be sent after the stream was closed.
  const bool is_open = events_->is_open();
  head_ = events_->take();
  if (head_.empty()) return is_open ? void() : linger();
  sent_bytes_ = 0;
  stream_writing_ = true;
  write_more();
}

// ---- ending

void Connection::on_due() {
  switch (phase_) {
    case Phase::reading: {
      Refusal late;
      late.code = "request_timeout";
      late.message = "Send the request faster.";
      return refuse(408, late);
    }
    case Phase::streaming:
      if (stream_writing_) return close();
      head_ = heartbeat;
      sent_bytes_ = 0;
      stream_writing_ = true;
      return write_more();
    case Phase::waiting:
    case Phase::writing:
    case Phase::draining: return close();
    case Phase::handling:
    case Phase::closed: return;
  }
}

void Connection::begin_stop() {
  switch (phase_) {
    case Phase::handling:
    case Phase::writing: keep_alive_ = false; return;
    case Phase::waiting:
    case Phase::reading:
    case Phase::streaming:
    case Phase::draining: return close();
    case Phase::closed: return;
  }
}

/// Says that nothing more comes and waits a little for the client to close: closing at once with
/// unread bytes would reset the connection and could tear the answer out of the client's hands.
void Connection::linger() {
  if (events_) {
    events_->finish();
    events_.reset();
    --loop_.stream_count;
  }
  if (loop_.stopping) return close();
  boost::system::error_code ignored;
  socket_.shutdown(Socket::shutdown_send, ignored);
  phase_ = Phase::draining;
  due_at_ms_ = steady_ms() + linger_ms;
  await_bytes();
}

void Connection::close() {
  if (phase_ == Phase::closed) return;
  const std::shared_ptr<Connection> self = shared_from_this();
  phase_ = Phase::closed;
  due_at_ms_ = never_ms;
  release_body();
  if (answer_.response.events) answer_.response.events->finish();
  if (events_) {
    events_->finish();
    events_.reset();
    --loop_.stream_count;
  }
  answer_ = {};
  boost::system::error_code ignored;
  socket_.close(ignored);
  loop_.connections.erase(self);
  --loop_.connection_count;
}

}  // namespace tandem::http
