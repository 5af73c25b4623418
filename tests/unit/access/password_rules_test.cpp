#include "access/password_rules.h"

#include <gtest/gtest.h>

#include "tests/unit/access/office.h"

namespace tandem::access {

namespace {

std::string fault_of(const std::string& password) {
  return code_of(check_new_password(password, "corneria@example.com"));
}

TEST(PasswordRules, HaveNoRulesOfComposition) {
  for (const std::string password : {"quiet river crossing", "xkqzvbnw", "長い合言葉はよい合言葉",
                                     "dragonfly over water", "corneria likes the sea"}) {
    EXPECT_EQ(fault_of(password), "") << password;
  }
  EXPECT_EQ(fault_of(std::string(4, 'a') + std::string(200, 'b') + std::string(52, 'c')), "");
}

TEST(PasswordRules, RefuseFewerThan8AndMoreThan256Characters) {
  EXPECT_EQ(fault_of("xkqzvbn"), "password_too_short");
  EXPECT_EQ(fault_of(""), "password_too_short");
  EXPECT_EQ(fault_of(std::string(128, 'a') + std::string(129, 'b')), "password_too_short");
  EXPECT_EQ(fault_of("合言葉合言葉"), "password_too_short");
}

TEST(PasswordRules, RefuseWhatIsGuessedFirst) {
  for (const std::string password :
       {"password", "Password1!", "iloveyou", "DRAGON2024!", "12345678", "87654321", "aaaaaaaa",
        "abababab", "abcdabcdabcd", "qwertyuiop", "lkjhgfdsa", "sunshine!!", "trustno1", "p@ssw0rd",
        "corneria", "Corneria2026", "abcdefghij"}) {
    EXPECT_EQ(fault_of(password), "password_common") << password;
  }
}

}  // namespace

}  // namespace tandem::access
