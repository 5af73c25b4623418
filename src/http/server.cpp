#include "http/server.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <algorithm>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <system_error>
#include <thread>

#include "base/crypto.h"
#include "base/log.h"
#include "base/text.h"
#include "http/connection.h"

namespace tandem::http {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

constexpr int listen_backlog = 1'024;
constexpr int64_t sweep_ms_max = second_ms;
constexpr int64_t sweep_ms_min = 10;
constexpr int64_t accept_pause_ms = 100;
constexpr int spare_descriptors = 256;
/// Longer than every word of an address that a route has; tokens are longer still.
constexpr size_t plain_segment_bytes_max = 24;

/// Every connection needs a descriptor; the soft limit of many systems is 1,024.
void raise_descriptor_limit(int connections_max) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  const rlim_t wanted =
      std::min<rlim_t>(rlim_t(connections_max + spare_descriptors), limit.rlim_max);
  if (limit.rlim_cur >= wanted) return;
  limit.rlim_cur = wanted;
  setrlimit(RLIMIT_NOFILE, &limit);
}

std::string peer_text(const tcp::endpoint& endpoint) {
  const auto address = endpoint.address();
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
  }
  return address.to_string();
}

/// Opens in the worker what the loop then sends, so that a missing file fails here.
OpenFile open_slice(const FileSlice& slice) {
  OpenFile file(::open(slice.path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat facts{};
  if (file.descriptor() < 0 || ::fstat(file.descriptor(), &facts) != 0) {
    throw std::system_error(errno, std::generic_category(), "open the file of an answer");
  }
  const bool fits = slice.offset_bytes >= 0 && slice.length_bytes >= 0 &&
                    slice.offset_bytes <= facts.st_size &&
                    slice.length_bytes <= facts.st_size - slice.offset_bytes;
  if (!fits) throw std::runtime_error("the file of an answer is shorter than the answer says");
  ::posix_fadvise(file.descriptor(), slice.offset_bytes, slice.length_bytes, POSIX_FADV_WILLNEED);
  return file;
}

/// The path as the log may hold it. A segment that stands for something else than a number may be
/// a token: its parameter's name stands there instead, or "…" when no route took it apart.
std::string path_for_log(const Request& request) {
  std::string shown;
  const std::string_view path = request.path;
  for (const std::string& segment : split(path.substr(path.starts_with('/') ? 1 : 0), '/')) {
    const bool is_number = segment.find_first_not_of("0123456789") == std::string::npos;
    const auto parameter = std::find_if(request.params.begin(), request.params.end(),
                                        [&](const auto& each) { return each.second == segment; });
    shown += '/';
    if (is_number) {
      shown += segment;
    } else if (parameter != request.params.end()) {
      shown += '{' + parameter->first + '}';
    } else {
      shown += segment.size() > plain_segment_bytes_max ? "…" : segment;
    }
  }
  return shown;
}

Response failed(const FailureFace& face, const Request& request, std::string_view what) {
  const std::string id = random_hex(16);
  log_error(fmt::format("request {} failed: {} {}: {}", id, word(request.method),
                        path_for_log(request), what));
  Refusal failure;
  failure.code = "internal";
  failure.message = fmt::format(
      "The server failed. Try again; if it stays, tell your administrator the id {}.", id);
  if (face) {
    if (std::optional<Response> own = face(request.path, 500, failure)) return std::move(*own);
  }
  return Response::json(
      500, fmt::format(R"({{"error":{{"kind":"failure","code":"internal","message":)"
                       R"("The server failed. Try again; if it stays, tell your administrator )"
                       R"(the id {0}.","id":"{0}"}}}})",
                       id));
}

/// Where a request's work begins, and so where what broke in it is caught.
Answer run_handler(const ServerHandler& handler, const FailureFace& face, Request& request,
                   Instant now) {
  Answer answer;
  try {
    if (now > request.deadline) {
      answer.response = refusal_below(face, request.path, 503, server_is_busy());
      return answer;
    }
    answer.response = handler(request);
    if (answer.response.file && !answer.response.events) {
      answer.file = open_slice(*answer.response.file);
    }
  } catch (const std::exception& failure) {
    answer = {failed(face, request, failure.what()), {}};
  } catch (...) {
    answer = {failed(face, request, "an unknown exception"), {}};
  }
  return answer;
}

}  // namespace

class Server::Parts {
 public:
  Parts(ServerOptions options, const Clock& clock) : loop(std::move(options), clock) {}

  Result<void> listen();
  void run();
  void accept();
  void on_accept(const boost::system::error_code& error, tcp::socket socket);
  void sweep();
  void stop();

  Loop loop;
  ServerHandler handler;
  tcp::acceptor acceptor{loop.io};
  asio::steady_timer sweep_timer{loop.io};
  asio::steady_timer accept_timer{loop.io};
  std::thread thread;
  int port = 0;
  bool started = false;

 private:
  void begin_stop();
  int64_t sweep_every_ms() const;

  std::mutex stop_mutex_;
  std::condition_variable all_closed_;
  std::vector<std::shared_ptr<Connection>> due_;
};

Result<void> Server::Parts::listen() {
  boost::system::error_code error;
  const auto address = asio::ip::make_address(loop.options.host, error);
  if (error)
    return invalid("host", "bad_address", "Give a numeric address, such as 127.0.0.1 or ::.");
  if (loop.options.port < 0 || loop.options.port > 65'535) {
    return invalid("port", "bad_port", "Give a port from 0 to 65535.");
  }
  const tcp::endpoint endpoint(address, static_cast<uint16_t>(loop.options.port));
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(listen_backlog, error);
  if (error) {
    return invalid("port", "cannot_listen",
                   fmt::format("Choose another address or port than {}:{} ({}).", loop.options.host,
                               loop.options.port, error.message()));
  }
  acceptor.non_blocking(true, error);
  port = acceptor.local_endpoint().port();
  return {};
}

