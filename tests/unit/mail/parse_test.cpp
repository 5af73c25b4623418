#include <gtest/gtest.h>

#include "base/text.h"
#include "mail/message.h"
#include "tests/unit/mail/sample_mails.h"

namespace tandem::mail {
namespace {

ParsedMail parsed(const std::string& name) {
  Result<ParsedMail> mail = parse_mail(sample_mail(name));
  EXPECT_TRUE(mail.has_value()) << name;
  return mail ? *mail : ParsedMail{};
}

std::string refusal_of(std::string_view raw) {
  const Result<ParsedMail> mail = parse_mail(raw);
  return mail ? "taken" : mail.error().code;
}

struct Reading {
  std::string name, from_name, subject, words;
};

TEST(MailReading, SubjectsNamesAndBodiesAreReadInTheCharsetsOfTheWorld) {
  const Reading readings[] = {
      {"japanese_iso2022jp", "山田 太郎", "プリンターの不具合", "プリンターが動きません。"},
      {"japanese_shift_jis", "", "返品について", "商品①を返品したいです。高橋（髙橋）"},
      {"chinese_gb2312", "王小明", "发票问题", "朱镕基"},
      {"chinese_big5", "", "退貨申請", "我想申請退貨。"},
      {"korean_euckr", "", "환불 문의", "환불을 받고 싶습니다."},
      {"russian_koi8r", "Иван", "Вопрос", "Где мой заказ?"},
      {"portuguese_quoted_printable", "João da Silva", "Reclamação sobre a impressora",
       "100€ e esta linha continua."},
      {"utf7", "", "Old gateway", "Grüße aus München"},
  };
  for (const Reading& reading : readings) {
    const ParsedMail mail = parsed(reading.name);
    EXPECT_EQ(mail.from.name, reading.from_name) << reading.name;
    EXPECT_EQ(mail.subject, reading.subject) << reading.name;
    EXPECT_NE((mail.text + mail.html).find(reading.words), std::string::npos)
        << mail.text << mail.html;
  }
}

TEST(MailReading, AMissingWrongOrUnknownCharsetIsGuessed) {
  EXPECT_EQ(parsed("japanese_undeclared_eucjp").subject, "配送のお問い合わせ");
  EXPECT_EQ(parsed("japanese_undeclared_eucjp").text,
            "荷物がまだ届きません。よろしくお願いします。\n");
  EXPECT_EQ(parsed("lying_charset").text, "Schöne Grüße – €5\n");
  EXPECT_EQ(parsed("unknown_charset").text, "Zwölf Boxkämpfer.\n");
}

TEST(MailReading, AddressesAreReadFromGroupsQuotesAndEncodedWords) {
  const ParsedMail mail = parsed("many_recipients");
  EXPECT_EQ(mail.from, (Address{"Ruiz, Ana", "ana@example.com"}));
  const std::vector<Address> to{
      {"Support", "support@tandem.example"}, {"", "bo@example.com"}, {"C. D.", "cd@example.com"}};
  EXPECT_EQ(mail.to, to);
  EXPECT_EQ(mail.cc, (std::vector<Address>{{"Éva", "eva@example.com"}}));
  EXPECT_EQ(mail.reply_to, (std::vector<Address>{{"Team", "team@example.com"}}));
  EXPECT_EQ(mail.rules.delivered_to,
            (std::vector<std::string>{"support@tandem.example", "help@tandem.example"}));
  EXPECT_EQ(mail.rules.x_loop, (std::vector<std::string>{"tandem-1"}));
}

TEST(MailReading, IdsLoseTheirBracketsAndReferencesTheirRepeats) {
  const ParsedMail mail = parsed("many_recipients");
  EXPECT_EQ(mail.message_id, "many-1@example.com");
  EXPECT_EQ(mail.in_reply_to, "b@example.com");
  EXPECT_EQ(mail.references, (std::vector<std::string>{"a@example.com", "b@example.com"}));
  EXPECT_EQ(to_iso(*mail.date), "2026-11-04T11:21:00.000Z");
}

TEST(MailReading, AnImageShownByTheHtmlIsInlineAndAFileIsNot) {
  const ParsedMail mail = parsed("inline_image");
  EXPECT_EQ(mail.text, "See the picture.");
  ASSERT_EQ(mail.attachments.size(), 2U);
  EXPECT_TRUE(mail.attachments[0].is_inline);
  EXPECT_EQ(mail.attachments[0].content_id, "shot@example.com");
  EXPECT_TRUE(mail.attachments[0].bytes.starts_with("\x89PNG"));
  EXPECT_FALSE(mail.attachments[1].is_inline);
  EXPECT_EQ(mail.attachments[1].name, "invoice.pdf");
}

TEST(MailReading, AMailWithinAMailIsKeptAsAFile) {
  const ParsedMail mail = parsed("nested_mail");
  EXPECT_EQ(mail.text, "Please look at this.");
  ASSERT_EQ(mail.attachments.size(), 1U);
  EXPECT_EQ(mail.attachments[0].name, "Angebot für Sie.eml");
  EXPECT_EQ(mail.attachments[0].content_type, "message/rfc822");
  EXPECT_EQ(parse_mail(mail.attachments[0].bytes)->message_id, "offer-1@example.net");
}

TEST(MailReading, FileNamesAreDecodedAndCannotLie) {
  std::vector<std::string> names;
  for (const Attachment& attachment : parsed("attachment_names").attachments)
    names.push_back(attachment.name);
  const std::vector<std::string> expected{
      "請求書.pdf",       "見積書.txt",  "evilgpj.exe",       "passwd",
      "attachment-5.png", "winmail.dat", "ご注文のきろく.pdf"};
  EXPECT_EQ(names, expected);
}

TEST(MailReading, SignedAndEncryptedPartsAreKept) {
  EXPECT_EQ(parsed("signed").text, "Signed words.");
  EXPECT_EQ(parsed("signed").attachments.at(0).name, "smime.p7s");
  ASSERT_EQ(parsed("encrypted").attachments.size(), 2U);
  EXPECT_EQ(parsed("encrypted").attachments[1].name, "encrypted.asc");
}

TEST(MailReading, FlowedLinesAreJoined) {
  EXPECT_EQ(parsed("format_flowed").text,
            "This line goes on here.\n\n> quoted and continued\nFrom stuffed\n-- \nAna\n");
}

TEST(MailReading, PiecesOfMixedKindsStandInBothBodies) {
  const ParsedMail mail = parsed("html_then_files");
  EXPECT_NE(mail.html.find("After &amp; more"), std::string::npos);
  EXPECT_NE(mail.text.find("Before"), std::string::npos);
  EXPECT_EQ(mail.attachments.at(0).name, "between.png");
}

TEST(MailReading, BrokenHeadersCostNothingButThemselves) {
  const ParsedMail mail = parsed("broken_headers");
  EXPECT_EQ(mail.from.address, "");
  EXPECT_NE(mail.from.name.find("Unclosed"), std::string::npos);
  EXPECT_FALSE(mail.date.has_value());
  EXPECT_EQ(mail.message_id, "");
  EXPECT_EQ(mail.text, "Still readable.\n");
  EXPECT_TRUE(is_utf8(mail.subject));
  EXPECT_NE(parsed("missing_border").text.find("these words do"), std::string::npos);
}

TEST(MailReading, WhatIsNoMailIsRefused) {
  EXPECT_EQ(refusal_of(""), "empty_mail");
  EXPECT_EQ(refusal_of(" \r\n\r\n"), "empty_mail");
  EXPECT_EQ(refusal_of("GET / HTTP/1.1\r\nHost: example.com\r\n\r\n"), "no_mail_headers");
  EXPECT_EQ(refusal_of(std::string(1000, '\xff')), "no_mail_headers");
  EXPECT_EQ(refusal_of("Subject: no sender, no end of header"), "taken");
  EXPECT_EQ(refusal_of("From ana Wed Nov 4 2026\nFrom: ana@example.com\n\nfrom an mbox"), "taken");
}

TEST(MailReading, ALastLineWithoutAnEndCostsNoByteAndAddsNone) {
  const std::string mail =
      "From: a@example.com\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
      "Content-Disposition: attachment; filename=a.txt\r\n\r\nthe data\r\n\r\n--b--";
  EXPECT_EQ(parse_mail(mail)->attachments.at(0).bytes, "the data\r\n");
  EXPECT_EQ(parse_mail(mail + "\r\n")->attachments.at(0).bytes, "the data\r\n");
}

TEST(MailReading, TheTopmostReceivedFieldSaysWhenTheMailCame) {
  const std::string first = "Received: from x (by; y) by z;\r\n Tue, 5 Mar 2019 09:00:00 +0000\r\n";
  const std::string older = "Received: by w; Mon, 4 Mar 2019 09:00:00 +0000\r\n";
  const Result<ParsedMail> mail = parse_mail(first + older + "From: a@example.com\r\n\r\nhi\r\n");
  ASSERT_TRUE(mail->received_at);
  EXPECT_EQ(to_iso(*mail->received_at), "2019-03-05T09:00:00.000Z");
  EXPECT_FALSE(parse_mail("Received: by w\r\nFrom: a@example.com\r\n\r\nhi\r\n")->received_at);
}

TEST(MailReading, InternationalisedDomainsAreReadInUnicode) {
  const Result<ParsedMail> mail = parse_mail(
      "From: <Mia@XN--MLLER-KVA.example>\r\nTo: a@xn--viq.example, b@bücher.example, "
      "D@Plain.Example\r\n\r\nhi\r\n");
  EXPECT_EQ(mail->from.address, "Mia@müller.example");
  std::vector<std::string> to;
  for (const Address& address : mail->to) to.push_back(address.address);
  EXPECT_EQ(to, (std::vector<std::string>{"a@丽.example", "b@bücher.example", "D@Plain.Example"}));
}

std::string repeated(const std::string& piece, int count) {
  std::string all;
  for (int i = 0; i < count; ++i) all += piece;
  return all;
}

TEST(MailReading, EveryLimitHasItsRefusal) {
  EXPECT_EQ(refusal_of("From: a@example.com\n\n" + std::string(raw_mail_bytes_max, 'x')),
            "mail_too_large");
  EXPECT_EQ(refusal_of("From: a@example.com\nX-Long: " + std::string(header_block_bytes_max, 'x') +
                       "\n\nhi"),
            "mail_headers_too_long");
  const std::string mixed = "From: a@example.com\nContent-Type: multipart/mixed; boundary=b\n\n";
  EXPECT_EQ(refusal_of(mixed + repeated("--b\n\nx\n", mail_parts_max + 1) + "--b--"),
            "too_many_mail_parts");
  EXPECT_EQ(refusal_of(mixed + repeated("--b\n\nx\n", mail_parts_max - 1) + "--b--"), "taken");
  EXPECT_EQ(refusal_of("From: a@example.com\nTo: " + repeated("a@example.com,\n ", 501) + "\n\nhi"),
            "too_many_mail_addresses");
  std::string nested = "From: a@example.com\n";
  for (int i = 0; i < 30; ++i)
    nested += "Content-Type: multipart/mixed; boundary=b" + std::to_string(i) + "x\n\n--b" +
              std::to_string(i) + "x\n";
  EXPECT_EQ(refusal_of(nested + "\nhi"), "mail_nested_too_deep");
  EXPECT_EQ(refusal_of("From: a@example.com\n\n" + repeated("boundary=\n", 10'000)), "taken");
}

}  // namespace
}  // namespace tandem::mail
