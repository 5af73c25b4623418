#include "access/sign_in.h"

#include "access/housekeeping.h"
#include "tests/unit/access/office.h"

namespace tandem::access {

namespace {

class SigningIn : public Office {
 protected:
  SignedIn ada_signs_in() {
    return sign_in_from("192.0.2.1", "ada@example.com", std::string(good_password)).value();
  }
  bool is_open(const std::string& token) { return find_session(*database, token).has_value(); }
};
TANDEM_ON_BOTH_DATABASES(SigningIn);

TEST_P(SigningIn, APersonIsKnownByTheSessionOfTheirCookie) {
  const SignedIn signed_in = ada_signs_in();
  const Result<Session> session = find_session(*database, signed_in.token);
  ASSERT_TRUE(session.has_value());
  EXPECT_EQ(session->person, ada.person);
  EXPECT_TRUE(csrf_matches(*session, signed_in.session.csrf_token));
  EXPECT_FALSE(csrf_matches(*session, ""));
  EXPECT_EQ(signed_in.token.size(), 43U);
}

TEST_P(SigningIn, TheLetterCaseOfTheAddressDoesNotMatter) {
  EXPECT_EQ(code_of(sign_in_from("192.0.2.1", " Ada@Example.COM ", std::string(good_password))),
            "");
}

TEST_P(SigningIn, TheAnswerDoesNotSayWhetherSomebodyIsKnown) {
  const auto known = sign_in_from("192.0.2.1", "ada@example.com", "wrong password");
  const auto unknown = sign_in_from("192.0.2.1", "nobody@example.com", "wrong password");
  ASSERT_FALSE(known.has_value());
  ASSERT_FALSE(unknown.has_value());
  EXPECT_EQ(known.error(), unknown.error());
  EXPECT_EQ(known.error().message, unknown.error().message);
}

TEST_P(SigningIn, TheDatabaseHoldsNoTokenThatOpensASession) {
  const SignedIn signed_in = ada_signs_in();
  const std::string stored = database->read(
      [&](db::Transaction& tx) { return tx.row("SELECT token_hash FROM sessions")->bytes(0); });
  EXPECT_NE(stored, signed_in.token);
  EXPECT_FALSE(is_open(stored));
  EXPECT_FALSE(is_open(to_hex(stored)));
}

TEST_P(SigningIn, TheCookieOfTheSessionBeforeIsVoid) {
  const SignedIn first = ada_signs_in();
  const auto second = sign_in(*database, key,
                              {.email = "ada@example.com",
                               .password = std::string(good_password),
                               .replaced_token = first.token});
  ASSERT_TRUE(second.has_value());
  EXPECT_FALSE(is_open(first.token));
  EXPECT_TRUE(is_open(second->token));
}

TEST_P(SigningIn, ASessionEndsAfterSevenIdleDays) {
  const SignedIn signed_in = ada_signs_in();
  clock.advance_ms(7 * day_ms - 1);
  EXPECT_TRUE(is_open(signed_in.token));
  clock.advance_ms(7 * day_ms - 1);
  EXPECT_TRUE(is_open(signed_in.token));
  clock.advance_ms(7 * day_ms);
  EXPECT_FALSE(is_open(signed_in.token));
}

TEST_P(SigningIn, ASessionEndsAfterThirtyDaysWhateverIsDone) {
  const SignedIn signed_in = ada_signs_in();
  for (int day = 0; day < 29; ++day) {
    clock.advance_ms(day_ms);
    ASSERT_TRUE(is_open(signed_in.token)) << day;
  }
  clock.advance_ms(day_ms);
  EXPECT_FALSE(is_open(signed_in.token));
}

TEST_P(SigningIn, LastSeenMovesAtMostOnceAMinute) {
  const SignedIn signed_in = ada_signs_in();
  const auto last_seen = [&] {
    return database->read(
        [&](db::Transaction& tx) { return sessions_of(tx, ada.person).at(0).last_seen_at; });
  };
  const Instant start = last_seen();
  clock.advance_ms(59 * second_ms);
  EXPECT_TRUE(is_open(signed_in.token));
  EXPECT_EQ(last_seen(), start);
  clock.advance_ms(second_ms);
  EXPECT_TRUE(is_open(signed_in.token));
  EXPECT_EQ(last_seen() - start, minute_ms);
}

TEST_P(SigningIn, SigningOutEndsTheSessionAtOnce) {
  const SignedIn signed_in = ada_signs_in();
  EXPECT_TRUE(is_open(signed_in.token));
  write([&](db::Transaction& tx) -> Result<void> {
    sign_out(tx, signed_in.token);
    return {};
  });
  EXPECT_FALSE(is_open(signed_in.token));
}

TEST_P(SigningIn, APersonEndsTheirOwnSessionsAndNobodyElses) {
  const SignedIn signed_in = ada_signs_in();
  const Person ben = add_person("ben@example.com", "Ben");
  EXPECT_EQ(try_write([&](db::Transaction& tx) -> Result<void> {
              return end_session(tx, ben.id, signed_in.session.id);
            })
                .error()
                .kind,
            RefusalKind::not_found);
  EXPECT_TRUE(is_open(signed_in.token));
  write([&](db::Transaction& tx) -> Result<void> {
    return end_session(tx, ada.person, signed_in.session.id);
  });
  EXPECT_FALSE(is_open(signed_in.token));
}

TEST_P(SigningIn, ANewPasswordEndsAllOtherSessions) {
  const SignedIn here = ada_signs_in();
  const SignedIn elsewhere = ada_signs_in();
  const Result<void> changed = change_password(*database, ada.person,
                                               {.current = std::string(good_password),
                                                .next = "another calm harbour",
                                                .kept_session = here.session.id,
                                                .address = "192.0.2.1"});
  ASSERT_EQ(code_of(changed), "");
  EXPECT_TRUE(is_open(here.token));
  EXPECT_FALSE(is_open(elsewhere.token));
  EXPECT_EQ(code_of(sign_in_from("192.0.2.1", "ada@example.com", std::string(good_password))),
            "wrong_credentials");
  EXPECT_EQ(code_of(sign_in_from("192.0.2.1", "ada@example.com", "another calm harbour")), "");
}

TEST_P(SigningIn, ANewPasswordNeedsTheOldOneAndMustBeGood) {
  const auto change = [&](std::string current, std::string next) {
    return code_of(change_password(*database, ada.person, {.current = current, .next = next}));
  };
  EXPECT_EQ(change("wrong", "another calm harbour"), "wrong_credentials");
  EXPECT_EQ(change(std::string(good_password), "short"), "password_too_short");
  EXPECT_EQ(change(std::string(good_password), "password1"), "password_common");
}

TEST_P(SigningIn, APersonHasAtMostFiftySessions) {
  const SignedIn oldest = ada_signs_in();
  for (int count = 0; count < sessions_per_person_max; ++count) {
    write([&](db::Transaction& tx) -> Result<void> {
      create_session(tx, ada.person, "192.0.2.1", "Firefox");
      return {};
    });
  }
  EXPECT_FALSE(is_open(oldest.token));
}

TEST_P(SigningIn, WhatHasExpiredIsForgotten) {
  ada_signs_in();
  clock.advance_ms(31 * day_ms);
  forget_expired(*database);
  EXPECT_EQ(database->read(
                [](db::Transaction& tx) { return tx.integer("SELECT COUNT(*) FROM sessions"); }),
            0);
}

TEST_P(SigningIn, IsWrittenIntoTheAuditLog) {
  ada_signs_in();
  (void)sign_in_from("192.0.2.1", "ada@example.com", "wrong password");
  const std::vector<std::string> words = audited();
  EXPECT_NE(std::find(words.begin(), words.end(), "signed_in"), words.end());
  EXPECT_EQ(words.back(), "sign_in_failed");
}

}  // namespace

}  // namespace tandem::access
