#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "http/message.h"

namespace tandem::http {

/// What the server answers by itself, below every handler: 413, 503, 500 and their like. `refusal`
/// says it in our own words. Absent or empty: Response::refusal() of it.
using FailureFace = std::function<std::optional<Response>(std::string_view path, int status,
                                                          const Refusal& refusal)>;

struct ServerOptions {
  /// A numeric address: "127.0.0.1", "0.0.0.0", "::".
  std::string host = "127.0.0.1";
  /// 0 takes any free port; bound_port() tells which.
  int port = 0;
  int workers = 4;
  /// Threads of their own for requests that may write (all but GET and HEAD), because those wait
  /// for a disk; 0: `workers` do them too.
  int write_workers = 0;
  /// Requests that wait for a worker; one more is answered 503 with Retry-After.
  int queue_max = 256;
  int connections_max = 10'000;
  int64_t body_max_bytes = 26LL * 1024 * 1024;
  /// All request bodies in memory together; one more is answered 503.
  int64_t bodies_max_bytes = 512LL * 1024 * 1024;
  int64_t header_max_bytes = 16 * 1024;
  /// A connection between two requests, or one that takes no byte of an answer, is closed after
  /// this time.
  int64_t idle_timeout_ms = 60 * second_ms;
  /// From the first byte of a request to the end of its headers, and of its body.
  int64_t header_timeout_ms = 15 * second_ms;
  int64_t body_timeout_ms = 5 * minute_ms;
  /// Request::deadline; a request that waited longer for a worker is answered 503.
  int64_t request_deadline_ms = 30 * second_ms;
  int64_t event_heartbeat_ms = 20 * second_ms;
  /// How the owner of a path says what no handler could say. Called by workers and the loop.
  FailureFace failure_face = {};
  /// How long stop() lets requests in hand finish.
  int64_t stop_grace_ms = 10 * second_ms;
};

/// Figures of a running server, for the health page and tests.
struct ServerFigures {
  int64_t connections = 0;
  int64_t event_streams = 0;
  int64_t requests_served = 0;
  int64_t requests_refused_busy = 0;
};

/// Runs in a worker, for several requests at once. It may fill request.params.
using ServerHandler = std::function<Response(Request&)>;

/// An HTTP/1.1 server: one loop thread holds all connections and event streams, worker threads
/// run the handler. An exception that leaves the handler is logged once with an id and answered 500
/// with that id.
class Server {
 public:
  /// `clock` gives Request::received_at and must outlive the server.
  Server(ServerOptions options, const Clock& clock);
  /// Stops.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Listens and returns at once. Refuses with invalid when the address is wrong or taken. Once per
  /// server.
  Result<void> start(ServerHandler handler);
  /// Takes no new connection, closes idle ones and event streams, lets requests in hand finish,
  /// joins all threads.
  void stop();
  int bound_port() const;
  ServerFigures figures() const;

 private:
  class Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace tandem::http
