#include "http/forwarded.h"

#include <gtest/gtest.h>

namespace tandem::http {
namespace {

constexpr const char* proxy = "10.0.0.2";

ProxyRules rules_of(ForwardingHeader header) {
  ProxyRules rules;
  for (const char* range : {"10.0.0.0/8", "fd00::/8"}) {
    rules.trusted.push_back(cidr_from_text(range).value());
  }
  rules.header = header;
  return rules;
}

Request request_from(std::string peer, Pairs headers) {
  Request request;
  request.peer_address = std::move(peer);
  request.headers = std::move(headers);
  return request;
}

/// Who asks, by X-Forwarded-For.
std::string origin(const char* peer, const char* forwarded_for) {
  Request request = request_from(peer, {{"X-Forwarded-For", forwarded_for}});
  settle_origin(request, rules_of(ForwardingHeader::x_forwarded_for));
  return request.peer_address;
}

/// Who asks and how, by Forwarded.
std::string forwarded(const char* value) {
  Request request = request_from(proxy, {{"Forwarded", value}});
  settle_origin(request, rules_of(ForwardingHeader::forwarded));
  return request.peer_address + (request.scheme == Scheme::https ? " https" : " http");
}

TEST(TrustedProxy, TheNearestHopThatIsNoTrustedProxyIsTheClient) {
  struct Case {
    const char* peer;
    const char* header;
    const char* client;
  };
  const Case cases[] = {
      {proxy, "192.0.2.7", "192.0.2.7"},
      {proxy, "198.51.100.1, 192.0.2.7", "192.0.2.7"},    // what the client wrote itself
      {proxy, "192.0.2.7, 10.0.0.9", "192.0.2.7"},        // two proxies
      {proxy, "10.0.0.8, 10.0.0.9", "10.0.0.8"},          // a client inside
      {proxy, "192.0.2.7:4711", "192.0.2.7"},             //
      {proxy, "2001:db8::7", "2001:db8::7"},              //
      {proxy, "[2001:db8::7]:4711", "2001:db8::7"},       //
      {proxy, "::ffff:192.0.2.7", "192.0.2.7"},           //
      {"::ffff:10.0.0.2", "192.0.2.7", "192.0.2.7"},      // a socket for both families
      {"fd00::2", "2001:db8::7, fd00::9", "2001:db8::7"}  //
  };
  for (const Case& each : cases) EXPECT_EQ(origin(each.peer, each.header), each.client);
}

TEST(TrustedProxy, NobodyElseIsBelieved) {
  EXPECT_EQ(origin("192.0.2.9", "198.51.100.1"), "192.0.2.9");
  EXPECT_EQ(origin("11.0.0.2", "198.51.100.1"), "11.0.0.2");
  Request request = request_from("192.0.2.9", {{"X-Forwarded-Proto", "https"}});
  settle_origin(request, rules_of(ForwardingHeader::x_forwarded_for));
  EXPECT_EQ(request.scheme, Scheme::http);
  Request without_rules = request_from(proxy, {{"X-Forwarded-For", "192.0.2.7"}});
  settle_origin(without_rules, {});
  EXPECT_EQ(without_rules.peer_address, proxy);
}

TEST(TrustedProxy, WhatIsNoAddressEndsTheWalkAtTheHopThatWroteIt) {
  for (const char* odd : {"", ",", "unknown", "192.0.2", "0300.0.2.7", "[2001:db8::7", "[]", ":",
                          "192.0.2.7, , ", "a b", "192.0.2.7\t\x01"}) {
    EXPECT_EQ(origin(proxy, odd), proxy) << odd;
  }
  EXPECT_EQ(origin(proxy, "192.0.2.7, nonsense, 10.0.0.9"), "10.0.0.9");
}

TEST(TrustedProxy, LongListsAreReadOnlyAsFarAsTheLimit) {
  std::string hops = "192.0.2.7";
  for (size_t hop = 0; hop < forwarding_hops_max; ++hop) hops += ", 10.0.0.3";
  EXPECT_EQ(origin(proxy, hops.c_str()), "10.0.0.3");
}

TEST(TrustedProxy, SeveralHeadersAreOneList) {
  Request request = request_from(proxy, {{"X-Forwarded-For", "198.51.100.1"},
                                         {"Accept", "text/html"},
                                         {"x-forwarded-for", "192.0.2.7, 10.0.0.9"}});
  settle_origin(request, rules_of(ForwardingHeader::x_forwarded_for));
  EXPECT_EQ(request.peer_address, "192.0.2.7");
}

TEST(TrustedProxy, SaysWhetherTheClientUsesTls) {
  const auto scheme = [](const char* word) {
    Request request = request_from(proxy, {{"X-Forwarded-Proto", word}});
    settle_origin(request, rules_of(ForwardingHeader::x_forwarded_for));
    return request.scheme;
  };
  EXPECT_EQ(scheme("https"), Scheme::https);
  EXPECT_EQ(scheme("HTTPS"), Scheme::https);
  EXPECT_EQ(scheme("https, http"), Scheme::http);  // the client wrote the first one
  EXPECT_EQ(scheme("wss"), Scheme::http);
  EXPECT_EQ(scheme(""), Scheme::http);
}

TEST(TrustedProxy, TheStandardHeaderIsReadWhenItIsTheOneConfigured) {
  EXPECT_EQ(forwarded("for=192.0.2.7;proto=https"), "192.0.2.7 https");
  EXPECT_EQ(forwarded("For=\"[2001:db8::7]:4711\"; Proto=https; by=10.0.0.2"), "2001:db8::7 https");
  EXPECT_EQ(forwarded("for=198.51.100.1;proto=https, for=192.0.2.7;proto=http"), "192.0.2.7 http");
  EXPECT_EQ(forwarded("for=192.0.2.7, for=10.0.0.9"), "192.0.2.7 http");
  for (const char* odd : {"for=_hidden", "for=unknown", "for", "=;=,;", "proto=https;for=\""}) {
    EXPECT_EQ(forwarded(odd).substr(0, 8), proxy) << odd;
  }
  Request request = request_from(proxy, {{"X-Forwarded-For", "192.0.2.7"}});
  settle_origin(request, rules_of(ForwardingHeader::forwarded));
  EXPECT_EQ(request.peer_address, proxy);
}

}  // namespace
}  // namespace tandem::http
