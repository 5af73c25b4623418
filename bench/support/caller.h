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

 private:
  Portal portal_;
  PortalAgent agent_;
  std::string headers_;
};

/// A request for any other address, by nobody.
std::string plain_get(const std::string& path);

}  // namespace tandem::bench
