#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

// Which addresses this server may connect to for others (mail servers). A name typed by a person
// must not reach the machine itself, its neighbours or the cloud's metadata service, by whatever
// spelling or name server trick: the address that is really connected to is asked.

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

/// On the public internet, or in a range that an administrator opened.
bool may_connect(const Address& address, const std::vector<Cidr>& allowed);

}  // namespace tandem::http
