#include "mail/smtp.h"

#include <gtest/gtest.h>

#include "mail/compose.h"
#include "mail/message.h"
#include "tests/support/mail_servers.h"
#include "tests/unit/mail/scripted_server.h"

namespace tandem::mail {
namespace {

using testing::TestSmtpServer;

const std::string letter = "From: ana@example.com\r\nSubject: hi\r\n\r\n.a dot\r\n..two\r\nend\r\n";

SmtpServer at(int port, Security security = Security::none) {
  SmtpServer server;
  server.host = "localhost";
  server.port = port;
  server.security = security;
  server.timeout_ms = 5'000;
  return server;
}

// One server for all of these, for it takes a moment to start.
class Smtp : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { server_ = std::make_unique<TestSmtpServer>(); }
  static void TearDownTestSuite() { server_.reset(); }
  static std::unique_ptr<TestSmtpServer> server_;
};
std::unique_ptr<TestSmtpServer> Smtp::server_;

TEST_F(Smtp, AMailArrivesAtEachRecipientAsItWasSent) {
  const Result<SendReport> report = send_mail(at(server_->port()), "support@tandem.example",
                                              {"one@example.org", "hidden@example.org"}, letter);
  ASSERT_TRUE(report.has_value());
  EXPECT_EQ(report->outcome, SendOutcome::accepted) << report->answer;
  EXPECT_EQ(report->code, 250);
  for (const char* recipient : {"one@example.org", "hidden@example.org"}) {
    const std::vector<std::string> mails = server_->wait_for_mails(recipient, 1);
    ASSERT_EQ(mails.size(), 1U);
    const Result<ParsedMail> mail = parse_mail(mails[0]);
    EXPECT_EQ(mail->text, ".a dot\n..two\nend\n");
    EXPECT_EQ(mail->bcc.size() + mail->to.size(), 0U);
  }
}

TEST_F(Smtp, InternationalisedDomainsGoInAscii) {
  const Result<SendReport> report =
      send_mail(at(server_->port()), "support@bücher.example", {"idn@müller.example"}, letter);
  ASSERT_TRUE(report.has_value());
  EXPECT_EQ(report->outcome, SendOutcome::accepted) << report->answer;
  EXPECT_EQ(server_->wait_for_mails("idn@xn--mller-kva.example", 1).size(), 1U);
  EXPECT_EQ(send_mail(at(server_->port()), "", {"jürgen@example.com"}, letter).error().code,
            "address_not_sendable");
}

TEST_F(Smtp, AnAddressThatIsKeptClosedIsNotConnectedTo) {
  SmtpServer server = at(server_->port());
  std::vector<std::string> asked;
  server.may_reach = [&](const std::string& address) {
    asked.push_back(address);
    return false;
  };
  const Result<SendReport> report =
      send_mail(server, "support@tandem.example", {"closed@example.org"}, letter);
  ASSERT_TRUE(report.has_value());
  EXPECT_EQ(report->outcome, SendOutcome::retry_later);
  EXPECT_NE(report->answer.find("allowed_networks"), std::string::npos) << report->answer;
  EXPECT_FALSE(asked.empty());
  server.may_reach = [](const std::string& address) { return address == "127.0.0.1"; };
  EXPECT_EQ(send_mail(server, "support@tandem.example", {"open@example.org"}, letter)->outcome,
            SendOutcome::accepted);
}

TEST_F(Smtp, AComposedMailSurvivesTheWay) {
  OutgoingMail mail;
  mail.from = {"サポート", "support@tandem.example"};
  mail.to = {{"João", "joao@example.org"}};
  mail.subject = "Ça marche – 動きます";
  mail.message_id = "way-1@tandem.example";
  mail.text = "Grüße\n";
  ASSERT_EQ(
      send_mail(at(server_->port()), mail.from.address, {"joao@example.org"}, *compose_mail(mail))
          ->outcome,
      SendOutcome::accepted);
  const std::vector<std::string> mails = server_->wait_for_mails("joao@example.org", 1);
  ASSERT_EQ(mails.size(), 1U);
  const ParsedMail read = *parse_mail(mails[0]);
  EXPECT_EQ(read.subject, mail.subject);
  EXPECT_EQ(read.text, mail.text);
  EXPECT_EQ(read.message_id, mail.message_id);
}

TEST_F(Smtp, ARefusedRecipientIsNamedAndTheOthersGetTheMail) {
  const Result<SendReport> report =
      send_mail(at(server_->port()), "support@tandem.example",
                {"refused@example.org", "two@example.org", "later@example.org"}, letter);
  EXPECT_EQ(report->outcome, SendOutcome::accepted);
  ASSERT_EQ(report->refused.size(), 2U);
  EXPECT_EQ(report->refused[0].address, "refused@example.org");
  EXPECT_EQ(report->refused[0].outcome, SendOutcome::refused);
  EXPECT_EQ(report->refused[0].code, 550);
  EXPECT_NE(report->refused[0].answer.find("No such person"), std::string::npos);
  EXPECT_EQ(report->refused[1].outcome, SendOutcome::retry_later);
  EXPECT_EQ(server_->wait_for_mails("two@example.org", 1).size(), 1U);
}

TEST_F(Smtp, PermanentAndPassingRefusalsAreToldApart) {
  const auto outcome = [&](const std::string& sender, const std::vector<std::string>& recipients) {
    return send_mail(at(server_->port()), sender, recipients, letter)->outcome;
  };
  EXPECT_EQ(outcome("support@tandem.example", {"refused@example.org"}), SendOutcome::refused);
  EXPECT_EQ(outcome("support@tandem.example", {"later@example.org"}), SendOutcome::retry_later);
  EXPECT_EQ(outcome("support@tandem.example", {"later@example.org", "refused@example.org"}),
            SendOutcome::retry_later);
  EXPECT_EQ(outcome("support@tandem.example", {"refused@example.org", "later@example.org"}),
            SendOutcome::retry_later);
  EXPECT_EQ(outcome("blocked@tandem.example", {"one@example.org"}), SendOutcome::refused);
  const SendReport blocked =
      *send_mail(at(server_->port()), "blocked@tandem.example", {"one@example.org"}, letter);
  EXPECT_EQ(blocked.code, 554);
  EXPECT_NE(blocked.answer.find("Blocked"), std::string::npos);
}

TEST_F(Smtp, TlsAndPasswordsWorkBothWays) {
  for (const Security security : {Security::starttls, Security::tls}) {
    SmtpServer server =
        at(security == Security::tls ? server_->tls_port() : server_->starttls_port(), security);
    server.authorities_file = server_->authorities_file();
    server.user = "ana";
    server.password = "secret";
    EXPECT_EQ(send_mail(server, "", {"tls@example.org"}, letter)->outcome, SendOutcome::accepted);
    server.password = "guess";
    const SendReport wrong = *send_mail(server, "", {"tls@example.org"}, letter);
    EXPECT_EQ(wrong.outcome, SendOutcome::retry_later);
    EXPECT_EQ(wrong.answer.find("guess"), std::string::npos);
    server.password = "secret";
    server.authorities_file.clear();
    EXPECT_EQ(send_mail(server, "", {"tls@example.org"}, letter)->outcome,
              SendOutcome::retry_later);
  }
  EXPECT_EQ(server_->wait_for_mails("tls@example.org", 2).size(), 2U);
}

TEST_F(Smtp, AServerWithoutTlsIsNotTalkedToWhenTlsIsAskedFor) {
  const SendReport report =
      *send_mail(at(server_->port(), Security::starttls), "", {"one@example.org"}, letter);
  EXPECT_EQ(report.outcome, SendOutcome::retry_later);
}

TEST(SmtpTrouble, AServerThatIsNotThereOrHangsUpIsTriedAgain) {
  EXPECT_EQ(send_mail(at(testing::free_port()), "", {"one@example.org"}, letter)->outcome,
            SendOutcome::retry_later);
  ScriptedServer hangs_up(
      {"220 hello\r\n", "250 hello\r\n", "250 ok\r\n", "250 ok\r\n", "354 go\r\n"});
  SmtpServer server = at(hangs_up.port());
  server.host = "127.0.0.1";
  const SendReport report = *send_mail(server, "a@example.com", {"one@example.org"}, letter);
  EXPECT_EQ(report.outcome, SendOutcome::retry_later);
  EXPECT_FALSE(report.answer.empty());
}

TEST(SmtpTrouble, WhatMustNotBeSentIsRefused) {
  const auto code = [](const std::string& sender, const std::vector<std::string>& recipients,
                       const std::string& raw) {
    return send_mail(at(25), sender, recipients, raw).error().code;
  };
  EXPECT_EQ(code("a@example.com", {}, letter), "required");
  EXPECT_EQ(code("a@example.com", {"x@example.com>\r\nDATA"}, letter), "bad_address");
  EXPECT_EQ(code("a@example.com\r\n", {"x@example.com"}, letter), "bad_address");
  EXPECT_EQ(code("a@example.com", {"x@example.com"}, ""), "required");
  EXPECT_EQ(code("a@example.com", std::vector<std::string>(501, "x@example.com"), letter),
            "too_many");
  SmtpServer elsewhere = at(25);
  elsewhere.host = "example.com/?x=";
  EXPECT_EQ(send_mail(elsewhere, "", {"x@example.com"}, letter).error().code, "bad_server");
}

}  // namespace
}  // namespace tandem::mail
