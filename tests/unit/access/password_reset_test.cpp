#include "access/password_reset.h"

#include "tests/unit/access/office.h"

namespace tandem::access {

namespace {

class Resets : public Office {
 protected:
  std::optional<PasswordResetMail> ask(const std::string& email) {
    return write([&](db::Transaction& tx) -> Result<std::optional<PasswordResetMail>> {
      return request_password_reset(tx, email, "192.0.2.1");
    });
  }
  std::string use(const std::string& token, const std::string& password) {
    return code_of(reset_password(*database, {token, password, "192.0.2.1"}));
  }
};
TANDEM_ON_BOTH_DATABASES(Resets);

TEST_P(Resets, SetANewPasswordOnceAndEndEverySession) {
  const auto before = sign_in_from("192.0.2.1", "ada@example.com", std::string(good_password));
  ASSERT_TRUE(before.has_value());
  ASSERT_TRUE(find_session(*database, before->token).has_value());
  const auto mail = ask("ADA@example.com");
  ASSERT_TRUE(mail.has_value());
  EXPECT_EQ(mail->to, "ada@example.com");
  EXPECT_EQ(use(mail->token, "another calm harbour"), "");
  EXPECT_FALSE(find_session(*database, before->token).has_value());
  EXPECT_EQ(use(mail->token, "yet another harbour"), "token_invalid");
  EXPECT_EQ(code_of(sign_in_from("192.0.2.1", "ada@example.com", "another calm harbour")), "");
}

TEST_P(Resets, HoldForOneHour) {
  const auto mail = ask("ada@example.com");
  clock.advance_ms(hour_ms);
  EXPECT_EQ(use(mail->token, "another calm harbour"), "token_invalid");
}

TEST_P(Resets, ANewerOneVoidsTheOlder) {
  const auto first = ask("ada@example.com");
  const auto second = ask("ada@example.com");
  EXPECT_EQ(use(first->token, "another calm harbour"), "token_invalid");
  EXPECT_EQ(use(second->token, "another calm harbour"), "");
}

TEST_P(Resets, SendNothingToStrangersAndAtMostFiveMailsAnHour) {
  EXPECT_FALSE(ask("nobody@example.com").has_value());
  for (int count = 0; count < password_resets_per_hour_max; ++count) {
    EXPECT_TRUE(ask("ada@example.com").has_value());
  }
  EXPECT_FALSE(ask("ada@example.com").has_value());
  clock.advance_ms(hour_ms + 1);
  EXPECT_TRUE(ask("ada@example.com").has_value());
}

TEST_P(Resets, AnAddressThatAsksForManyWaitsAndInventedPeopleLeaveNoRow) {
  const auto ask_for = [&](const std::string& email, const std::string& address) {
    return code_of(try_write([&](db::Transaction& tx) -> Result<std::optional<PasswordResetMail>> {
      return request_password_reset(tx, email, address);
    }));
  };
  const auto rows = [&] {
    return database->read(
        [&](db::Transaction& tx) { return tx.integer("SELECT COUNT(*) FROM login_attempts"); });
  };
  int asked = 0;
  while (asked < 100 &&
         ask_for("invented" + std::to_string(asked) + "@example.com", "192.0.2.1") == "") {
    ++asked;
  }
  EXPECT_EQ(asked, 21);
  EXPECT_EQ(rows(), 1);
  EXPECT_EQ(ask_for("ada@example.com", "192.0.2.1"), "throttled");
  EXPECT_EQ(ask_for("ada@example.com", "192.0.2.2"), "");
  // Signing in is counted apart.
  EXPECT_EQ(code_of(sign_in_from("192.0.2.1", "ada@example.com", std::string(good_password))), "");
  clock.advance_ms(second_ms);
  EXPECT_EQ(ask_for("ada@example.com", "192.0.2.1"), "");
}

TEST_P(Resets, ANetworkOfIPv6CountsAsOne) {
  std::string refused;
  int asked = 0;
  while (asked < 100 && refused.empty()) {
    refused =
        code_of(try_write([&](db::Transaction& tx) -> Result<std::optional<PasswordResetMail>> {
          return request_password_reset(tx, "nobody@example.com",
                                        "2001:db8::" + std::to_string(++asked));
        }));
  }
  EXPECT_EQ(refused, "throttled");
  EXPECT_EQ(asked, 42);
}

TEST_P(Resets, RefuseAWeakPasswordAndStayOpen) {
  const auto mail = ask("ada@example.com");
  EXPECT_EQ(use(mail->token, "short"), "password_too_short");
  EXPECT_EQ(use(mail->token, "letmein1"), "password_common");
  EXPECT_EQ(use(mail->token, "another calm harbour"), "");
}

}  // namespace

}  // namespace tandem::access
