#include "base/crypto.h"

#include <gtest/gtest.h>

#include <set>

namespace tandem {
namespace {

TEST(Digests, MatchTheirStandards) {
  EXPECT_EQ(to_hex(sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(to_hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(to_hex(sha1("abc")), "a9993e364706816aba3e25717850c26c9cd0d89d");
  // RFC 4231, cases 1 and 2.
  EXPECT_EQ(to_hex(hmac_sha256(std::string(20, '\x0b'), "Hi There")),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(to_hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(Encodings, MatchRfc4648AndReadBack) {
  const char* plain[] = {"", "f", "fo", "foo", "foob", "fooba", "foobar"};
  const char* base64[] = {"", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"};
  const char* base32[] = {"", "MY", "MZXQ", "MZXW6", "MZXW6YQ", "MZXW6YTB", "MZXW6YTBOI"};
  for (size_t i = 0; i < std::size(plain); ++i) {
    EXPECT_EQ(to_base64(plain[i]), base64[i]);
    EXPECT_EQ(from_base64(base64[i]), plain[i]);
    EXPECT_EQ(to_base32(plain[i]), base32[i]);
    EXPECT_EQ(from_base64url(to_base64url(plain[i])), plain[i]);
  }
  EXPECT_EQ(to_base64url("\xfb\xff\xfe"), "-__-");
  EXPECT_EQ(to_base64("\xfb\xff\xfe"), "+//+");
}

TEST(Encodings, RefuseWhatTheyWouldNotWrite) {
  for (const char* text :
       {"Z", "Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zm 9v", "Zm9v\n", "-__-", "=Zg=", "===="}) {
    EXPECT_FALSE(from_base64(text)) << text;
  }
  for (const char* text : {"Z", "Zh", "+//+", "Zg=", "Zm9v "})
    EXPECT_FALSE(from_base64url(text)) << text;
  EXPECT_EQ(from_base64url("Zg=="), "f");
}

TEST(Randomness, GivesTokensOfFortyThreeCharactersThatDiffer) {
  std::set<std::string> tokens;
  for (int i = 0; i < 1'000; ++i) tokens.insert(random_token());
  EXPECT_EQ(tokens.size(), 1'000u);
  EXPECT_EQ(tokens.begin()->size(), 43u);
  EXPECT_EQ(random_hex(7).size(), 7u);
  EXPECT_EQ(random_bytes(0), "");
}

TEST(Secrets, AreComparedByContentAndLength) {
  EXPECT_TRUE(equal_in_constant_time("abc", "abc"));
  EXPECT_TRUE(equal_in_constant_time("", ""));
  EXPECT_FALSE(equal_in_constant_time("abc", "abd"));
  EXPECT_FALSE(equal_in_constant_time("abc", "abcd"));
}

TEST(Passwords, MatchTheirOwnHashOnly) {
  const std::string hash = hash_password("correct horse");
  EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << hash;
  EXPECT_TRUE(password_matches("correct horse", hash));
  EXPECT_FALSE(password_matches("correct horsf", hash));
  EXPECT_FALSE(password_matches("", hash));
  EXPECT_NE(hash_password("correct horse"), hash);
}

TEST(Passwords, ABrokenHashMatchesNothing) {
  for (const char* hash :
       {"", "x", "$argon2id$", "$argon2i$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2g"}) {
    EXPECT_FALSE(password_matches("a", hash)) << hash;
  }
}

TEST(Sealing, OpensWithTheSameKeyAndUnchangedTextOnly) {
  const std::string key = random_bytes(32);
  const std::string sealed = seal(key, "a refresh token");
  EXPECT_EQ(open_sealed(key, sealed), "a refresh token");
  EXPECT_NE(seal(key, "a refresh token"), sealed);
  EXPECT_EQ(open_sealed(key, seal(key, "")), "");
  EXPECT_FALSE(open_sealed(random_bytes(32), sealed));
  EXPECT_FALSE(open_sealed(key, ""));
  for (size_t i = 0; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] = char(changed[i] ^ 1);
    EXPECT_FALSE(open_sealed(key, changed)) << "byte " << i;
  }
  EXPECT_FALSE(open_sealed(key, std::string_view(sealed).substr(0, sealed.size() - 1)));
}

TEST(OneTimeCodes, MatchTheVectorsOfRfc6238) {
  const std::string secret = "12345678901234567890";
  EXPECT_EQ(totp_code(secret, 59), "287082");
  EXPECT_EQ(totp_code(secret, 1'111'111'109), "081804");
  EXPECT_EQ(totp_code(secret, 1'111'111'111), "050471");
  EXPECT_EQ(totp_code(secret, 1'234'567'890), "005924");
  EXPECT_EQ(totp_code(secret, 2'000'000'000), "279037");
  EXPECT_EQ(totp_code(secret, 20'000'000'000), "353130");
}

TEST(OneTimeCodes, AreAcceptedOneStepEitherSide) {
  const std::string secret = "12345678901234567890";
  const int64_t now = 1'111'111'111;
  const std::string code = totp_code(secret, now);
  EXPECT_EQ(totp_step_of(secret, code, now), now / 30);
  EXPECT_EQ(totp_step_of(secret, code, now + 30), now / 30);
  EXPECT_EQ(totp_step_of(secret, code, now - 30), now / 30);
  EXPECT_FALSE(totp_step_of(secret, code, now + 60));
  EXPECT_FALSE(totp_step_of(secret, code, now - 60));
  for (const char* wrong : {"", "05047", "0504711", "abcdef"})
    EXPECT_FALSE(totp_step_of(secret, wrong, now));
}

}  // namespace
}  // namespace tandem
