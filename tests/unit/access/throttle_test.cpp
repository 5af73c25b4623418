#include "access/throttle.h"

#include "tests/unit/access/office.h"

namespace tandem::access {

namespace {

class Throttle : public Office {};
TANDEM_ON_BOTH_DATABASES(Throttle);

TEST(ThrottleDelay, GrowsTwofoldUpToItsCap) {
  struct Case {
    ThrottleSubject subject;
    int64_t failures;
    int64_t seconds;
  };
  const Case cases[] = {
      {ThrottleSubject::account, 0, 0},      {ThrottleSubject::account, 5, 0},
      {ThrottleSubject::account, 6, 1},      {ThrottleSubject::account, 7, 2},
      {ThrottleSubject::account, 10, 16},    {ThrottleSubject::account, 11, 30},
      {ThrottleSubject::account, 9'999, 30}, {ThrottleSubject::known_pair, 10, 0},
      {ThrottleSubject::known_pair, 11, 1},  {ThrottleSubject::known_pair, 9'999, 900},
      {ThrottleSubject::address, 20, 0},     {ThrottleSubject::address, 21, 1},
      {ThrottleSubject::address, 31, 900},   {ThrottleSubject::network, 40, 0},
      {ThrottleSubject::network, 45, 16},    {ThrottleSubject::network, 99, 900},
  };
  for (const Case& each : cases) {
    EXPECT_EQ(throttle_delay_ms(each.subject, each.failures), each.seconds * second_ms)
        << int(each.subject) << " after " << each.failures;
  }
}

TEST(ThrottleNetwork, IsTheAddressOrTheHalfOfIPv6) {
  EXPECT_EQ(network_of("192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(network_of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  EXPECT_EQ(network_of("::ffff:192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(network_of("no address"), "no address");
}

TEST_P(Throttle, WrongPasswordsMakeTheNextTryWaitAndTheMessageSaysHowLong) {
  for (int attempt = 0; attempt < 6; ++attempt) {
    EXPECT_EQ(code_of(sign_in_from("192.0.2.1", "ada@example.com", "wrong password")),
              "wrong_credentials");
  }
  const auto refused = sign_in_from("192.0.2.1", "ada@example.com", std::string(good_password));
  ASSERT_EQ(code_of(refused), "throttled");
  EXPECT_EQ(refused.error().kind, RefusalKind::busy);
  EXPECT_EQ(refused.error().message, "Too many attempts. Try again in 1 seconds.");
  clock.advance_ms(second_ms);
  EXPECT_EQ(code_of(sign_in_from("192.0.2.1", "ada@example.com", std::string(good_password))), "");
}

TEST_P(Throttle, UnknownPeopleAreSlowedDownLikeKnownOnes) {
  for (int attempt = 0; attempt < 6; ++attempt) {
    EXPECT_EQ(code_of(sign_in_from("192.0.2.1", "nobody@example.com", "wrong password")),
              "wrong_credentials");
  }
  EXPECT_EQ(code_of(sign_in_from("192.0.2.1", "nobody@example.com", "wrong password")),
            "throttled");
}

TEST_P(Throttle, AFloodFromElsewhereDoesNotLockOutWhoSignedInFromHereBefore) {
  ASSERT_EQ(code_of(sign_in_from("198.51.100.9", "ada@example.com", std::string(good_password))),
            "");
  int hashed = 0;
  for (int attempt = 0; attempt < 1'000; ++attempt) {
    const std::string address = "203.0.113." + std::to_string(attempt % 250);
    hashed += code_of(sign_in_from(address, "ada@example.com", "wrong")) == "wrong_credentials";
  }
  EXPECT_LE(hashed, 100);
  EXPECT_EQ(code_of(sign_in_from("198.51.100.9", "ada@example.com", std::string(good_password))),
            "");
}

TEST_P(Throttle, OneAddressThatTriesManyAccountsIsSlowedDown) {
  int hashed = 0;
  for (int attempt = 0; attempt < 60; ++attempt) {
    const std::string email = "person" + std::to_string(attempt) + "@example.com";
    hashed += code_of(sign_in_from("203.0.113.5", email, "wrong")) == "wrong_credentials";
  }
  EXPECT_EQ(hashed, 21);
}

TEST_P(Throttle, ASuccessOfOnesOwnDoesNotForgiveTheAddress) {
  for (int attempt = 0; attempt < 20; ++attempt) {
    (void)sign_in_from("203.0.113.5", "person" + std::to_string(attempt) + "@example.com", "wrong");
  }
  EXPECT_EQ(code_of(sign_in_from("203.0.113.5", "ada@example.com", std::string(good_password))),
            "");
  EXPECT_EQ(code_of(sign_in_from("203.0.113.5", "other@example.com", "wrong")),
            "wrong_credentials");
  EXPECT_EQ(code_of(sign_in_from("203.0.113.5", "other@example.com", "wrong")), "throttled");
}

TEST_P(Throttle, ACountIsForgottenAfterADay) {
  for (int attempt = 0; attempt < 6; ++attempt) {
    (void)sign_in_from("192.0.2.1", "ada@example.com", "wrong password");
  }
  clock.advance_ms(day_ms + second_ms);
  EXPECT_EQ(code_of(sign_in_from("192.0.2.1", "ada@example.com", "wrong password")),
            "wrong_credentials");
  EXPECT_EQ(code_of(sign_in_from("192.0.2.1", "ada@example.com", "wrong password")),
            "wrong_credentials");
}

}  // namespace

}  // namespace tandem::access
