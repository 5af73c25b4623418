#include "desk/conversation/quote_words.h"

#include <gtest/gtest.h>

#include "mail/quote.h"

// A mail that goes out is quoted in the customer's answer; what stands above the quotation must be
// known again in every language in which it is written. Manual, Replies and comments.

namespace tandem::desk {
namespace {

const Instant noon{1'795'435'200'000};  // 2026-11-23 12:00 UTC

TEST(QuoteWords, TheLineAboveAQuotationIsKnownAgainInEveryLanguage) {  // S016
  for (const char* locale : {"en", "ja", "zh", "pt"}) {
    const std::string line = quote_line(locale, noon, "Ana <ana@example.com>");
    const mail::SplitBody split =
        mail::split_quoted_text("Fine, 結構です.\n\n" + line + "\n> Done?\n");
    EXPECT_EQ(split.fresh, "Fine, 結構です.") << locale << ": " << line;
    EXPECT_TRUE(split.quoted.starts_with(line)) << locale << ": " << split.quoted;
  }
}

TEST(QuoteWords, TheHeadingOfAForwardIsInTheLanguageOfTheCustomer) {  // S018
  const ForwardedMail mail{.from = "Ana", .at = noon, .subject = "Done?", .to = "Support"};
  EXPECT_EQ(forward_heading("en", mail),
            "---------- Forwarded message ----------<br>From: Ana<br>Date: Mon, 23 Nov 2026 "
            "12:00:00 +0000<br>Subject: Done?<br>To: Support");
  EXPECT_EQ(forward_heading("ja", mail),
            "---------- 転送メッセージ ----------<br>差出人: Ana<br>日時: 2026-11-23 12:00 "
            "UTC<br>件名: Done?<br>宛先: Support");
  EXPECT_EQ(forward_heading("xx", mail), forward_heading("en", mail));
}

TEST(QuoteWords, TheHeadingOfAForwardNamesNoAddressThatThereIsNot) {  // S018
  const ForwardedMail chat{.from = "Ana", .at = noon, .subject = "Done?", .to = ""};
  EXPECT_TRUE(forward_heading("en", chat).ends_with("<br>Subject: Done?"));
}

}  // namespace
}  // namespace tandem::desk
