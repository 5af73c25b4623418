#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

// Which addresses this server may call for others (webhooks, remote applications). A URL typed by a
// person must not reach the machine itself, its neighbours or the cloud's metadata service, by
// whatever spelling or name server trick.

namespace tandem::http {

/// An IPv4 or IPv6 address as bytes.
struct Address {
  std::array<uint8_t, 16> bytes{};
  int size_bytes = 0;  // 4 or 16
  bool operator==(const Address&) const = default;
};

/// Reads "192.0.2.1" or "2001:db8::1"; no brackets, zones, octal, hexadecimal or shortened IPv4.
std::optional<Address> address_from_text(std::string_view text);
std::string to_text(const Address& address);

/// A range: "10.1.0.0/16", "fd00::/8"; a lone address is a range of one.
struct Cidr {
  Address network;
  int prefix_bits = 0;
};

/// Refuses with invalid (code "bad_range") what is no range.
Result<Cidr> cidr_from_text(std::string_view text);
bool contains(const Cidr& range, const Address& address);

/// True for addresses of the public internet alone: not private, loopback, link-local, shared
/// (CGNAT), multicast, unspecified, reserved or documentation, nor IPv6 forms that carry an IPv4
/// address (mapped, 6to4, NAT64, Teredo).
bool is_public_address(const Address& address);
bool is_public_address(std::string_view address);

/// All addresses of a host name, in order of preference; refuses with busy when it cannot be looked
/// up.
using Resolver = std::function<Result<std::vector<Address>>(const std::string& host)>;
Result<std::vector<Address>> resolve_with_system(const std::string& host);

struct EgressPolicy {
  /// Ranges an administrator opened, for a webhook into the own network.
  std::vector<Cidr> allowed;
  /// Ports that may be called; empty: any.
  std::vector<int> ports{80, 443};
  Resolver resolver = resolve_with_system;
};

bool may_connect(const Address& address, const EgressPolicy& policy);

/// A URL taken apart and found to be harmless in form.
struct Destination {
  std::string scheme;
  /// A name or address, lower-case, without brackets.
  std::string host;
  int port = 0;
  /// Path and query as they stand in the request, percent-encoded.
  std::string target;
  bool operator==(const Destination&) const = default;
};

constexpr size_t url_max_bytes = 4'096;

/// Refuses with invalid, field "url": "bad_url" (not http or https, user or password in it, odd
/// spelling of an address), "port_not_allowed", and for a literal address "address_not_allowed".
/// Use it when a URL is saved, too.
Result<Destination> check_url(std::string_view url, const EgressPolicy& policy);

/// Looks the host up once; refuses with invalid "address_not_allowed" when any of its addresses may
/// not be called.
Result<std::vector<Address>> check_host(const Destination& destination, const EgressPolicy& policy);

}  // namespace tandem::http
