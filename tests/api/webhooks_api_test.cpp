#include <gmock/gmock.h>

#include "desk/webhooks/webhooks.h"
#include "records/change_log.h"
#include "records/change_source.h"
#include "tests/api/portal.h"
#include "tests/support/scripted_http.h"

// Webhooks through both faces.

namespace tandem::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr http::Method GET = http::Method::get;
constexpr http::Method POST = http::Method::post;
constexpr http::Method PATCH = http::Method::patch;
constexpr http::Method DEL = http::Method::del;

class WebhookFaces : public ::testing::Test {
 protected:
  WebhookFaces() {
    // The test's receiver is on loopback, as an operator's own might be.
    const_cast<desk::Desk&>(portal_.program().desk()).mail_guard = {};
  }
  const Member& member(const std::string& role) { return portal_.ours().members.at(role); }
  Answer native(http::Method method, const std::string& rest, const std::string& body = "",
                const std::string& role = "administrator") {
    return portal_.native(member(role), method, Portal::desk(portal_.ours(), rest), body);
  }
  Answer dialect(http::Method method, const std::string& rest, const std::string& body = "",
                 const std::string& role = "administrator") {
    return portal_.dialect(member(role), method, rest, body);
  }
  std::string wanted(const std::string& more = "") {
    return R"({"name":"Warehouse","url":")" + http_.url("/hook") +
           R"(","subscriptions":[{"event":"Ticket_Add"}])" + more + "}";
  }
  Portal portal_;
  ScriptedHttp http_;
};

TEST_F(WebhookFaces, AreMadeReadChangedTestedAndRemovedNatively) {
  const Answer made = native(POST, "/webhooks", wanted());
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_THAT(made.at("secret"), HasSubstr("whsec_"));
  EXPECT_EQ(made.at("includes_private"), "false");
  const std::string address = "/webhooks/" + made.at("id");
  EXPECT_THAT(native(GET, "/webhooks").body, Not(HasSubstr("whsec_")));
  EXPECT_EQ(native(GET, address).at("subscriptions.0.event"), "Ticket_Add");
  const Answer changed = native(PATCH, address, R"({"name":"Depot","includes_private":true})");
  EXPECT_EQ(changed.at("name"), "Depot");
  EXPECT_EQ(changed.at("includes_private"), "true");
  EXPECT_EQ(native(PATCH, address, R"({"colour":"red"})").status, 422);
  http_.answers("HTTP/1.1 200 OK", "hello");
  EXPECT_EQ(native(POST, address + "/test").at("answer"), "hello");
  const Answer log = native(GET, address + "/deliveries");
  EXPECT_EQ(log.at("deliveries.0.event"), "Webhook_Test");
  const std::string delivery = address + "/deliveries/" + log.at("deliveries.0.id");
  EXPECT_EQ(native(GET, delivery).at("content.eventType"), "Webhook_Test");
  EXPECT_EQ(native(POST, delivery + "/redeliver").at("state"), "waiting");
  EXPECT_NE(native(POST, address + "/secret").at("secret"), made.at("secret"));
  EXPECT_THAT(native(GET, "/webhook_events").body, HasSubstr("Ticket_Thread_Add"));
  EXPECT_EQ(native(DEL, address).status, 204);
  EXPECT_EQ(native(GET, address).status, 404);
}

TEST_F(WebhookFaces, AreForAdministratorsOfTheirOwnPortalAlone) {
  const std::string id = native(POST, "/webhooks", wanted()).at("id");
  for (const char* const role : {"agent", "light_agent"}) {
    EXPECT_EQ(native(GET, "/webhooks", "", role).status, 403) << role;
    EXPECT_EQ(native(POST, "/webhooks", wanted(), role).status, 403) << role;
    EXPECT_EQ(dialect(GET, "/webhooks", "", role).status, 403) << role;
    EXPECT_EQ(
        dialect(POST, "/webhooks",
                R"({"url":")" + http_.url() + R"(","subscriptions":{"Ticket_Add":null}})", role)
            .status,
        403)
        << role;
  }
  EXPECT_TRUE(http_.requests().empty()) << "who may not subscribe calls no address either";
  const Member& stranger = portal_.theirs().members.at("administrator");
  const std::string theirs = Portal::desk(portal_.theirs(), "/webhooks/" + id);
  for (const char* const rest : {"", "/deliveries"}) {
    EXPECT_EQ(portal_.native(stranger, GET, theirs + rest).status, 404);
  }
  EXPECT_EQ(portal_.native(stranger, POST, theirs + "/test").status, 404);
  EXPECT_EQ(portal_.dialect(stranger, GET, "/webhooks/" + id).status, 404);
  EXPECT_EQ(portal_.dialect(stranger, DEL, "/webhooks/" + id).status, 404);
}

