#include <gtest/gtest.h>

#include "base/crypto.h"
#include "http/message.h"
#include "tests/api/portal.h"

// Web forms and telephone systems, as visitors and machines reach them.

namespace tandem::test {
namespace {

using http::Method;

class ChannelAddresses : public testing::Test {
 protected:
  Answer ask(const std::string& role, Method method, const std::string& rest,
             const std::string& body = "") {
    return portal_.native(ours_.members[role], method, Portal::desk(ours_, rest), body);
  }
  /// The path of an address that the API gives.
  static std::string path_of(const std::string& address) {
    return address.substr(address.find('/', address.find("://") + 3));
  }
  Answer add_form(const std::string& more = "") {
    return ask("administrator", Method::post, "/web_forms",
               R"({"name":"Site","title":"Write to us","department":")" + to_string(ours_.support) +
                   R"(","fields":[{"name":"email","is_required":true},)"
                   R"({"name":"message","is_required":true}],)"
                   R"("origins":["https://www.example.com"])" +
                   more + "}");
  }
  Answer add_line() {
    return ask("administrator", Method::post, "/phone_lines",
               R"({"name":"Switchboard","department":")" + to_string(ours_.support) + R"("})");
  }
  Answer visit(const std::string& path) {
    http::Request request;
    request.path = path;
    return portal_.send(std::move(request));
  }
  Answer post(const std::string& path, http::Pairs headers, std::string body) {
    http::Request request;
    request.method = Method::post;
    request.path = path;
    request.headers = std::move(headers);
    request.body = std::move(body);
    request.peer_address = "192.0.2.7";
    return portal_.send(std::move(request));
  }
  Answer send(const std::string& path, const std::string& fields) {
    return post(path, {{"Content-Type", "application/x-www-form-urlencoded"}}, fields);
  }
  static std::string token_in(const std::string& page) {
    const std::string sign = "name=\"token\" value=\"";
    const size_t at = page.find(sign) + sign.size();
    return page.substr(at, page.find('"', at) - at);
  }
  static std::string event(const std::string& moment, const std::string& id = "c1") {
    return R"({"event":")" + moment + R"(","call_id":")" + id +
           R"(","from":"+49 30 1234567","to":"+49 30 99"})";
  }
  http::Pairs signed_with(const std::string& secret, const std::string& body, int64_t off_s = 0) {
    const std::string time = std::to_string(portal_.clock().now().ms / second_ms + off_s);
    return {{"X-Tandem-Signature",
             "t=" + time + ",v1=" + to_hex(hmac_sha256(secret, time + "." + body))}};
  }

  Portal portal_;
  Company& ours_ = portal_.ours();
};

TEST_F(ChannelAddresses, AFormIsShownToStrangersAndFramedByItsSitesAlone) {
  const Answer form = add_form();
  ASSERT_EQ(form.status, 201) << form.body;
  Answer page = visit(path_of(form.at("address")));
  EXPECT_EQ(page.status, 200);
  http::add_security_headers(page.response);
  const std::string policy(page.response.header("Content-Security-Policy"));
  EXPECT_NE(policy.find("frame-ancestors 'self' https://www.example.com"), std::string::npos);
  EXPECT_EQ(page.response.header("X-Frame-Options"), "");
  EXPECT_NE(policy.find("script-src 'self';"), std::string::npos);
  EXPECT_NE(page.body.find("<script src=\"/forms/script/height.js\" "
                           "data-sites=\"https://www.example.com\"></script></body>"),
            std::string::npos)
      << page.body;
  const Answer script = visit("/forms/script/embed.js");
  EXPECT_EQ(script.status, 200);
  EXPECT_EQ(script.response.header("Cache-Control"), "public, max-age=3600");
  EXPECT_NE(script.body.find("event.origin !== home || event.source !== frame.contentWindow"),
            std::string::npos);
  Answer other = visit("/native/session");
  http::add_security_headers(other.response);
  EXPECT_EQ(other.response.header("X-Frame-Options"), "DENY");
}

TEST_F(ChannelAddresses, WhatAVisitorSendsIsATicket) {
  const std::string path = path_of(add_form().at("address"));
  const std::string token = token_in(visit(path).body);
  portal_.clock().advance_ms(10 * second_ms);
  const std::string fields =
      "token=" + token + "&email=mia%40kunde.example&message=Where+is+my+parcel%3F";
  const Answer sent = send(path, fields);
  EXPECT_EQ(sent.status, 200) << sent.body;
  EXPECT_NE(sent.body.find("Thank you"), std::string::npos);
  const Answer list = ask("administrator", Method::get, "/tickets?sort=-created_at");
  EXPECT_NE(list.body.find("Where is my parcel?"), std::string::npos) << list.body;
}

