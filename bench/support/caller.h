#pragma once

#include <string>

#include "bench/support/portal.h"

namespace tandem::bench {

/// An agent of two of the five departments who is signed in, and writes requests as bytes.
class Caller {
 public:
  /// Signs the agent in; the session lasts in the program's database.
  explicit Caller(server::Program& program);

  const Portal& portal() const { return portal_; }
  const PortalAgent& agent() const { return agent_; }

  /// `path` is what follows /native/desk/{org}.
  std::string get(const std::string& path) const;
  std::string post(const std::string& path, const std::string& json) const;
  /// The address "/constant" of Served, with the headers of every other request.
  std::string get_constant() const;

 private:
  Portal portal_;
  PortalAgent agent_;
  std::string headers_;
};

}  // namespace tandem::bench
