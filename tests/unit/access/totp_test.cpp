#include "access/totp.h"

#include "tests/unit/access/office.h"

namespace tandem::access {

namespace {

class Totp : public Office {
 protected:
  /// Turns it on and answers the recovery codes; `secret` is then known.
  std::vector<std::string> turn_on() {
    write(
        [&](db::Transaction& tx) -> Result<TotpOffer> { return begin_totp(tx, key, ada.person); });
    secret = database->read([&](db::Transaction& tx) {
      return *open_sealed(
          key,
          tx.row("SELECT totp_pending FROM people WHERE id = $1", {db::arg(ada.person)})->bytes(0));
    });
    const std::string code = code_now();
    auto codes = write([&](db::Transaction& tx) -> Result<std::vector<std::string>> {
      return confirm_totp(tx, key, ada.person, {code, "192.0.2.9"});
    });
    clock.advance_ms(30 * second_ms);
    return codes;
  }
  std::string code_now() { return totp_code(secret, clock.now().ms / second_ms); }
  std::string sign_in_with(const std::string& code) {
    return code_of(sign_in_from("192.0.2.1", "ada@example.com", std::string(good_password), code));
  }

  std::string secret;
};
TANDEM_ON_BOTH_DATABASES(Totp);

TEST_P(Totp, SigningInThenNeedsPasswordAndCode) {
  turn_on();
  EXPECT_EQ(sign_in_with(""), "totp_required");
  EXPECT_EQ(sign_in_with("000000"), "totp_wrong");
  EXPECT_EQ(sign_in_with(code_now()), "");
}

TEST_P(Totp, ACodeCountsOnce) {
  turn_on();
  const std::string code = code_now();
  EXPECT_EQ(sign_in_with(code), "");
  EXPECT_EQ(sign_in_with(code), "totp_wrong");
  clock.advance_ms(30 * second_ms);
  EXPECT_EQ(sign_in_with(code), "totp_wrong");
  EXPECT_EQ(sign_in_with(code_now()), "");
}

TEST_P(Totp, TheCodeThatTurnedItOnDoesNotSignIn) {
  turn_on();
  clock.advance_ms(-30 * second_ms);
  EXPECT_EQ(sign_in_with(code_now()), "totp_wrong");
}

TEST_P(Totp, GuessingCodesIsSlowedDownAndThePasswordAloneDoesNotForgiveIt) {
  turn_on();
  for (int attempt = 0; attempt < 6; ++attempt) {
    EXPECT_EQ(sign_in_with("000000"), "totp_wrong");
    if (attempt < 5) {
      EXPECT_EQ(sign_in_with(""), "totp_required");
    }
  }
  EXPECT_EQ(sign_in_with("000000"), "throttled");
}

TEST_P(Totp, ARecoveryCodeStandsInOnce) {
  const std::vector<std::string> codes = turn_on();
  ASSERT_EQ(codes.size(), 10U);
  EXPECT_EQ(sign_in_with(codes[3]), "");
  EXPECT_EQ(sign_in_with(codes[3]), "totp_wrong");
  std::string typed = codes[4];
  for (char& c : typed) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  EXPECT_EQ(sign_in_with(typed), "");
}

TEST_P(Totp, IsTurnedOnOnlyByACodeOfTheOfferedSecret) {
  EXPECT_EQ(code_of(try_write([&](db::Transaction& tx) -> Result<std::vector<std::string>> {
              return confirm_totp(tx, key, ada.person, {"123456", "192.0.2.9"});
            })),
            "totp_not_begun");
  write([&](db::Transaction& tx) -> Result<TotpOffer> { return begin_totp(tx, key, ada.person); });
  EXPECT_EQ(code_of(try_write([&](db::Transaction& tx) -> Result<std::vector<std::string>> {
              return confirm_totp(tx, key, ada.person, {"12345", "192.0.2.9"});
            })),
            "totp_wrong");
  EXPECT_EQ(sign_in_with(""), "");
}

TEST_P(Totp, IsTurnedOffOnlyWithThePassword) {
  turn_on();
  EXPECT_EQ(code_of(remove_totp(*database, ada.person, {"wrong", "192.0.2.1"})),
            "wrong_credentials");
  EXPECT_EQ(sign_in_with(""), "totp_required");
  EXPECT_EQ(code_of(remove_totp(*database, ada.person, {std::string(good_password), "192.0.2.1"})),
            "");
  EXPECT_EQ(sign_in_with(""), "");
}

TEST_P(Totp, TheSecretIsSealedInTheDatabase) {
  turn_on();
  const std::string stored = database->read([&](db::Transaction& tx) {
    return tx.row("SELECT totp_secret FROM people WHERE id = $1", {db::arg(ada.person)})->bytes(0);
  });
  EXPECT_EQ(stored.find(secret), std::string::npos);
  EXPECT_EQ(open_sealed(std::string(32, 'x'), stored), std::nullopt);
}

TEST_P(Totp, TheLogTellsFromWhereItWasTurnedOn) {
  turn_on();
  const auto address = database->read([&](db::Transaction& tx) {
    return tx.row("SELECT address FROM audit_log WHERE what = 'totp_enabled'")->text(0);
  });
  EXPECT_EQ(address, "192.0.2.9");
}

}  // namespace

}  // namespace tandem::access
