#include "base/remote_images.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace tandem {
namespace {

TEST(RemoteImages, AreHeldBackUntilTheyAreAskedFor) {
  const std::string safe = sanitise_html(R"(<p>Hi</p><img src="https://shop.example/a.png">)");
  EXPECT_TRUE(has_remote_images(safe));
  const std::string shown = with_remote_images(safe);
  EXPECT_NE(shown.find(R"( src="https://shop.example/a.png")"), std::string::npos) << shown;
  EXPECT_FALSE(has_remote_images(shown));
}

TEST(RemoteImages, WordsThatLookLikeOneStayWords) {
  const std::string safe = sanitise_html(R"(<p> data-remote-src="x"</p>)");
  EXPECT_FALSE(has_remote_images(safe)) << safe;
  EXPECT_EQ(with_remote_images(safe), safe);
}

}  // namespace
}  // namespace tandem
