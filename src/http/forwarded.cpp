#include "http/forwarded.h"

#include <algorithm>
#include <cstring>

#include "base/text.h"

namespace tandem::http {

namespace {

/// One hop as its proxy describes it; empty where it says nothing of use.
struct Hop {
  std::string_view client;
  std::string_view scheme;
};

/// "::ffff:192.0.2.1" is how a socket for both families shows an IPv4 address.
Address without_mapping(const Address& address) {
  constexpr uint8_t mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  if (address.size_bytes != 16 || std::memcmp(address.bytes.data(), mapped, sizeof mapped) != 0) {
    return address;
  }
  Address plain;
  plain.size_bytes = 4;
  std::copy_n(address.bytes.begin() + sizeof mapped, 4, plain.bytes.begin());
  return plain;
}

bool is_trusted(const Address& address, const ProxyRules& rules) {
  return std::any_of(rules.trusted.begin(), rules.trusted.end(),
                     [&](const Cidr& range) { return contains(range, address); });
}

/// "192.0.2.1", "192.0.2.1:4711", "2001:db8::1", "[2001:db8::1]" and "[2001:db8::1]:4711".
std::optional<Address> address_of_hop(std::string_view text) {
  text = trim(text);
  if (text.starts_with('[')) {
    const size_t end = text.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    text = text.substr(1, end - 1);
  } else if (std::count(text.begin(), text.end(), ':') == 1) {
    text = text.substr(0, text.find(':'));
  }
  const std::optional<Address> address = address_from_text(text);
  if (!address) return std::nullopt;
  return without_mapping(*address);
}

std::string_view unquoted(std::string_view text) {
  text = trim(text);
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
    text = text.substr(1, text.size() - 2);
  }
  return text;
}

/// RFC 7239: "for=192.0.2.1;proto=https;by=…".
Hop hop_of(std::string_view element) {
  Hop hop;
  while (!element.empty()) {
    const size_t end = std::min(element.find(';'), element.size());
    const std::string_view pair = element.substr(0, end);
    element.remove_prefix(std::min(end + 1, element.size()));
    const size_t equals = pair.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string_view name = trim(pair.substr(0, equals));
    const std::string_view value = unquoted(pair.substr(equals + 1));
    if (equal_ignoring_ascii_case(name, "for")) hop.client = value;
    if (equal_ignoring_ascii_case(name, "proto")) hop.scheme = value;
  }
  return hop;
}

/// The parts between the commas of all headers of this name, the nearest hop first.
std::vector<std::string_view> parts_from_the_right(const Request& request, std::string_view name) {
  std::vector<std::string_view> parts;
  for (auto header = request.headers.rbegin(); header != request.headers.rend(); ++header) {
    if (!equal_ignoring_ascii_case(header->first, name)) continue;
    std::string_view rest = header->second;
    while (parts.size() < forwarding_hops_max) {
      const size_t comma = rest.rfind(',');
      parts.push_back(rest.substr(comma == std::string_view::npos ? 0 : comma + 1));
      if (comma == std::string_view::npos) break;
      rest = rest.substr(0, comma);
    }
  }
  return parts;
}

std::vector<Hop> hops_of(const Request& request, ForwardingHeader header) {
  std::vector<Hop> hops;
  switch (header) {
    case ForwardingHeader::forwarded:
      for (const std::string_view part : parts_from_the_right(request, "Forwarded")) {
        hops.push_back(hop_of(part));
      }
      break;
    case ForwardingHeader::x_forwarded_for:
      for (const std::string_view part : parts_from_the_right(request, "X-Forwarded-For")) {
        hops.push_back({part, {}});
      }
      const auto schemes = parts_from_the_right(request, "X-Forwarded-Proto");
      if (hops.empty()) hops.emplace_back();
      if (!schemes.empty()) hops.front().scheme = trim(schemes.front());
      break;
  }
  return hops;
}

}  // namespace

void settle_origin(Request& request, const ProxyRules& rules) {
  if (rules.trusted.empty()) return;
  const std::optional<Address> peer = address_from_text(request.peer_address);
  if (!peer) return;
  Address origin = without_mapping(*peer);
  if (!is_trusted(origin, rules)) return;
  const std::vector<Hop> hops = hops_of(request, rules.header);
  if (hops.empty()) return;
  if (equal_ignoring_ascii_case(hops.front().scheme, "https")) request.scheme = Scheme::https;
  for (const Hop& hop : hops) {
    const std::optional<Address> before = address_of_hop(hop.client);
    if (!before) break;
    origin = *before;
    if (!is_trusted(origin, rules)) break;
  }
  request.peer_address = to_text(origin);
}

}  // namespace tandem::http
