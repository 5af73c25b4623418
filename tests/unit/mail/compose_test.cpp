#include "mail/compose.h"

#include <gtest/gtest.h>

#include "mail/classify.h"
#include "mail/message.h"

namespace tandem::mail {
namespace {

OutgoingMail letter() {
  OutgoingMail mail;
  mail.from = {"Tandem サポート", "support@tandem.example"};
  mail.to = {{"Ana \"A\" Ruiz, Dr.", "ana@example.com"}, {"", "bo@example.com"}};
  mail.cc = {{"João", "joao@example.com.br"}};
  mail.reply_to = {{"", "support+12@tandem.example"}};
  mail.subject =
      "[#12] 件名がとても長いので、折り返さなければならないことがあります。 Grüße – done";
  mail.date = Instant{1'793'791'267'000};
  mail.message_id = "reply-1@tandem.example";
  mail.in_reply_to = "q-2@example.com";
  mail.references = {"q-1@example.com", "q-2@example.com"};
  mail.text = "Hello,\n\n.a line with a dot\nFrom the start\nGrüße   \n";
  mail.html = "<p>Grüße <img src=\"cid:logo@tandem.example\"></p>";
  mail.extra_headers = {{"X-Loop", "tandem-1"}};
  Attachment logo{"logo.png", "image/png", "logo@tandem.example", true,
                  std::string("\x89PNG\0\r\n\x1a\n", 9)};
  Attachment file{"請求書 2026 – Müller.pdf", "application/pdf", "", false,
                  std::string("%PDF \0\xff", 7)};
  mail.attachments = {logo, file};
  return mail;
}

std::string refusal_of(const OutgoingMail& mail) {
  const Result<std::string> raw = compose_mail(mail);
  return raw ? "composed" : raw.error().field + " " + raw.error().code;
}

TEST(ComposedMail, ReadsBackAsItWasWritten) {
  const OutgoingMail sent = letter();
  const Result<std::string> raw = compose_mail(sent);
  ASSERT_TRUE(raw.has_value());
  const Result<ParsedMail> read = parse_mail(*raw);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->from, sent.from);
  EXPECT_EQ(read->to, sent.to);
  EXPECT_EQ(read->cc, sent.cc);
  EXPECT_EQ(read->reply_to, sent.reply_to);
  EXPECT_EQ(read->subject, sent.subject);
  EXPECT_EQ(read->date, sent.date);
  EXPECT_EQ(read->message_id, sent.message_id);
  EXPECT_EQ(read->in_reply_to, sent.in_reply_to);
  EXPECT_EQ(read->references, sent.references);
  EXPECT_EQ(read->text, sent.text);
  EXPECT_EQ(read->html, sent.html);
  EXPECT_EQ(read->rules.x_loop, (std::vector<std::string>{"tandem-1"}));
  ASSERT_EQ(read->attachments.size(), 2U);
  for (size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(read->attachments[i].name, sent.attachments[i].name);
    EXPECT_EQ(read->attachments[i].content_type, sent.attachments[i].content_type);
    EXPECT_EQ(read->attachments[i].is_inline, sent.attachments[i].is_inline);
    EXPECT_EQ(read->attachments[i].bytes, sent.attachments[i].bytes);
  }
}

TEST(ComposedMail, InternationalisedDomainsTravelInAscii) {
  OutgoingMail mail = letter();
  mail.to = {{"Mia", "mia@Müller.example"}};
  EXPECT_NE(compose_mail(mail)->find("mia@xn--mller-kva.example"), std::string::npos);
  EXPECT_EQ(parse_mail(*compose_mail(mail))->to.at(0).address, "mia@müller.example");
  mail.to = {{"", "jürgen@example.com"}};
  EXPECT_EQ(refusal_of(mail), "to address_not_sendable");
  mail.to = {{"", "mia@-ü.example"}};
  EXPECT_EQ(refusal_of(mail), "to bad_address");
}

TEST(ComposedMail, IsSevenBitWithShortLinesEndingInCrLf) {
  const std::string raw = *compose_mail(letter());
  size_t line = 0;
  for (size_t i = 0; i < raw.size(); ++i) {
    EXPECT_LT(static_cast<unsigned char>(raw[i]), 0x80);
    EXPECT_TRUE(raw[i] != '\n' || (i > 0 && raw[i - 1] == '\r')) << i;
    line = raw[i] == '\n' ? 0 : line + 1;
    EXPECT_LE(line, 998U);
  }
  EXPECT_EQ(raw, *compose_mail(letter()));
}

TEST(ComposedMail, NeverNamesHiddenRecipients) {
  EXPECT_EQ(compose_mail(letter())->find("Bcc"), std::string::npos);
}

TEST(ComposedMail, TakesTheSimplestShapeThatHoldsIt) {
  OutgoingMail mail = letter();
  mail.attachments.clear();
  EXPECT_NE(compose_mail(mail)->find("multipart/alternative"), std::string::npos);
  mail.html.clear();
  EXPECT_EQ(compose_mail(mail)->find("multipart/"), std::string::npos);
  mail.text = "日本語だけの本文です。\n";
  EXPECT_EQ(parse_mail(*compose_mail(mail))->text, mail.text);
}

TEST(ComposedMail, MarksAutomaticAnswers) {
  OutgoingMail mail = letter();
  mail.auto_submitted = "auto-replied";
  const ParsedMail read = *parse_mail(*compose_mail(mail));
  EXPECT_EQ(classify(read).kind, MailKind::auto_reply);
}

TEST(ComposedMail, KeepsTheFirstAndTheNewestReferences) {
  OutgoingMail mail = letter();
  mail.references.clear();
  for (int i = 0; i < 100; ++i) mail.references.push_back("m" + std::to_string(i) + "@example.com");
  const ParsedMail read = *parse_mail(*compose_mail(mail));
  ASSERT_EQ(read.references.size(), composed_references_max);
  EXPECT_EQ(read.references.front(), "m0@example.com");
  EXPECT_EQ(read.references.back(), "m99@example.com");
}

TEST(ComposedMail, AMailGoesAlongAsAMail) {
  OutgoingMail mail = letter();
  mail.attachments = {{"old.eml", "message/rfc822", "", false,
                       "From: ana@example.com\r\nSubject: old\r\n\r\nhi\r\n"},
                      {"wide.eml", "message/rfc822", "", false,
                       "From: ana@example.com\r\nSubject: wide\r\n\r\nGrüße\r\n"}};
  const ParsedMail read = *parse_mail(*compose_mail(mail));
  ASSERT_EQ(read.attachments.size(), 2U);
  EXPECT_EQ(read.attachments[0].content_type, "message/rfc822");
  EXPECT_EQ(read.attachments[0].name, "old.eml");
  EXPECT_EQ(read.attachments[1].name, "wide.eml");
  EXPECT_NE(read.attachments[1].bytes.find("Grüße"), std::string::npos);
}

TEST(ComposedMail, RefusesLineBreaksInEveryHeader) {
  const auto with = [](auto change) {
    OutgoingMail mail = letter();
    change(mail);
    return refusal_of(mail);
  };
  EXPECT_EQ(with([](OutgoingMail& m) { m.subject = "a\r\nBcc: x@example.com"; }),
            "subject line_break");
  EXPECT_EQ(with([](OutgoingMail& m) { m.from.name = "a\nb"; }), "from line_break");
  EXPECT_EQ(with([](OutgoingMail& m) { m.to[0].address = "a@example.com\r\n"; }), "to line_break");
  EXPECT_EQ(with([](OutgoingMail& m) { m.cc[0].name = std::string("a\0b", 3); }), "cc line_break");
  EXPECT_EQ(with([](OutgoingMail& m) { m.references[0] = "a@b\n"; }), "references line_break");
  EXPECT_EQ(with([](OutgoingMail& m) { m.extra_headers[0].value = "a\nb"; }),
            "extra_headers line_break");
  EXPECT_EQ(with([](OutgoingMail& m) { m.attachments[0].name = "a\nb"; }),
            "attachments line_break");
}

TEST(ComposedMail, RefusesWhatCannotBeSent) {
  const auto with = [](auto change) {
    OutgoingMail mail = letter();
    change(mail);
    return refusal_of(mail);
  };
  EXPECT_EQ(with([](OutgoingMail& m) { m.from.address = "nobody"; }), "from bad_address");
  EXPECT_EQ(with([](OutgoingMail& m) { m.message_id = ""; }), "message_id required");
  EXPECT_EQ(with([](OutgoingMail& m) { m.message_id = "a b"; }), "message_id bad_id");
  EXPECT_EQ(with([](OutgoingMail& m) { m.text = m.html = ""; }), "text required");
  EXPECT_EQ(with([](OutgoingMail& m) { m.extra_headers[0].name = "Bcc"; }),
            "extra_headers not_allowed");
  EXPECT_EQ(with([](OutgoingMail& m) { m.attachments[0].bytes.assign(raw_mail_bytes_max, 'x'); }),
            "attachments mail_too_large");
}

}  // namespace
}  // namespace tandem::mail