TEST_F(WebhookFaces, SpeakTheWordsOfTheDialect) {
  EXPECT_EQ(dialect(GET, "/webhooks").status, 204);
  const std::string support = to_string(portal_.ours().support);
  const std::string body =
      R"({"url":")" + http_.url("/hook") +
      R"(","includeEventsFrom":["AUTOMATION"],"ignoreSourceId":"a-b-c","subscriptions":{)"
      R"("Ticket_Add":null,"Ticket_Update":{"departmentIds":[")" +
      support +
      R"("],"fields":["assigneeId","status"],"includePrevState":true},)"
      R"("Ticket_Thread_Add":{"direction":"in"}}})";
  const Answer made = dialect(POST, "/webhooks", body);
  ASSERT_EQ(made.status, 200) << made.body;
  EXPECT_THAT(http_.requests().at(0), HasSubstr("GET /hook"));
  EXPECT_EQ(made.at("type"), "CUSTOMER_WEBHOOK");
  EXPECT_EQ(made.at("isEnabled"), "true");
  EXPECT_EQ(made.at("includeEventsFrom.0"), "AUTOMATION");
  EXPECT_EQ(made.at("ignoreSourceId"), "a-b-c");
  EXPECT_EQ(made.at("includePrivateComments"), "false");
  EXPECT_EQ(made.at("subscriptions.Ticket_Update.fields.0"), "assigneeId");
  EXPECT_EQ(made.at("subscriptions.Ticket_Update.departmentIds.0"), support);
  EXPECT_EQ(made.at("subscriptions.Ticket_Thread_Add.direction"), "in");
  EXPECT_THAT(made.at("signingSecret"), HasSubstr("whsec_"));
  const std::string address = "/webhooks/" + made.at("id");
  EXPECT_EQ(dialect(GET, address).at("signingSecret"), "");
  EXPECT_EQ(dialect(PATCH, address, R"({"isEnabled":false})").at("isEnabled"), "false");
  EXPECT_EQ(dialect(GET, "/webhooks").at("data.0.name"),
            "127.0.0.1:" + http_.url("").substr(std::string("http://127.0.0.1:").size()));
  EXPECT_EQ(dialect(DEL, address).status, 204);
  EXPECT_EQ(dialect(GET, address).status, 404);
}

TEST_F(WebhookFaces, AProgramThatNamesItselfIsFoundInWhatItCaused) {
  const RecordId ticket = portal_.ours().ticket;
  http::Request request;
  request.method = PATCH;
  request.path = "/api/v1/tickets/" + to_string(ticket);
  request.headers = {{"Authorization", "Bearer " + member("agent").access_token},
                     {"sourceId", "warehouse-1"}};
  request.body = R"({"priority":"High"})";
  ASSERT_EQ(portal_.send(std::move(request)).status, 200);
  const std::string detail = portal_.program().database().read([&](db::Transaction& tx) {
    return records::history_of(tx, portal_.ours().org, "tickets", ticket, "", 1)
        ->entries.front()
        .detail_json;
  });
  EXPECT_EQ(records::source_in(detail), "warehouse-1");
}

TEST_F(WebhookFaces, RefuseInTheWordsOfTheDialect) {
  const auto refused = [&](const std::string& body) {
    const Answer answer = dialect(POST, "/webhooks", body);
    EXPECT_EQ(answer.status, 422) << body;
    return answer.at("errors.0.fieldName");
  };
  const std::string url = R"("url":")" + http_.url() + R"(")";
  EXPECT_EQ(refused("{" + url + "}"), "/subscriptions");
  EXPECT_EQ(refused(R"({"url":"ftp://x","subscriptions":{"Ticket_Add":null}})"), "/url");
  EXPECT_EQ(refused("{" + url + R"(,"subscriptions":{"Article_Add":null}})"), "/subscriptions");
  EXPECT_EQ(refused("{" + url + R"(,"subscriptions":{"Ticket_Update":{"fields":["x"]}}})"),
            "/subscriptions");
  http_.answers("HTTP/1.1 500 Oops");
  EXPECT_EQ(refused("{" + url + R"(,"subscriptions":{"Ticket_Add":null}})"), "/url");
}

}  // namespace
}  // namespace tandem::test
