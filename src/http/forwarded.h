#pragma once

#include <string>
#include <vector>

#include "http/egress.h"
#include "http/message.h"

// Behind a reverse proxy every connection comes from the proxy, and who really asks stands in a
// header. Anybody can write that header, so it is believed only when the connection comes from a
// network that an administrator named, and only as far back as each hop was such a proxy.

namespace tandem::http {

/// Which header the proxies write. Only this one is read: a proxy passes the other one on as the
/// client wrote it.
enum class ForwardingHeader { x_forwarded_for, forwarded };

struct ProxyRules {
  /// Empty: no header is believed.
  std::vector<Cidr> trusted;
  ForwardingHeader header = ForwardingHeader::x_forwarded_for;
};

constexpr size_t trusted_proxies_max = 64;
/// Hops further away are not looked at.
constexpr size_t forwarding_hops_max = 32;

/// Puts the client's address and scheme into `request.peer_address` and `request.scheme` when the
/// connection comes from a trusted proxy: the nearest hop that is no trusted proxy itself. The
/// scheme is what the nearest proxy says ("X-Forwarded-Proto", or "proto" of "Forwarded"). What is
/// no address ends the walk: the request counts as coming from the hop that wrote it.
void settle_origin(Request& request, const ProxyRules& rules);

}  // namespace tandem::http
