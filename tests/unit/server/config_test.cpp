#include "server/config.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/mail_servers.h"

namespace tandem::server {
namespace {

/// What a file with this text makes of the usual configuration.
Result<Config> configured(const std::string& text) {
  const testing::TemporaryFolder folder;
  const std::string file = folder.path() / "tandem.toml";
  std::ofstream(file) << text;
  Config config;
  TRY(read_config_file(file, config));
  return config;
}

/// The key that is refused, "" when all is well.
std::string refused(const std::string& text) {
  const Result<Config> config = configured(text);
  if (config) return "";
  EXPECT_EQ(config.error().kind, RefusalKind::invalid);
  EXPECT_FALSE(config.error().message.empty());
  return config.error().field;
}

TEST(Configuration, LeasesAreSecondsWithinLimitsAndUsuallyAsTheyAlwaysWere) {
  const Result<Config> usual = configured("");
  ASSERT_TRUE(usual);
  EXPECT_EQ(usual->leases.jobs_s, 60);
  EXPECT_EQ(usual->leases.mailboxes_s, 90);
  EXPECT_EQ(usual->leases.sending_s, 300);
  const Result<Config> given =
      configured("[leases]\njobs_seconds = 2\nmailboxes_seconds = 3600\nsending_seconds = 30\n");
  ASSERT_TRUE(given);
  EXPECT_EQ(given->leases.jobs_s, 2);
  EXPECT_EQ(given->leases.mailboxes_s, 3'600);
  EXPECT_EQ(given->leases.sending_s, 30);
  EXPECT_EQ(refused("[leases]\njobs_seconds = 1\n"), "leases.jobs_seconds");
  EXPECT_EQ(refused("[leases]\nsending_seconds = 3601\n"), "leases.sending_seconds");
  EXPECT_EQ(refused("[leases]\nmailboxes_seconds = \"2\"\n"), "leases.mailboxes_seconds");
  EXPECT_EQ(refused("[leases]\nnodes_seconds = 2\n"), "leases.nodes_seconds");
  EXPECT_EQ(refused("leases = 2\n"), "leases");
}

TEST(Configuration, TrustedProxiesAreRangesAndNobodyIsTrustedUnasked) {
  EXPECT_TRUE(configured("")->proxies.trusted.empty());
  const Result<Config> given =
      configured("trusted_proxies = [\"10.0.0.0/8\", \"::1\"]\nproxy_header = \"Forwarded\"\n");
  ASSERT_TRUE(given);
  EXPECT_EQ(given->proxies.trusted.size(), 2U);
  EXPECT_EQ(given->proxies.header, http::ForwardingHeader::forwarded);
  for (const char* odd : {"\"10.0.0.0/8\"", "[1]", "[\"10.0.0.0/33\"]", "[\"proxy.example\"]"}) {
    EXPECT_EQ(refused(std::string("trusted_proxies = ") + odd), "trusted_proxies") << odd;
  }
  EXPECT_EQ(refused("proxy_header = \"X-Real-IP\"\n"), "proxy_header");
  EXPECT_EQ(refused("proxy_header = 1\n"), "proxy_header");
}

TEST(Configuration, AnUnknownKeyIsRefusedByName) { EXPECT_EQ(refused("prot = 8080\n"), "prot"); }

}  // namespace
}  // namespace tandem::server
