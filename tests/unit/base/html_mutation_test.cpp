#include <gtest/gtest.h>

#include <random>

#include "base/text.h"

namespace tandem {
namespace {

/// HTML as broken programs and attackers write it. A fixed seed, so that a failure comes again.
TEST(MutatedHtml, IsMadeHarmlessHoweverItIsBroken) {
  const std::string samples[] = {
      R"(<p onclick="x=1">Hi <b>there</b><script>alert(1)</script><img src="cid:a" onerror=x></p>)",
      R"(<a href="javascript:x=1">a</a><table><tr><td style="background:url(x);">1</table>)",
      R"(<svg><style><img src=x onerror=alert(1)></style></svg><math><mtext></mtext></math>)",
      "<!--><iframe srcdoc='<script>x</script>'></iframe>--><p>&lt;&#0;&#x110000;日本語</p>"};
  std::mt19937_64 random(20'261'122);
  for (int number = 0; number < 5'000; ++number) {
    std::string html = samples[random() % std::size(samples)];
    for (int change = 0; change < 1 + int(random() % 6) && !html.empty(); ++change) {
      const size_t at = random() % html.size();
      switch (random() % 4) {
        case 0: html[at] = char(random() % 256); break;
        case 1: html.erase(at, 1 + random() % 16); break;
        case 2:
          html.insert(at, samples[random() % std::size(samples)].substr(0, random() % 60));
          break;
        case 3: html.insert(at, 1, "<>\"'/=&\0"[random() % 8]); break;
      }
    }
    const std::string safe = sanitise_html(html);
    EXPECT_EQ(safe.find("<script"), safe.npos) << html;
    EXPECT_EQ(safe.find("<iframe"), safe.npos) << html;
    EXPECT_EQ(safe.find("<svg"), safe.npos) << html;
    EXPECT_TRUE(is_utf8(safe)) << html;
    EXPECT_TRUE(is_utf8(html_to_text(html))) << html;
    EXPECT_EQ(sanitise_html(safe).find("<script"), safe.npos) << html;
  }
}

}  // namespace
}  // namespace tandem
