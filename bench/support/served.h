#pragma once

#include <memory>
#include <string>

#include "api/services.h"
#include "bench/support/caller.h"
#include "http/router.h"
#include "http/server.h"

namespace tandem::bench {

/// The whole program as it is served, in this process: every address of every API, and "/constant",
/// which answers a constant of the size of a ticket.
class Served {
 public:
  /// `database`: what the APIs work with, the program's own or a ListeningDatabase over it.
  Served(server::Program& program, db::Database& database);
  ~Served();

  int port() const { return server_.bound_port(); }
  const Caller& caller() const { return caller_; }

 private:
  Caller caller_;
  desk::Desk desk_;
  api::Services services_;
  http::Router router_;
  http::Server server_;
};

}  // namespace tandem::bench
