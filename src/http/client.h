#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "http/egress.h"
#include "http/message.h"

namespace tandem::http {

struct ClientRequest {
  Method method = Method::get;
  std::string url;
  Pairs headers;
  std::string body;
  int64_t timeout_ms = 15 * second_ms;
  int64_t response_max_bytes = 4LL * 1024 * 1024;
};

struct ClientResponse {
  int status = 0;
  Pairs headers;
  std::string body;

  /// The first header of this name in any letter case, or "".
  std::string_view header(std::string_view name) const;
};

/// Sends one request; any status that came back is an answer. Redirects are not followed: the
/// caller sees 3xx. The name is looked up once, every address is checked, and the connection goes
/// to a checked address. Refuses: invalid (field "url", when the address or URL is not allowed),
/// too_large ("response_too_large"), busy ("unreachable", "timed_out", "tls_failed") when the other
/// side did not answer. Blocks the calling thread.
Result<ClientResponse> fetch(const ClientRequest& request, const EgressPolicy& policy);

}  // namespace tandem::http
