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

TEST(Egress, AnAdministratorOpensRanges) {
  const std::vector<Cidr> allowed{*cidr_from_text("10.1.0.0/16"), *cidr_from_text("fd00::/8")};
  const auto may = [&](std::string_view text) {
    return may_connect(*address_from_text(text), allowed);
  };
  EXPECT_TRUE(may("8.8.8.8"));
  EXPECT_TRUE(may("10.1.2.3"));
  EXPECT_TRUE(may("fd12::1"));
  EXPECT_FALSE(may("10.2.0.1"));
  EXPECT_FALSE(may("::ffff:10.1.2.3"));
  EXPECT_FALSE(may("127.0.0.1"));
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
