#pragma once

#include <gtest/gtest.h>

#include "http/server.h"
#include "tests/unit/http/raw_client.h"

namespace tandem::http {

/// A server on a free loopback port, for one test.
class OfficeServer {
 public:
  explicit OfficeServer(ServerHandler handler, ServerOptions options = {})
      : server_(std::move(options), clock_) {
    const auto started = server_.start(std::move(handler));
    EXPECT_TRUE(started) << (started ? "" : started.error().message);
  }
  RawClient connect() const { return RawClient(server_.bound_port()); }
  Server& server() { return server_; }
  int port() const { return server_.bound_port(); }

 private:
  SystemClock clock_;
  Server server_;
};

/// Tells what the server read: method, path, query, body.
inline Response echo(Request& request) {
  std::string told = std::string(word(request.method)) + " " + request.path;
  for (const auto& [name, value] : request.query) told += " " + name + "=" + value;
  return Response::text(200, told + "|" + request.body);
}

}  // namespace tandem::http
