#include "http/egress.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netdb.h>
#include <sys/socket.h>

#include <algorithm>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <charconv>
#include <cstring>

#include "base/text.h"

namespace tandem::http {

namespace {

constexpr size_t host_max_bytes = 253;
constexpr size_t addresses_max = 32;

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

Refusal bad_url(std::string_view remedy) { return invalid("url", "bad_url", std::string(remedy)); }

Refusal address_not_allowed() {
  return invalid(
      "url", "address_not_allowed",
      "Give an address on the public internet, or ask an administrator to allow this range.");
}

/// "0x7f.1", "2130706433", "0177.0.0.1": libraries read these as IPv4; we read only four decimal
/// numbers.
bool looks_like_odd_ipv4(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  const std::string_view last = host.substr(host.rfind('.') + 1);
  const bool is_number =
      !last.empty() &&
      std::all_of(last.begin(), last.end(), [](unsigned char c) { return c >= '0' && c <= '9'; });
  return (is_number || last.starts_with("0x")) && !address_from_text(host);
}

bool is_host_name(std::string_view host) {
  if (host.empty() || host.size() > host_max_bytes || host.starts_with('.')) return false;
  if (host.find("..") != std::string_view::npos) return false;
  return std::all_of(host.begin(), host.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
  });
}

Result<std::string> read_host(const boost::urls::url_view& url) {
  const auto encoded = url.encoded_host();
  std::string host = ascii_lower(std::string_view(encoded.data(), encoded.size()));
  if (url.host_type() == boost::urls::host_type::ipv6) {
    host = host.substr(1, host.size() - 2);
    if (!address_from_text(host)) return bad_url("Write the IPv6 address without a zone.");
    return host;
  }
  if (!is_host_name(host) || looks_like_odd_ipv4(host)) {
    return bad_url("Write the host as a name, or as an address of four decimal numbers.");
  }
  return host;
}

Result<int> read_port(const boost::urls::url_view& url, std::string_view scheme) {
  if (!url.has_port() || url.port().empty()) return scheme == "https" ? 443 : 80;
  const auto text = url.port();
  int port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size() || port < 1 || port > 65'535) {
    return bad_url("Give a port from 1 to 65535.");
  }
  return port;
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

Result<std::vector<Address>> resolve_with_system(const std::string& host) {
  addrinfo wanted{};
  wanted.ai_socktype = SOCK_STREAM;
  wanted.ai_flags = AI_ADDRCONFIG;
  addrinfo* found = nullptr;
  if (getaddrinfo(host.c_str(), nullptr, &wanted, &found) != 0) {
    return Refusal{RefusalKind::busy, "unreachable", "The host name was not found.", "url", {}};
  }
  std::vector<Address> addresses;
  for (const addrinfo* item = found; item; item = item->ai_next) {
    Address address;
    if (item->ai_family == AF_INET) {
      address.size_bytes = 4;
      std::memcpy(address.bytes.data(),
                  &reinterpret_cast<const sockaddr_in*>(item->ai_addr)->sin_addr, 4);
    } else if (item->ai_family == AF_INET6) {
      address.size_bytes = 16;
      std::memcpy(address.bytes.data(),
                  &reinterpret_cast<const sockaddr_in6*>(item->ai_addr)->sin6_addr, 16);
    } else {
      continue;
    }
    addresses.push_back(address);
  }
  freeaddrinfo(found);
  return addresses;
}

bool may_connect(const Address& address, const EgressPolicy& policy) {
  return is_public_address(address) || is_in_any(address, policy.allowed);
}

Result<Destination> check_url(std::string_view text, const EgressPolicy& policy) {
  if (text.size() > url_max_bytes) return bad_url("Give a shorter URL.");
  const auto parsed = boost::urls::parse_uri({text.data(), text.size()});
  if (!parsed) return bad_url("Give a URL such as https://example.org/hook.");
  const boost::urls::url_view url = *parsed;
  Destination destination;
  destination.scheme = ascii_lower(std::string_view(url.scheme().data(), url.scheme().size()));
  if (destination.scheme != "http" && destination.scheme != "https") {
    return bad_url("Give a URL that starts with http:// or https://.");
  }
  if (!url.has_authority()) return bad_url("Give a URL with a host.");
  if (url.has_userinfo()) return bad_url("Give a URL without a user name or password.");
  // Boost.URL 1.81 ends the authority early in "8.8.8.8.x" and "host:-80" and calls the rest a
  // path.
  const auto path = url.encoded_path();
  if (!path.empty() && path.front() != '/') {
    return bad_url("Give a URL with a plain host name and a port from 1 to 65535.");
  }
  destination.host = TRY(read_host(url));
  destination.port = TRY(read_port(url, destination.scheme));
  const auto& ports = policy.ports;
  if (!ports.empty() && std::find(ports.begin(), ports.end(), destination.port) == ports.end()) {
    return invalid(
        "url", "port_not_allowed",
        fmt::format("Give a URL with a port that may be called, not {}.", destination.port));
  }
  const auto address = address_from_text(destination.host);
  if (address && !may_connect(*address, policy)) return address_not_allowed();
  destination.target = path.empty() ? "/" : std::string(path.data(), path.size());
  if (url.has_query()) {
    const auto query = url.encoded_query();
    destination.target += '?';
    destination.target.append(query.data(), query.size());
  }
  return destination;
}

Result<std::vector<Address>> check_host(const Destination& destination,
                                        const EgressPolicy& policy) {
  std::vector<Address> addresses;
  if (const auto literal = address_from_text(destination.host)) {
    addresses.push_back(*literal);
  } else {
    addresses = TRY(policy.resolver(destination.host));
  }
  if (addresses.empty()) {
    return Refusal{RefusalKind::busy, "unreachable", "The host name has no address.", "url", {}};
  }
  // One bad address condemns the name: an honest host has no inner and outer address at once.
  for (const Address& address : addresses) {
    if (!may_connect(address, policy)) return address_not_allowed();
  }
  if (addresses.size() > addresses_max) addresses.resize(addresses_max);
  return addresses;
}

}  // namespace tandem::http
