#include "http/egress.h"

#include <gtest/gtest.h>

namespace tandem::http {
namespace {

TEST(Egress, OnlyAddressesOfThePublicInternetArePublic) {
  const char* closed[] = {
      "0.0.0.0",
      "0.1.2.3",
      "10.0.0.1",
      "10.255.255.255",
      "100.64.0.1",
      "100.127.255.255",
      "127.0.0.1",
      "127.0.0.2",
      "127.255.255.254",
      "169.254.0.1",
      "169.254.169.254",
      "169.254.170.2",
      "172.16.0.1",
      "172.31.255.255",
      "192.0.0.1",
      "192.0.0.192",
      "192.0.2.1",
      "192.88.99.1",
      "192.168.0.1",
      "192.168.255.255",
      "198.18.0.1",
      "198.19.255.255",
      "198.51.100.7",
      "203.0.113.9",
      "224.0.0.1",
      "239.255.255.255",
      "240.0.0.1",
      "255.255.255.255",
      "::",
      "::1",
      "::127.0.0.1",
      "::ffff:127.0.0.1",
      "::ffff:10.0.0.1",
      "::ffff:8.8.8.8",
      "::ffff:7f00:1",
      "::ffff:0:127.0.0.1",
      "64:ff9b::7f00:1",
      "64:ff9b::10.0.0.1",
      "64:ff9b:1::a00:1",
      "100::1",
      "2001::1",
      "2001:0:7f00:1::",
      "2001:10::1",
      "2001:20::1",
      "2001:db8::1",
      "2002:7f00:1::",
      "2002:a00:1::1",
      "2002:c0a8:101::",
      "3fff::1",
      "5f00::1",
      "fc00::1",
      "fd00:ec2::254",
      "fe80::1",
      "febf::1",
      "fec0::1",
      "ff02::1",
      "ff0e::1",
      "::ffff:169.254.169.254",
      "4000::1",
      // No addresses at all.
      "",
      "localhost",
      "127.1",
      "0x7f000001",
      "2130706433",
      "0177.0.0.1",
      "[::1]",
      "fe80::1%eth0",
      "1.2.3",
      "1.2.3.4.5",
      "8.8.8.8 ",
      "8.8.8.256",
  };
  for (const char* address : closed) EXPECT_FALSE(is_public_address(address)) << address;
  const char* open[] = {"1.1.1.1",        "8.8.8.8",      "9.255.255.255",   "11.0.0.1",
                        "100.63.255.255", "100.128.0.1",  "126.255.255.255", "128.0.0.1",
                        "169.253.0.1",    "172.15.0.1",   "172.32.0.1",      "192.167.1.1",
                        "193.0.0.1",      "198.17.0.1",   "198.20.0.1",      "223.255.255.255",
                        "2606:4700::1",   "2a00:1450::1", "2001:200::1",     "2003::1"};
  for (const char* address : open) EXPECT_TRUE(is_public_address(address)) << address;
}

std::string verdict(std::string_view url, const EgressPolicy& policy = {}) {
  const auto destination = check_url(url, policy);
  if (!destination) return destination.error().code;
  return destination->scheme + " " + destination->host + " " + std::to_string(destination->port) +
         " " + destination->target;
}

TEST(Egress, UrlsAreReadTheOneStrictWay) {
  const struct {
    const char* url;
    const char* expected;
  } table[] = {
      {"https://example.org", "https example.org 443 /"},
      {"HTTP://Example.ORG/a%20b?x=(1),2", "http example.org 80 /a%20b?x=(1),2"},
      {"http://example.org:80?x", "http example.org 80 /?x"},
      {"https://example.org/a#fragment", "https example.org 443 /a"},
      {"https://xn--bcher-kva.example/", "https xn--bcher-kva.example 443 /"},
      {"https://[2606:4700::1]/", "https 2606:4700::1 443 /"},
      {"http://8.8.8.8/", "http 8.8.8.8 80 /"},
      {"http://127.0.0.1/", "address_not_allowed"},
      {"http://169.254.169.254/latest/meta-data/", "address_not_allowed"},
      {"http://[::1]/", "address_not_allowed"},
      {"http://[::ffff:127.0.0.1]/", "address_not_allowed"},
      {"http://[::ffff:7f00:1]/", "address_not_allowed"},
      {"http://[64:ff9b::a00:1]/", "address_not_allowed"},
      {"http://[2002:7f00:1::]/", "address_not_allowed"},
      {"http://[fd00:ec2::254]/", "address_not_allowed"},
      {"http://10.1.2.3/", "address_not_allowed"},
      {"http://0.0.0.0/", "address_not_allowed"},
      {"http://0/", "bad_url"},
      {"http://127.1/", "bad_url"},
      {"http://0x7f.0.0.1/", "bad_url"},
      {"http://0x7f000001/", "bad_url"},
      {"http://2130706433/", "bad_url"},
      {"http://017700000001/", "bad_url"},
      {"http://0177.0.0.1/", "bad_url"},
      {"http://127.0.0.1./", "bad_url"},
      {"http://127.0.0.0x1/", "bad_url"},
      {"http://%31%32%37.0.0.1/", "bad_url"},
      {"http://localhost%2f@example.org/", "bad_url"},
      {"http://example.org@127.0.0.1/", "bad_url"},
      {"http://user:secret@example.org/", "bad_url"},
      {"http://example.org\\@127.0.0.1/", "bad_url"},
      {"http://127.0.0.1\\@example.org/", "bad_url"},
      {"http://exa mple.org/", "bad_url"},
      {"http://example.org/\r\nX: y", "bad_url"},
      {" http://example.org/", "bad_url"},
      {"http://１２７.0.0.1/", "bad_url"},
      {"http://①②⑦.0.0.1/", "bad_url"},
      {"http://[fe80::1%25eth0]/", "bad_url"},
      {"http://[v1.a]/", "bad_url"},
      {"http:///etc/passwd", "bad_url"},
      {"http:example.org", "bad_url"},
      {"//example.org/", "bad_url"},
      {"example.org", "bad_url"},
      {"", "bad_url"},
      {"file:///etc/passwd", "bad_url"},
      {"ftp://example.org/", "bad_url"},
      {"gopher://127.0.0.1:6379/_x", "bad_url"},
      {"dict://127.0.0.1:11211/", "bad_url"},
      {"ldap://127.0.0.1/", "bad_url"},
      {"javascript:alert(1)", "bad_url"},
      {"data:text/html,x", "bad_url"},
      {"jar:http://127.0.0.1!/", "bad_url"},
      {"http://example..org/", "bad_url"},
      {"http://.example.org/", "bad_url"},
      {"http://example.org:22/", "port_not_allowed"},
      {"http://example.org:6379/", "port_not_allowed"},
      {"http://example.org:8080/", "port_not_allowed"},
      {"http://example.org:0/", "bad_url"},
      {"http://example.org:65616/", "bad_url"},
      {"http://example.org:99999999999/", "bad_url"},
      {"http://example.org:-80/", "bad_url"},
  };
  for (const auto& row : table) EXPECT_EQ(verdict(row.url), row.expected) << row.url;
  EXPECT_EQ(verdict("http://example.org/" + std::string(5'000, 'a')), "bad_url");
}

EgressPolicy answering(std::vector<std::string_view> addresses) {
  EgressPolicy policy;
  policy.resolver = [addresses](const std::string&) -> Result<std::vector<Address>> {
    std::vector<Address> found;
    for (const std::string_view text : addresses) found.push_back(*address_from_text(text));
    return found;
  };
  return policy;
}

TEST(Egress, ANameIsRefusedWhenAnyOfItsAddressesIsInside) {
  const struct {
    std::vector<std::string_view> addresses;
    const char* expected;
  } table[] = {
      {{"8.8.8.8"}, ""},
      {{"8.8.8.8", "2606:4700::1"}, ""},
      {{"127.0.0.1"}, "address_not_allowed"},
      {{"8.8.8.8", "127.0.0.1"}, "address_not_allowed"},
      {{"8.8.8.8", "::1"}, "address_not_allowed"},
      {{"::ffff:8.8.8.8"}, "address_not_allowed"},
      {{"169.254.169.254"}, "address_not_allowed"},
      {{}, "unreachable"},
  };
  for (const auto& row : table) {
    const auto addresses = check_host({"http", "rebind.test", 80, "/"}, answering(row.addresses));
    EXPECT_EQ(addresses ? "" : addresses.error().code, row.expected);
  }
}

TEST(Egress, AnAdministratorOpensRangesAndPorts) {
  EgressPolicy policy;
  policy.allowed = {*cidr_from_text("10.1.0.0/16"), *cidr_from_text("fd00::/8")};
  policy.ports = {80, 443, 8080};
  EXPECT_EQ(verdict("http://10.1.2.3:8080/", policy), "http 10.1.2.3 8080 /");
  EXPECT_EQ(verdict("http://[fd12::1]/", policy), "http fd12::1 80 /");
  EXPECT_EQ(verdict("http://10.2.0.1/", policy), "address_not_allowed");
  EXPECT_EQ(verdict("http://[::ffff:10.1.2.3]/", policy), "address_not_allowed");
  EXPECT_EQ(verdict("http://10.1.2.3:22/", policy), "port_not_allowed");
}

TEST(Egress, RangesAreReadAndCompared) {
  for (const char* bad : {"", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8x", "::/129",
                          "localhost/8", "10.0.0/8"}) {
    EXPECT_FALSE(cidr_from_text(bad)) << bad;
  }
  const Cidr range = *cidr_from_text("10.128.0.0/9");
  EXPECT_TRUE(contains(range, *address_from_text("10.200.0.1")));
  EXPECT_FALSE(contains(range, *address_from_text("10.127.255.255")));
  EXPECT_TRUE(contains(*cidr_from_text("0.0.0.0/0"), *address_from_text("1.2.3.4")));
  EXPECT_FALSE(contains(*cidr_from_text("0.0.0.0/0"), *address_from_text("::1")));
  EXPECT_TRUE(contains(*cidr_from_text("1.2.3.4"), *address_from_text("1.2.3.4")));
  EXPECT_FALSE(contains(*cidr_from_text("1.2.3.4"), *address_from_text("1.2.3.5")));
}

}  // namespace
}  // namespace tandem::http
