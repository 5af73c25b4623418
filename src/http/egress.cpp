#include "http/egress.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstring>

#include "base/text.h"

namespace tandem::http {

namespace {

// Everything that IANA's special-purpose registry says is not reachable from anywhere on the
// internet.
constexpr std::string_view closed_v4[] = {
    "0.0.0.0/8",     "10.0.0.0/8",      "100.64.0.0/10",  "127.0.0.0/8",    "169.254.0.0/16",
    "172.16.0.0/12", "192.0.0.0/24",    "192.0.2.0/24",   "192.88.99.0/24", "192.168.0.0/16",
    "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4",    "240.0.0.0/4",
};
// Of IPv6 only this is given out; the rest is loopback, local, mapped, NAT64, multicast or not in
// use.
constexpr std::string_view open_v6 = "2000::/3";
// Protocol assignments with Teredo, documentation, 6to4, documentation.
constexpr std::string_view closed_v6[] = {"2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"};

Cidr known_range(std::string_view text) { return cidr_from_text(text).value(); }

template <size_t count>
std::vector<Cidr> known_ranges(const std::string_view (&texts)[count]) {
  std::vector<Cidr> ranges;
  for (const std::string_view text : texts) ranges.push_back(known_range(text));
  return ranges;
}

bool is_in_any(const Address& address, const std::vector<Cidr>& ranges) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [&](const Cidr& range) { return contains(range, address); });
}

}  // namespace

std::optional<Address> address_from_text(std::string_view text) {
  char copy[INET6_ADDRSTRLEN + 1] = {};
  if (text.empty() || text.size() >= sizeof copy) return std::nullopt;
  if (text.find('\0') != std::string_view::npos) return std::nullopt;
  std::memcpy(copy, text.data(), text.size());
  Address address;
  if (inet_pton(AF_INET, copy, address.bytes.data()) == 1) {
    address.size_bytes = 4;
    return address;
  }
  if (inet_pton(AF_INET6, copy, address.bytes.data()) == 1) {
    address.size_bytes = 16;
    return address;
  }
  return std::nullopt;
}

std::string to_text(const Address& address) {
  char text[INET6_ADDRSTRLEN] = {};
  inet_ntop(address.size_bytes == 4 ? AF_INET : AF_INET6, address.bytes.data(), text, sizeof text);
  return text;
}

Result<Cidr> cidr_from_text(std::string_view text) {
  const auto refused = [] {
    return invalid("range", "bad_range", "Give a range such as 10.1.0.0/16 or fd00::/8.");
  };
  text = trim(text);
  const size_t slash = std::min(text.find('/'), text.size());
  const auto network = address_from_text(text.substr(0, slash));
  if (!network) return refused();
  Cidr range{*network, network->size_bytes * 8};
  if (slash == text.size()) return range;
  const std::string_view bits = text.substr(slash + 1);
  const auto [end, error] =
      std::from_chars(bits.data(), bits.data() + bits.size(), range.prefix_bits);
  const bool whole = error == std::errc() && end == bits.data() + bits.size();
  if (!whole || range.prefix_bits < 0 || range.prefix_bits > network->size_bytes * 8) {
    return refused();
  }
  return range;
}

bool contains(const Cidr& range, const Address& address) {
  if (range.network.size_bytes != address.size_bytes) return false;
  for (int bit = 0; bit < range.prefix_bits; bit += 8) {
    const int kept = std::min(8, range.prefix_bits - bit);
    const uint8_t mask = static_cast<uint8_t>(0xff << (8 - kept));
    const size_t place = static_cast<size_t>(bit / 8);
    if ((range.network.bytes[place] & mask) != (address.bytes[place] & mask)) return false;
  }
  return true;
}

bool is_public_address(const Address& address) {
  static const std::vector<Cidr> v4 = known_ranges(closed_v4);
  static const std::vector<Cidr> v6 = known_ranges(closed_v6);
  static const Cidr v6_open = known_range(open_v6);
  if (address.size_bytes == 4) return !is_in_any(address, v4);
  return address.size_bytes == 16 && contains(v6_open, address) && !is_in_any(address, v6);
}

bool is_public_address(std::string_view text) {
  const auto address = address_from_text(text);
  return address && is_public_address(*address);
}

bool may_connect(const Address& address, const std::vector<Cidr>& allowed) {
  return is_public_address(address) || is_in_any(address, allowed);
}

}  // namespace tandem::http