TEST_F(ChannelAddresses, ARefusalKeepsWhatWasTypedAndShowsItAsText) {
  const std::string path = path_of(add_form().at("address"));
  const std::string token = token_in(visit(path).body);
  const Answer refused =
      send(path, "token=" + token + "&email=nobody&message=%3Cscript%3Ealert(1)%3C/script%3E");
  EXPECT_EQ(refused.status, 400);
  EXPECT_NE(refused.body.find("&lt;script&gt;alert(1)"), std::string::npos) << refused.body;
  EXPECT_EQ(refused.body.find("<script>"), std::string::npos);
  EXPECT_NE(refused.body.find("value=\"nobody\""), std::string::npos);
  EXPECT_NE(refused.body.find("aria-invalid"), std::string::npos);
  EXPECT_NE(refused.body.find("role=\"alert\""), std::string::npos);
}

TEST_F(ChannelAddresses, ARefusalThatNoFieldIsToBlameForSaysWhy) {
  const std::string path = path_of(add_form().at("address"));
  const std::string token = token_in(visit(path).body);
  const Answer early =
      send(path, "token=" + token + "&email=mia%40kunde.example&message=Where+is+it%3F");
  EXPECT_EQ(early.status, 400);
  EXPECT_NE(early.body.find("Wait a few seconds and send it again."), std::string::npos)
      << early.body;
}

TEST_F(ChannelAddresses, GarbageAtAFormIsRefusedWithAPage) {
  const std::string path = path_of(add_form().at("address"));
  EXPECT_EQ(post(path, {{"Content-Type", "multipart/form-data"}}, "garbage").status, 400);
  EXPECT_EQ(post(path, {}, std::string("\0\xff", 2)).status, 400);
  EXPECT_EQ(send(path, "token=%00&email=%ff&message=%00").status, 400);
  EXPECT_EQ(visit("/forms/nothing").status, 404);
}

TEST_F(ChannelAddresses, AFormSpeaksItsOwnLanguage) {
  const Answer form = add_form(R"(,"locale":"pt")");
  ASSERT_EQ(ask("administrator", Method::patch, "/web_forms/" + form.at("id"),
                R"({"fields":[{"name":"email","is_required":true},{"name":"ticket.priority"},)"
                R"({"name":"message","is_required":true}]})")
                .status,
            200);
  const Answer page = visit(path_of(form.at("address")));
  for (const char* const word : {"Mensagem", "Prioridade", "Urgente", "Enviar", "lang=\"pt\""}) {
    EXPECT_NE(page.body.find(word), std::string::npos) << word;
  }
}

TEST_F(ChannelAddresses, AFormThatIsOffSaysSo) {
  const Answer form = add_form();
  ASSERT_EQ(
      ask("administrator", Method::patch, "/web_forms/" + form.at("id"), R"({"is_enabled":false})")
          .at("is_enabled"),
      "false");
  const Answer page = visit(path_of(form.at("address")));
  EXPECT_EQ(page.status, 404);
  EXPECT_NE(page.body.find("closed"), std::string::npos);
}

TEST_F(ChannelAddresses, SettingsAreForThoseWhoManageChannels) {
  for (const char* const role : {"agent", "light_agent"}) {
    EXPECT_EQ(ask(role, Method::get, "/web_forms").status, 403);
    EXPECT_EQ(ask(role, Method::get, "/phone_lines").status, 403);
  }
  EXPECT_EQ(add_form(R"(,"fax":1)").at("error.code"), "unknown_field");
  const Answer line = add_line();
  const Company& theirs = portal_.theirs();
  const Member& stranger = theirs.members.at("administrator");
  for (const Method method : {Method::patch, Method::del}) {
    EXPECT_EQ(
        portal_
            .native(stranger, method, Portal::desk(theirs, "/phone_lines/" + line.at("id")), "{}")
            .status,
        404);
  }
}