void Server::Parts::run() {
  raise_descriptor_limit(loop.options.connections_max);
  const std::shared_ptr<Inbox> inbox = loop.inbox;
  const auto run_job = [this, inbox](Job job) {
    Answer answer = run_handler(handler, loop.options.failure_face, job.request, loop.clock.now());
    inbox->put_answer(std::move(job.connection), std::move(answer));
  };
  const ServerOptions& options = loop.options;
  loop.workers = std::make_unique<WorkerPool>(options.workers, options.queue_max, run_job);
  if (options.write_workers > 0) {
    loop.write_workers =
        std::make_unique<WorkerPool>(options.write_workers, options.queue_max, run_job);
  }
  sweep();
  accept();
  thread = std::thread([this] { loop.io.run(); });
  started = true;
}

void Server::Parts::accept() {
  acceptor.async_accept([this](boost::system::error_code error, tcp::socket socket) {
    on_accept(error, std::move(socket));
  });
}

void Server::Parts::on_accept(const boost::system::error_code& error, tcp::socket socket) {
  if (loop.stopping || error == asio::error::operation_aborted) return;
  if (error) {  // Out of descriptors, most likely: others must close first.
    log_warning(fmt::format("cannot accept a connection: {}", error.message()));
    accept_timer.expires_after(std::chrono::milliseconds(accept_pause_ms));
    accept_timer.async_wait([this](boost::system::error_code) {
      if (!loop.stopping) accept();
    });
    return;
  }
  boost::system::error_code gone;
  const auto peer = socket.remote_endpoint(gone);
  if (int64_t(loop.connections.size()) >= loop.options.connections_max) {
    static constexpr std::string_view full =
        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\n"
        "Connection: close\r\n\r\n";
    socket.non_blocking(true, gone);
    socket.write_some(asio::buffer(full.data(), full.size()), gone);
    ++loop.busy_count;
  } else if (!gone) {
    const auto connection = std::make_shared<Connection>(loop, std::move(socket), peer_text(peer));
    loop.connections.insert(connection);
    ++loop.connection_count;
    connection->start();
  }
  accept();
}

int64_t Server::Parts::sweep_every_ms() const {
  const ServerOptions& options = loop.options;
  const int64_t shortest_ms = std::min({options.idle_timeout_ms, options.header_timeout_ms,
                                        options.body_timeout_ms, options.event_heartbeat_ms});
  return std::clamp(shortest_ms / 4, sweep_ms_min, sweep_ms_max);
}

/// One timer for all: 10,000 connections are looked through in well under a millisecond.
void Server::Parts::sweep() {
  loop.date = http_date(loop.clock.now().ms / second_ms);
  const int64_t now_ms = steady_ms();
  for (const auto& connection : loop.connections) {
    if (connection->is_due(now_ms)) due_.push_back(connection);
  }
  for (const auto& connection : due_) connection->on_due();
  due_.clear();
  if (loop.stopping) {
    const std::lock_guard lock(stop_mutex_);
    if (loop.connections.empty()) all_closed_.notify_all();
  }
  const int64_t pause_ms = loop.stopping ? sweep_ms_min : sweep_every_ms();
  sweep_timer.expires_after(std::chrono::milliseconds(pause_ms));
  sweep_timer.async_wait([this](boost::system::error_code error) {
    if (!error || loop.stopping) sweep();
  });
}

void Server::Parts::begin_stop() {
  loop.stopping = true;
  boost::system::error_code ignored;
  acceptor.close(ignored);
  accept_timer.cancel();
  const std::vector<std::shared_ptr<Connection>> all(loop.connections.begin(),
                                                     loop.connections.end());
  for (const auto& connection : all) connection->begin_stop();
  sweep_timer.cancel();
}

void Server::Parts::stop() {
  if (!started) return;
  started = false;
  asio::post(loop.io, [this] { begin_stop(); });
  {
    std::unique_lock lock(stop_mutex_);
    all_closed_.wait_for(lock, std::chrono::milliseconds(loop.options.stop_grace_ms),
                         [this] { return loop.connection_count == 0; });
  }
  // First the workers: a handler that still runs may send to a stream or hand back its answer.
  loop.workers->stop();
  if (loop.write_workers) loop.write_workers->stop();
  loop.io.stop();
  thread.join();
  const std::vector<std::shared_ptr<Connection>> late(loop.connections.begin(),
                                                      loop.connections.end());
  for (const auto& connection : late) connection->close();
  loop.inbox->close();
}

Server::Server(ServerOptions options, const Clock& clock)
    : parts_(std::make_unique<Parts>(std::move(options), clock)) {}

Server::~Server() { stop(); }

Result<void> Server::start(ServerHandler handler) {
  TRY(parts_->listen());
  parts_->handler = std::move(handler);
  parts_->run();
  return {};
}

void Server::stop() { parts_->stop(); }

int Server::bound_port() const { return parts_->port; }

ServerFigures Server::figures() const {
  const Loop& loop = parts_->loop;
  return {loop.connection_count, loop.stream_count, loop.served_count, loop.busy_count};
}

}  // namespace tandem::http
