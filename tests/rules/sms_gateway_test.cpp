#include "desk/notifications/sms_gateway.h"

#include <gmock/gmock.h>

#include <functional>

#include "access/people.h"
#include "desk/notifications/notification_rules.h"
#include "desk/notifications/notification_sending.h"
#include "tests/support/mail_servers.h"
#include "tests/support/office.h"
#include "tests/support/scripted_http.h"

namespace tandem::test {
namespace {

using desk::SmsOutcome;

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class SmsGateways : public ::testing::Test {
 protected:
  void SetUp() override {
    desk::add_notification_jobs(*office_.worker, *office_.desk, "https://desk.example");
    ada_ = office_.administrator();
    ana_ = office_.agent("ana", {"Support"});
    gateway_.url = http_.url();
    gateway_.body = R"({"to":"{to}","text":"{text}"})";
    gateway_.headers = {{"Authorization", "Bearer geheim"}};
  }
  Result<desk::SmsGateway> save(const desk::SmsGateway& gateway) {
    return office_.database->write([&](db::Transaction& tx) -> Result<desk::SmsGateway> {
      return desk::save_sms_gateway(tx, *office_.desk, ada_, gateway);
    });
  }
  Result<desk::SmsReport> test(const std::string& to = "+49 30 123456") {
    return desk::send_test_sms(*office_.desk, ada_, to);
  }
  void give_ana_a_phone(const std::string& phone) {
    ASSERT_TRUE(office_.database->write([&](db::Transaction& tx) {
      return access::change_profile(tx, office_.catalogue, ana_.person, {.phone = phone});
    }));
  }
  /// Ana is to be told by SMS of a ticket that becomes hers.
  void assign() {
    const RecordId support = office_.department("Support");
    ASSERT_TRUE(office_.database->write([&](db::Transaction& tx) {
      return desk::change_notification_rule(tx, ada_, support, desk::NotificationEvent::assignment,
                                            {.by_sms = true});
    }));
    office_.ticket("Router \"blinks\"", {{"owner", ana_.id}});
  }
  /// State and message of the only delivery.
  std::pair<std::string, std::string> delivery() {
    return office_.database->read([&](db::Transaction& tx) {
      const auto row = tx.row("SELECT state, message FROM notification_deliveries");
      return row ? std::pair(row->text(0), row->text(1)) : std::pair<std::string, std::string>();
    });
  }
  std::string body_of(const std::string& request) {
    return request.substr(request.find("\r\n\r\n") + 4);
  }

  Office office_;
  ScriptedHttp http_;
  access::Actor ada_;
  access::Actor ana_;
  desk::SmsGateway gateway_;
};

TEST_F(SmsGateways, AnAgentIsToldBySmsInAFormThatNoTextBreaksOutOf) {  // S084
  ASSERT_TRUE(save(gateway_));
  give_ana_a_phone("+49 (30) 123-456");
  assign();
  office_.worker->run_due();
  ASSERT_EQ(http_.requests().size(), 1U);
  const std::string request = http_.requests()[0];
  EXPECT_THAT(request, HasSubstr("POST /send HTTP/1.1"));
  EXPECT_THAT(request, HasSubstr("Authorization: Bearer geheim"));
  EXPECT_THAT(request, HasSubstr("Idempotency-Key: "));
  const Result<Json> sent = json_from_text(body_of(request));
  ASSERT_TRUE(sent);
  EXPECT_EQ(text_of(*sent, "to"), "+4930123456");
  EXPECT_THAT(text_of(*sent, "text"), HasSubstr("Ticket assigned to you: #1 Router \"blinks\""));
  EXPECT_EQ(delivery().first, "sent");
  EXPECT_THAT(office_.outbox(), IsEmpty());
}

TEST_F(SmsGateways, WithoutANumberOrAGatewayNothingIsSent) {
  assign();
  office_.worker->run_due();
  EXPECT_EQ(delivery().first, "dropped");
  EXPECT_THAT(delivery().second, HasSubstr("no phone number"));
}

TEST_F(SmsGateways, AGatewayThatIsDownIsAskedAgainWithGrowingWaits) {
  ASSERT_TRUE(save(gateway_));
  give_ana_a_phone("+4930123456");
  http_.answers("HTTP/1.1 503 Service Unavailable", "later");
  assign();
  office_.worker->run_due();
  EXPECT_EQ(delivery().first, "queued");
  EXPECT_EQ(http_.requests().size(), 1U);
  office_.worker->run_due();
  EXPECT_EQ(http_.requests().size(), 1U);
  office_.clock.advance_ms(hour_ms);
  http_.answers("HTTP/1.1 202 Accepted");
  office_.worker->run_due();
  EXPECT_EQ(delivery().first, "sent");
  ASSERT_EQ(http_.requests().size(), 2U);
  // A gateway that heard both knows the second as the first.
  const auto key_of = [](const std::string& request) {
    const size_t at = request.find("Idempotency-Key: ");
    return request.substr(at, request.find('\r', at) - at);
  };
  EXPECT_EQ(key_of(http_.requests()[0]), key_of(http_.requests()[1]));
}

TEST_F(SmsGateways, AfterEightTriesItIsGivenUpAndTheSettingsSayWhy) {
  ASSERT_TRUE(save(gateway_));
  give_ana_a_phone("+4930123456");
  http_.answers("HTTP/1.1 500 Oops");
  assign();
  office_.worker->run_due();
  EXPECT_EQ(delivery().first, "queued");
  const auto at_once =
      office_.database->read([&](db::Transaction& tx) { return desk::read_sms_gateway(tx, ada_); });
  ASSERT_TRUE(at_once && *at_once && (*at_once)->last_failure) << "at the first failure";
  for (int turn = 0; turn < 12; ++turn) {
    office_.worker->run_due();
    office_.clock.advance_ms(2 * hour_ms);
  }
  EXPECT_EQ(delivery().first, "failed");
  EXPECT_EQ(http_.requests().size(), 8U);
  const auto shown =
      office_.database->read([&](db::Transaction& tx) { return desk::read_sms_gateway(tx, ada_); });
  ASSERT_TRUE(shown && *shown && (*shown)->last_failure);
  EXPECT_THAT((*shown)->last_failure->message, HasSubstr("500"));
}

TEST_F(SmsGateways, AWrongSecretIsNotTriedAgainAndStaysSecret) {
  ASSERT_TRUE(save(gateway_));
  give_ana_a_phone("+4930123456");
  http_.answers("HTTP/1.1 401 Unauthorized", "no entry with Bearer geheim");
  assign();
  office_.worker->run_due();
  EXPECT_EQ(delivery().first, "failed");
  EXPECT_THAT(delivery().second, HasSubstr("401: no entry with"));
  EXPECT_THAT(delivery().second, Not(HasSubstr("geheim")));
}

TEST_F(SmsGateways, ASecretThatIsTheMarkItselfIsReplacedOnce) {
  const desk::OpenSmsGateway open{.url = http_.url(),
                                  .content_type = "text/plain",
                                  .body = "{to}{text}",
                                  .headers = {{"X-Key", "…"}, {"X-Other", "key"}}};
  http_.answers("HTTP/1.1 401 Unauthorized", "no … of keykey…");
  EXPECT_THAT(desk::call_sms_gateway(open, {}, {1, "+1", "hi"}).answer, HasSubstr("no … of ………"));
}

TEST_F(SmsGateways, WhatIsNoHttpAndNobodyThereAreWorthAnotherTry) {
  desk::OpenSmsGateway open{.url = http_.url(), .content_type = "text/plain", .body = "{to}{text}"};
  for (const std::string& bytes : {std::string("\x01\x02garbage\r\n\r\n"), std::string()}) {
    http_.answers_bytes(bytes);
    const desk::SmsReport report = desk::call_sms_gateway(open, {}, {1, "+1", "hi"});
    EXPECT_EQ(report.outcome, SmsOutcome::retry_later);
    EXPECT_THAT(report.answer, HasSubstr("could not be asked"));
  }
  open.url = "http://127.0.0.1:" + std::to_string(tandem::testing::free_port()) + "/";
  EXPECT_EQ(desk::call_sms_gateway(open, {}, {1, "+1", "hi"}).outcome, SmsOutcome::retry_later);
}

TEST_F(SmsGateways, ASilentGatewayIsLeftAfterTheTimeOut) {
  http_.stays_silent();
  const desk::OpenSmsGateway open{
      .url = http_.url(), .content_type = "text/plain", .body = "{to}{text}", .timeout_ms = 300};
  const desk::SmsReport report = desk::call_sms_gateway(open, {}, {1, "+1", "hi"});
  EXPECT_EQ(report.outcome, SmsOutcome::retry_later);
}

TEST_F(SmsGateways, ARedirectIsNotFollowedAndALongAnswerIsCutShort) {
  const desk::OpenSmsGateway open{
      .url = http_.url(), .content_type = "text/plain", .body = "{to}{text}"};
  http_.answers("HTTP/1.1 302 Found\r\nLocation: " + http_.url("/other"));
  EXPECT_EQ(desk::call_sms_gateway(open, {}, {1, "+1", "hi"}).outcome, SmsOutcome::refused);
  EXPECT_EQ(http_.requests().size(), 1U);
  http_.answers("HTTP/1.1 200 OK", std::string(1'000'000, 'x'));
  EXPECT_EQ(desk::call_sms_gateway(open, {}, {1, "+1", "hi"}).outcome, SmsOutcome::accepted);
}

TEST_F(SmsGateways, AnAddressThatIsNotAllowedIsNotConnectedTo) {
  ASSERT_TRUE(save(gateway_));
  office_.desk->mail_guard = [](const std::string&) { return false; };
  const auto report = test();
  ASSERT_TRUE(report);
  EXPECT_EQ(report->outcome, SmsOutcome::refused);
  EXPECT_THAT(report->answer, HasSubstr("allowed_networks"));
  EXPECT_THAT(http_.requests(), IsEmpty());
}

TEST_F(SmsGateways, ATestSaysWhatTheGatewayAnswers) {
  EXPECT_EQ(test().error().kind, RefusalKind::not_found);
  ASSERT_TRUE(save(gateway_));
  EXPECT_EQ(test()->outcome, SmsOutcome::accepted);
  http_.answers("HTTP/1.1 400 Bad Request", "no such number");
  EXPECT_THAT(test()->answer, HasSubstr("no such number"));
  EXPECT_EQ(test("call me").error().field, "to");
  EXPECT_EQ(test("").error().field, "to");
  EXPECT_EQ(desk::send_test_sms(*office_.desk, ana_, "+4930123456").error().kind,
            RefusalKind::forbidden);
}

TEST_F(SmsGateways, ASecretIsKeptForTheServerItWasTypedForAndNeverShown) {
  const auto saved = save(gateway_);
  ASSERT_TRUE(saved);
  EXPECT_FALSE(saved->headers.at(0).value);
  gateway_.headers = {{"Authorization", std::nullopt}};
  gateway_.url = http_.url("/other?to={to}");
  ASSERT_TRUE(save(gateway_));
  ASSERT_TRUE(test());
  EXPECT_THAT(http_.requests().back(), HasSubstr("Bearer geheim"));
  EXPECT_THAT(http_.requests().back(), HasSubstr("/other?to=%2B4930123456"));
  gateway_.url = "https://elsewhere.example/send";
  EXPECT_EQ(code_of(save(gateway_)), "secret_again");
}

TEST_F(SmsGateways, AGatewayThatCouldNotWorkIsRefusedWithTheField) {
  struct Case {
    std::string field;
    std::string code;
    std::function<void(desk::SmsGateway&)> change;
  };
  const std::vector<Case> cases{
      {"url", "bad_url", [](auto& one) { one.url = "sms.example.com"; }},
      {"url", "bad_url", [](auto& one) { one.url = "file:///etc/passwd"; }},
      {"url", "secret_in_url", [](auto& one) { one.url = "https://me:pw@sms.example/"; }},
      {"url", "unknown_placeholder", [](auto& one) { one.url += "/{number}"; }},
      {"method", "not_a_choice", [](auto& one) { one.method = "DELETE"; }},
      {"content_type", "not_a_choice", [](auto& one) { one.content_type = "image/png"; }},
      {"body", "placeholder_missing", [](auto& one) { one.body = R"({"to":"{to}"})"; }},
      {"body", "bad_json", [](auto& one) { one.body = "{to} {text}"; }},
      {"body", "unknown_placeholder", [](auto& one) { one.body = R"({"a":"{to}{text}{x}"})"; }},
      {"headers", "bad_header_name", [](auto& one) { one.headers = {{"Host", "a"}}; }},
      {"headers", "bad_value", [](auto& one) { one.headers = {{"X-Key", "a\r\nHost: b"}}; }},
      {"headers", "duplicate", [](auto& one) { one.headers = {{"X", "a"}, {"x", "b"}}; }},
  };
  for (const Case& one : cases) {
    desk::SmsGateway wrong = gateway_;
    one.change(wrong);
    const auto refused = save(wrong);
    ASSERT_FALSE(refused) << one.field << " " << one.code;
    EXPECT_EQ(refused.error().field, one.field);
    EXPECT_EQ(refused.error().code, one.code);
  }
}

TEST_F(SmsGateways, APhoneNumberHasItsCountryCode) {
  give_ana_a_phone("+81 3-1234-5678");
  give_ana_a_phone("");
  for (const char* const wrong : {"030 123456", "+0301234", "+49 12", "call me", "+49+30123456"}) {
    const auto refused = office_.database->write([&](db::Transaction& tx) {
      return access::change_profile(tx, office_.catalogue, ana_.person, {.phone = wrong});
    });
    EXPECT_EQ(code_of(refused), "not_a_phone") << wrong;
  }
}

TEST_F(SmsGateways, FormsOfTheBodyKeepTheTextInItsPlace) {
  const desk::SmsMessage message{1, "+49", "a&b=\"<{to}>"};
  EXPECT_EQ(desk::sms_body("to={to}&text={text}", "application/x-www-form-urlencoded", message),
            "to=%2B49&text=a%26b%3D%22%3C%7Bto%7D%3E");
  EXPECT_EQ(desk::sms_body("<t>{text}</t>", "application/xml", message),
            "<t>a&amp;b=&quot;&lt;{to}&gt;</t>");
  EXPECT_EQ(desk::sms_body("{text}", "text/plain", message), "a&b=\"<{to}>");
}

}  // namespace
}  // namespace tandem::test
