#include "mail/classify.h"

#include <gtest/gtest.h>

#include "tests/unit/mail/sample_mails.h"

namespace tandem::mail {
namespace {

ParsedMail read(const std::string& raw) {
  Result<ParsedMail> mail = parse_mail(raw);
  EXPECT_TRUE(mail.has_value());
  return mail ? *mail : ParsedMail{};
}

MailKind kind_of(const std::string& headers) {
  return classify(
             read("From: Ana <ana@example.com>\nSubject: Out of office\n" + headers + "\nhello"))
      .kind;
}

TEST(MailKinds, HeadersSayWhatAMailIsAndTheSubjectDoesNot) {
  EXPECT_EQ(kind_of(""), MailKind::normal);
  EXPECT_EQ(kind_of("Auto-Submitted: no\n"), MailKind::normal);
  EXPECT_EQ(kind_of("Auto-Submitted: auto-generated\n"), MailKind::auto_reply);
  EXPECT_EQ(kind_of("Auto-Submitted: Auto-Replied; owner=x\n"), MailKind::auto_reply);
  EXPECT_EQ(kind_of("X-Autoreply: yes\n"), MailKind::auto_reply);
  EXPECT_EQ(kind_of("Precedence: auto_reply\n"), MailKind::auto_reply);
  EXPECT_EQ(kind_of("Precedence: bulk\n"), MailKind::mailing_list);
  EXPECT_EQ(kind_of("List-Id: <news.example.org>\n"), MailKind::mailing_list);
}

TEST(MailKinds, SamplesAreWhatTheyAre) {
  const std::pair<const char*, MailKind> table[] = {{"plain", MailKind::normal},
                                                    {"auto_reply", MailKind::auto_reply},
                                                    {"read_receipt", MailKind::auto_reply},
                                                    {"mailing_list", MailKind::mailing_list},
                                                    {"bounce_permanent", MailKind::bounce},
                                                    {"bounce_delayed", MailKind::bounce},
                                                    {"bounce_plain", MailKind::bounce},
                                                    {"nested_mail", MailKind::normal}};
  for (const auto& [name, kind] : table)
    EXPECT_EQ(classify(read(sample_mail(name))).kind, kind) << name;
}

TEST(MailKinds, ABounceNamesTheMailTheRecipientAndTheReason) {
  const Bounce bounce = classify(read(sample_mail("bounce_permanent"))).bounce;
  EXPECT_EQ(bounce.original_message_id, "reply-77@tandem.example");
  EXPECT_EQ(bounce.weight, BounceWeight::permanent);
  ASSERT_EQ(bounce.failed.size(), 2U);
  EXPECT_EQ(bounce.failed[0].address, "gone@example.org");
  EXPECT_EQ(bounce.failed[0].status, "5.1.1");
  EXPECT_EQ(bounce.failed[0].diagnostic,
            "550 5.1.1 <gone@example.org>: Recipient address rejected: User unknown");
  EXPECT_EQ(bounce.failed[1].weight, BounceWeight::delayed);
}

TEST(MailKinds, ADelayIsNoFailure) {
  const Bounce bounce = classify(read(sample_mail("bounce_delayed"))).bounce;
  EXPECT_EQ(bounce.weight, BounceWeight::delayed);
  EXPECT_EQ(bounce.original_message_id, "reply-78@tandem.example");
}

TEST(MailKinds, AReportOfSuccessIsNoBounce) {
  const std::string raw =
      "From: MAILER-DAEMON@example.net\nReturn-Path: <>\nContent-Type: multipart/report; "
      "report-type=delivery-status; "
      "boundary=b\n\n--b\n\nDelivered.\n--b\nContent-Type: "
      "message/delivery-status\n\nReporting-MTA: dns; x\n\n"
      "Final-Recipient: rfc822; ana@example.com\nAction: delivered\nStatus: 2.0.0\n\n--b--\n";
  EXPECT_EQ(classify(read(raw)).kind, MailKind::auto_reply);
}

}  // namespace
}  // namespace tandem::mail
