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
class ServedFaces {
 public:
  /// `database`: what the APIs work with, the program's own or a ListeningDatabase over it.
  ServedFaces(server::Program& program, db::Database& database);
  ~ServedFaces();

  int port() const { return server_.bound_port(); }

 private:
  desk::Desk desk_;
  api::Services services_;
  http::Router router_;
  http::Server server_;
};

/// The same, and an agent of the Desk who asks.
class Served {
 public:
  Served(server::Program& program, db::Database& database)
      : caller_(program), faces_(program, database) {}

  int port() const { return faces_.port(); }
  const Caller& caller() const { return caller_; }

 private:
  Caller caller_;
  ServedFaces faces_;
};

}  // namespace tandem::bench
