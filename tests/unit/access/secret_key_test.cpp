#include "access/secret_key.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/unit/access/office.h"

namespace tandem::access {

namespace {

class SecretKey : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "tandem-key-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder = name;
  }
  void TearDown() override { std::filesystem::remove_all(folder); }
  std::string folder;
};

TEST_F(SecretKey, IsMadeOnceAndForItsOwnerAlone) {
  const auto first = load_secret_key(folder, "");
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(first->size(), 32U);
  EXPECT_EQ(load_secret_key(folder, "").value(), *first);
  const auto permissions = std::filesystem::status(folder + "/secret.key").permissions();
  EXPECT_EQ(permissions, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(SecretKey, IsRefusedWhenOthersMayReadItOrItIsDamaged) {
  ASSERT_TRUE(load_secret_key(folder, "").has_value());
  const std::filesystem::path file = folder + "/secret.key";
  std::filesystem::permissions(file, std::filesystem::perms(0644));
  EXPECT_EQ(code_of(load_secret_key(folder, "")), "bad_secret_key");
  std::ofstream(file) << "short";
  std::filesystem::permissions(file, std::filesystem::perms(0600));
  EXPECT_EQ(code_of(load_secret_key(folder, "")), "bad_secret_key");
}

TEST_F(SecretKey, MayComeFromTheConfiguration) {
  EXPECT_EQ(load_secret_key(folder, std::string(64, '0')).value(), std::string(32, '\0'));
  EXPECT_EQ(load_secret_key(folder, to_base64(std::string(32, 'k'))).value(), std::string(32, 'k'));
  EXPECT_EQ(code_of(load_secret_key(folder, "guess")), "bad_secret_key");
  EXPECT_FALSE(std::filesystem::exists(folder + "/secret.key"));
}

}  // namespace

}  // namespace tandem::access