TEST_F(ChannelAddresses, ATelephoneSystemShowsItsSecretOnceAndIsHeardWithIt) {  // S001
  const Answer line = add_line();
  ASSERT_EQ(line.status, 201) << line.body;
  const std::string secret = line.at("secret");
  EXPECT_EQ(ask("administrator", Method::get, "/phone_lines").body.find(secret), std::string::npos);
  const std::string path = path_of(line.at("address"));
  const http::Pairs bearer{{"Authorization", "Bearer " + secret}};
  EXPECT_EQ(post(path, bearer, event("ringing")).status, 200);
  const Answer ended = post(path, bearer, event("ended"));
  EXPECT_EQ(ended.status, 200) << ended.body;
  const Answer ticket = ask("administrator", Method::get, "/tickets/" + ended.at("ticket_id"));
  EXPECT_EQ(ticket.at("channel"), "phone");
  EXPECT_EQ(post(path, bearer, event("ended")).at("ticket_id"), ended.at("ticket_id"));
  const Answer timeline =
      ask("administrator", Method::get, "/tickets/" + ended.at("ticket_id") + "/timeline");
  EXPECT_NE(timeline.body.find(R"("result":"missed")"), std::string::npos) << timeline.body;
}

TEST_F(ChannelAddresses, ASignedEventIsHeardOnceAndWithinFiveMinutes) {
  const Answer line = add_line();
  const std::string secret = line.at("secret");
  const std::string path = path_of(line.at("address"));
  const http::Pairs headers = signed_with(secret, event("ended"));
  EXPECT_EQ(post(path, headers, event("ended")).status, 200);
  EXPECT_EQ(post(path, headers, event("ended")).at("error.code"), "replayed");
  EXPECT_EQ(post(path, headers, event("ended", "c2")).status, 401);
  EXPECT_EQ(post(path, signed_with(secret, event("ended"), -600), event("ended")).at("error.code"),
            "signature_too_old");
  EXPECT_EQ(post(path, signed_with(secret, event("ended"), 600), event("ended")).status, 401);
}

TEST_F(ChannelAddresses, AWrongSecretGarbageAndGiantsAreRefused) {
  const Answer line = add_line();
  const std::string path = path_of(line.at("address"));
  const http::Pairs bearer{{"Authorization", "Bearer " + line.at("secret")}};
  EXPECT_EQ(post(path, {}, event("ended")).at("error.code"), "wrong_secret");
  EXPECT_EQ(post(path, {{"Authorization", "Bearer x"}}, event("ended")).status, 401);
  EXPECT_EQ(post(path, {{"X-Tandem-Signature", "t=1,v1="}}, event("ended")).status, 401);
  EXPECT_EQ(post(path, bearer, "garbage").at("error.code"), "bad_json");
  EXPECT_EQ(post(path, bearer, "[]").at("error.code"), "bad_json");
  EXPECT_EQ(post(path, bearer, event("sang")).at("error.field"), "event");
  EXPECT_EQ(post(path, bearer, R"({"event":"ended","call_id":7})").at("error.field"), "call_id");
  EXPECT_EQ(post(path, bearer, std::string(20'000, 'x')).status, 413);
  EXPECT_EQ(post("/hooks/calls/nothing", bearer, event("ended")).status, 404);
  Answer last;
  for (int tries = 0; tries < 60; ++tries) last = post(path, {}, event("ended"));
  EXPECT_EQ(last.status, 503) << "wrong secrets are slowed down";
}

TEST_F(ChannelAddresses, ANewSecretEndsTheOneBefore) {
  const Answer line = add_line();
  const Answer renewed =
      ask("administrator", Method::post, "/phone_lines/" + line.at("id") + "/secret");
  EXPECT_EQ(renewed.status, 200);
  const std::string path = path_of(line.at("address"));
  const http::Pairs before{{"Authorization", "Bearer " + line.at("secret")}};
  const http::Pairs now{{"Authorization", "Bearer " + renewed.at("secret")}};
  EXPECT_EQ(post(path, before, event("ended")).status, 401);
  EXPECT_EQ(post(path, now, event("ended")).status, 200);
}

TEST_F(ChannelAddresses, AnAgentNotesACallWhileItLasts) {  // S001
  const std::string ticket = to_string(ours_.ticket);
  const Answer noted =
      ask("agent", Method::post, "/tickets/" + ticket + "/calls",
          R"({"seconds":61,"number":"+49 30 1","note":"Waits","result":"answered"})");
  ASSERT_EQ(noted.status, 201) << noted.body;
  EXPECT_EQ(noted.at("thread.call.seconds"), "61");
  EXPECT_EQ(noted.at("thread.is_private"), "true");
  const Answer made = ask(
      "agent", Method::post, "/calls",
      R"({"subject":"Router","department":")" + to_string(ours_.support) + R"(","note":"New"})");
  EXPECT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(ask("agent", Method::post, "/calls", R"({"note":"x"})").status, 422);
  EXPECT_EQ(ask("agent", Method::get, "/calls/ongoing").body, R"({"calls":[]})");
}

}  // namespace
}  // namespace tandem::test
