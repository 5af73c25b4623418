#include <gtest/gtest.h>

#include "tests/api/portal.h"

// Rules, words and SMS gateway of notifications, and mentions, by the native API.

namespace tandem::test {
namespace {

using http::Method;

class NotificationSettings : public testing::Test {
 protected:
  Answer ask(const std::string& role, Method method, const std::string& rest,
             const std::string& body = "") {
    return portal_.native(ours_.members[role], method, Portal::desk(ours_, rest), body);
  }
  std::string rules() { return "/notification_rules/" + to_string(ours_.support); }

  Portal portal_;
  Company& ours_ = portal_.ours();
};

TEST_F(NotificationSettings, AnAdministratorTurnsARuleOnAndOff) {  // S078
  const Answer before = ask("administrator", Method::get, rules());
  EXPECT_EQ(before.at("rules.1.event"), "shared_ticket_received");
  EXPECT_EQ(before.at("rules.1.mail"), "false");
  EXPECT_EQ(before.at("rules.1.has_fixed_template"), "true");
  const std::string rule = rules() + "/shared_ticket_received";
  EXPECT_EQ(ask("administrator", Method::put, rule, R"({"mail":true})").at("mail"), "true");
  EXPECT_EQ(ask("administrator", Method::put, rule, R"({"sms":true})").at("mail"), "true");
  EXPECT_EQ(ask("administrator", Method::put, rule, R"({"mail":false})").at("mail"), "false");
  EXPECT_EQ(ask("administrator", Method::get, rules()).at("rules.1.sms"), "true");
}

TEST_F(NotificationSettings, OthersAreToldWhomToAsk) {  // S082
  for (const char* const role : {"agent", "light_agent"}) {
    const Answer refused = ask(role, Method::get, rules());
    EXPECT_EQ(refused.status, 403);
    EXPECT_NE(refused.at("error.message").find("administrator"), std::string::npos) << refused.body;
    EXPECT_EQ(ask(role, Method::put, rules() + "/comment", R"({"mail":true})").status, 403);
    EXPECT_EQ(ask(role, Method::get, "/sms_gateway").status, 403);
    EXPECT_EQ(ask(role, Method::get, "/notification_templates").status, 403);
  }
}

TEST_F(NotificationSettings, WhatIsUnknownIsRefused) {
  EXPECT_EQ(ask("administrator", Method::put, rules() + "/birthday", "{}").status, 404);
  EXPECT_EQ(
      ask("administrator", Method::put, rules() + "/comment", R"({"fax":true})").at("error.code"),
      "unknown_field");
  EXPECT_EQ(ask("administrator", Method::get, "/notification_rules/4711").status, 404);
}

TEST_F(NotificationSettings, WordsAreWrittenForALanguageAndTakenBack) {  // S083
  const std::string body = R"({"subject":"Yours","text":"See {link}","sms_text":"Yours {link}"})";
  const std::string words = "/notification_templates/assignment/pt";
  EXPECT_EQ(ask("administrator", Method::put, words, body).at("is_own"), "true");
  EXPECT_EQ(ask("administrator", Method::del, words).at("is_own"), "false");
  EXPECT_EQ(
      ask("administrator", Method::put, "/notification_templates/shared_ticket_received/en", body)
          .at("error.code"),
      "fixed_template");
  EXPECT_EQ(ask("administrator", Method::put, "/notification_templates/assignment/xx", body)
                .at("error.field"),
            "locale");
  const Answer all = ask("administrator", Method::get, "/notification_templates");
  EXPECT_EQ(all.at("placeholders.0"), "ticket.number");
  EXPECT_EQ(all.at("templates.4.is_fixed"), "true");
}

TEST_F(NotificationSettings, TheSecretsOfAGatewayAreWrittenAndNeverRead) {  // S084
  EXPECT_EQ(ask("administrator", Method::get, "/sms_gateway").at("gateway"), "null");
  const std::string body =
      R"({"url":"https://sms.example/send","body":"{\"to\":\"{to}\",\"text\":\"{text}\"}",)"
      R"("headers":[{"name":"Authorization","value":"Bearer geheim"}]})";
  EXPECT_EQ(ask("administrator", Method::put, "/sms_gateway", body).status, 200);
  const Answer shown = ask("administrator", Method::get, "/sms_gateway");
  EXPECT_EQ(shown.at("gateway.headers.0.name"), "Authorization");
  EXPECT_EQ(shown.at("gateway.headers.0.has_value"), "true");
  EXPECT_EQ(shown.body.find("geheim"), std::string::npos);
  EXPECT_EQ(
      ask("administrator", Method::post, "/sms_gateway/test", R"({"to":"x"})").at("error.code"),
      "not_a_phone");
  EXPECT_EQ(ask("administrator", Method::del, "/sms_gateway").status, 204);
  EXPECT_EQ(ask("administrator", Method::del, "/sms_gateway").status, 404);
}

TEST_F(NotificationSettings, AProfileCarriesAPhoneNumber) {
  const auto me = [&](const std::string& body) {
    return portal_.native(ours_.members["agent"], Method::patch, "/native/me", body);
  };
  EXPECT_EQ(me(R"({"phone":"+49 30 123456"})").at("phone"), "+4930123456");
  EXPECT_EQ(me(R"({"phone":"030"})").at("error.field"), "phone");
  EXPECT_EQ(me(R"({"phone":""})").at("phone"), "");
}

TEST_F(NotificationSettings, AMentionRingsTheBellOfWhoSeesTheTicket) {  // S021
  const std::string ticket = "/tickets/" + to_string(ours_.ticket);
  const std::string agent = to_string(ours_.members["agent"].agent);
  const std::string comment = R"({"html":"<p>Look</p>","mentions":[")" + agent + R"("]})";
  EXPECT_EQ(ask("administrator", Method::post, ticket + "/comments", comment).status, 201);
  EXPECT_EQ(ask("agent", Method::get, "/notifications").at("notifications.0.kind"), "mentioned");
  const Answer refused = ask("administrator", Method::post,
                             "/tickets/" + to_string(ours_.shipping_ticket) + "/comments", comment);
  EXPECT_EQ(refused.at("error.code"), "does_not_see_the_ticket");
  const Answer offered = ask("agent", Method::get, ticket + "/mentionable?text=light");
  EXPECT_EQ(offered.at("agents.0.id"), to_string(ours_.members["light_agent"].agent));
}

}  // namespace
}  // namespace tandem::test
