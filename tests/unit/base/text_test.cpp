#include "base/text.h"

#include <gtest/gtest.h>

#include "base/reachable_address.h"

namespace tandem {
namespace {

using namespace std::string_literals;

TEST(Text, IsTrimmedSplitAndJoined) {
  EXPECT_EQ(trim(" \t a b \r\n"), "a b");
  EXPECT_EQ(trim(" "), "");
  EXPECT_EQ(split("a,,b", ','), (std::vector<std::string>{"a", "", "b"}));
  EXPECT_EQ(split("", ','), (std::vector<std::string>{""}));
  EXPECT_EQ(split("a,", ','), (std::vector<std::string>{"a", ""}));
  EXPECT_EQ(join({"a", "b", "c"}, ", "), "a, b, c");
  EXPECT_EQ(join({}, ", "), "");
  EXPECT_TRUE(equal_ignoring_ascii_case("Ana", "aNA"));
  EXPECT_FALSE(equal_ignoring_ascii_case("Ana", "Anna"));
  EXPECT_TRUE(starts_with_ignoring_ascii_case("Re: hi", "RE:"));
  EXPECT_FALSE(starts_with_ignoring_ascii_case("R", "RE:"));
}

TEST(Utf8, AcceptsEveryCharacterAndNothingElse) {
  for (const std::string& good :
       {""s, "plain"s, "\0"s, "é"s, "票"s, "😀"s, "\xED\x9F\xBF"s, "\xEE\x80\x80"s,
        "\xF4\x8F\xBF\xBF"s, "a long run of plain text before é"s}) {
    EXPECT_TRUE(is_utf8(good)) << good;
  }
  for (const std::string& bad :
       {"\x80"s, "\xC0\x80"s, "\xC1\xBF"s, "\xC3"s, "\xC3("s, "\xE0\x80\x80"s, "\xE2\x82"s,
        "\xED\xA0\x80"s, "\xF0\x80\x80\x80"s, "\xF4\x90\x80\x80"s, "\xF5\x80\x80\x80"s, "\xFF"s,
        "0123456789\xFE"s}) {
    EXPECT_FALSE(is_utf8(bad)) << to_utf8_lossy(bad);
    EXPECT_TRUE(is_utf8(to_utf8_lossy(bad)));
  }
}

TEST(Utf8, LosesOnlyWhatIsBroken) {
  EXPECT_EQ(to_utf8_lossy("a\xFFz"s + '\0' + "é"), "a\xEF\xBF\xBDz\xEF\xBF\xBDé");
  EXPECT_EQ(to_utf8_lossy("é票😀"), "é票😀");
}

TEST(Utf8, IsCountedAndCutByCharacters) {
  EXPECT_EQ(count_chars("aé票😀"), 4);
  EXPECT_EQ(first_chars("aé票😀", 3), "aé票");
  EXPECT_EQ(first_chars("aé", 9), "aé");
  EXPECT_EQ(first_chars("aé", 0), "");
}

TEST(Folding, MakesSpellingsOfOneNameEqual) {
  EXPECT_EQ(fold("ANA"), "ana");
  EXPECT_EQ(fold("Straße"), fold("STRASSE"));
  EXPECT_EQ(fold("É"), fold("e\u0301"));
  EXPECT_EQ(fold("ﬁn"), "fin");
  EXPECT_EQ(fold("ＴＡＮＤＥＭ"), "tandem");
  EXPECT_EQ(fold("ﾃｽﾄ"), "テスト");
  EXPECT_EQ(fold(fold("İstanbul ẞ")), fold("İstanbul ẞ"));
}

TEST(EmailAddresses, ArePlausibleOrRefused) {
  for (const char* good :
       {"ana@example.com", "a.b+c@sub.example.co", "ana@localhost", "用户@例子.公司", "o'hara@x.ie",
        "a_b@my-host.example", "#!$%&*/=?^_`{|}~@x.org"}) {
    EXPECT_TRUE(is_email_address(good)) << good;
  }
  for (const std::string& bad : {""s,
                                 "ana"s,
                                 "@x.com"s,
                                 "ana@"s,
                                 "a@b@c.com"s,
                                 "a b@x.com"s,
                                 "ana@x..com"s,
                                 "ana@.com"s,
                                 "ana@x.com."s,
                                 ".a@x.com"s,
                                 "a.@x.com"s,
                                 "a..b@x.com"s,
                                 "ana@-x.com"s,
                                 "ana@x-.com"s,
                                 "ana@x.com\r\nBcc: b@x.com"s,
                                 "ana\u200b@x.com"s,
                                 "ana@x\u00a0.com"s,
                                 "<ana@x.com>"s,
                                 "ana,b@x.com"s,
                                 "ana@[127.0.0.1]"s,
                                 "ana@x/y.com"s,
                                 "\xff@x.com"s,
                                 std::string(65, 'a') + "@x.com",
                                 "a@" + std::string(64, 'b') + ".com",
                                 "ana@" + std::string(251, 'x')}) {
    EXPECT_FALSE(is_email_address(bad)) << bad;
  }
}

TEST(EmailAddresses, AreReachableFromFarAwayOnlyWithAFullDomain) {
  for (const char* good : {"ana@example.com", "ana@sub.example.co", "用户@例子.公司"}) {
    EXPECT_TRUE(is_reachable_address(good)) << good;
  }
  for (const char* bad : {"ana@localhost", "ana@firma", "ana", "", "ana@x.com.", "ana@.com"}) {
    EXPECT_FALSE(is_reachable_address(bad)) << bad;
  }
}

TEST(PlainTextAsHtml, IsEscapedAndKeepsLinesAndLinks) {
  EXPECT_EQ(text_to_html("a < b\nc & d\n\n\ne"), "<p>a &lt; b<br>c &amp; d</p><p>e</p>");
  EXPECT_EQ(text_to_html("see https://x.org/a?b=1&c=2."),
            "<p>see <a href=\"https://x.org/a?b=1&amp;c=2\" rel=\"noopener\" target=\"_blank\">"
            "https://x.org/a?b=1&amp;c=2</a>.</p>");
  EXPECT_EQ(text_to_html("(http://x.org) http://"),
            "<p>(<a href=\"http://x.org\" rel=\"noopener\" target=\"_blank\">http://x.org</a>) "
            "http://</p>");
  EXPECT_EQ(text_to_html("javascript:alert(1) http://\"onload=x"),
            "<p>javascript:alert(1) http://&quot;onload=x</p>");
  EXPECT_EQ(text_to_html(""), "");
  EXPECT_EQ(text_to_html("a\r\nb"), "<p>a<br>b</p>");
}

TEST(EscapedHtml, HasNoMarkupLeft) {
  EXPECT_EQ(escape_html("<a href='x'>&\""), "&lt;a href=&#39;x&#39;&gt;&amp;&quot;");
}

struct Shown {
  const char* html;
  const char* text;
};

TEST(HtmlAsText, ReadsLikeThePage) {
  for (const Shown& shown : {
           Shown{"", ""},
           {"plain", "plain"},
           {"<p>one</p><p>two</p>", "one\n\ntwo"},
           {"<div>one</div><div>two</div>", "one\ntwo"},
           {"<div><div>one</div></div>two", "one\ntwo"},
           {"one<br>two<br><br><br><br>three", "one\ntwo\n\nthree"},
           {"  a \n  <b> b</b>  c ", "a b c"},
           {"a&nbsp;&amp;&lt;b&gt; &eacute;&#x7968;", "a &<b> é票"},
           {"<script>x</script><style>y</style><!-- z --><title>t</title>a", "a"},
           {"<ul><li>one<li>two</ul>end", "- one\n- two\n\nend"},
           {"<table><tr><td>a<td>b<tr><td>c</table>", "a b\nc"},
           {"<pre>a\n  b</pre>", "a\n  b"},
           {"<a href='https://x.org'>link</a><img alt='cat' src=x>", "linkcat"},
           {"<h1>T</h1>text", "T\n\ntext"},
           {"<svg><text>no</text></svg>yes", "yes"},
           {"<button>Send</button>yes", "yes"},
       }) {
    EXPECT_EQ(html_to_text(shown.html), shown.text) << shown.html;
  }
}

TEST(HtmlAsText, IsCutAtWholeCharacters) {
  EXPECT_EQ(html_to_text("<p>é票😀abc</p>", 3), "é票😀");
  EXPECT_EQ(html_to_text("abc", 0), "");
}

}  // namespace
}  // namespace tandem
