#include <gmock/gmock.h>

#include "access/agents.h"
#include "access/roles.h"
#include "api/crm/routes.h"
#include "api/crm/watch_payload.h"
#include "crm/watches/watch_feed.h"
#include "crm/watches/watch_sending.h"
#include "tests/api/sales_portal.h"
#include "tests/support/scripted_http.h"

// Notifications of the CRM and Bigin dialects: docs/api/crm.md.

namespace tandem::test {
namespace {

using crm::Edition;
using http::Method;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class CrmWatch : public testing::TestWithParam<Edition> {
 protected:
  void SetUp() override {
    crm::add_watch_jobs(worker_, portal_.program().database(), portal_.program().applications(),
                        api::crm_dialect::watch_face(portal_.services()), {.timeout_ms = 400});
  }
  Answer watch(Method method, const std::string& items) {
    return portal_.call(edition_, method, "/actions/watch", R"({"watch":[)" + items + "]}");
  }
  /// {"channel_id":"10000","events":[…],"notify_url":…} and what else the item says.
  std::string item(const std::string& events, const std::string& more = "") {
    return R"({"channel_id":"10000","events":)" + events + R"(,"notify_url":")" +
           http_.url("/hook") + "\"" + more + "}";
  }
  Answer list(const std::string& query = "") {
    return portal_.call(edition_, Method::get, "/actions/watch" + query);
  }
  Answer call_as(const std::string& token, Method method, const std::string& body = "") {
    http::Request request;
    request.method = method;
    request.path = base() + "/actions/watch";
    request.body = body;
    request.headers = {{"Authorization", "Zoho-oauthtoken " + token}};
    return portal_.send(std::move(request));
  }
  std::string base() const { return edition_ == Edition::crm ? "/crm/v8" : "/bigin/v2"; }
  std::string service() const { return edition_ == Edition::crm ? "ZohoCRM" : "ZohoBigin"; }
  std::string contact(const std::string& name) {
    return portal_.made(edition_, "Contacts", R"({"Last_Name":")" + name + "\"}");
  }
  /// What changed is taken up and sent; the bodies that were heard so far.
  std::vector<Json> heard() {
    feed_.take_news();
    worker_.run_due();
    std::vector<Json> bodies;
    for (const std::string& raw : http_.requests())
      bodies.push_back(*json_from_text(raw.substr(raw.find("\r\n\r\n") + 4)));
    return bodies;
  }

  Edition edition_ = GetParam();
  SalesPortal portal_;
  ScriptedHttp http_;
  jobs::Worker worker_{portal_.program().database(), 1, 7};
  deliveries::ChangeFeed feed_{
      portal_.program().database(),
      crm::watch_feed_reader(portal_.program().applications(),
                             api::crm_dialect::watch_face(portal_.services()))};
};

INSTANTIATE_TEST_SUITE_P(Editions, CrmWatch, testing::Values(Edition::crm, Edition::bigin),
                         [](const auto& one) { return std::string(crm::word(one.param)); });

TEST_P(CrmWatch, AChannelIsMadeAndTellsWhatChanged) {
  const Answer made = watch(Method::post, item(R"(["contacts.ALL"])", R"(,"token":"secret",
      "return_affected_field_values":true,"notify_on_related_action":false)"));
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.at("watch.0.code"), "SUCCESS");
  EXPECT_EQ(made.at("watch.0.status"), "success");
  const std::string uri = "http://sales.example" + base() + "/Contacts";
  EXPECT_EQ(made.at("watch.0.details.events.0.resource_uri"), uri);
  EXPECT_EQ(made.at("watch.0.details.events.0.resource_name"), "Contacts");
  EXPECT_EQ(made.at("watch.0.details.events.0.channel_id"), "10000");
  EXPECT_EQ(made.at("watch.0.details.events.0.channel_expiry"), "2026-03-02T10:00:00+00:00");
  const std::string kay = contact("Kay");
  portal_.call(edition_, Method::put, "/Contacts/" + kay,
               R"({"data":[{"Email":"kay@orchid.example","Mailing_City":"Kyoto"}]})");
  portal_.call(edition_, Method::del, "/Contacts/" + kay);
  const std::vector<Json> bodies = heard();
  ASSERT_THAT(bodies, SizeIs(3));
  EXPECT_EQ(text_of(bodies[0], "operation"), "insert");
  EXPECT_EQ(bodies[0].at("affected_fields"), Json(JsonArray()));
  EXPECT_EQ(bodies[0].at("affected_values").at(0).at("values").at("Last_Name"), Json("Kay"));
  EXPECT_EQ(bodies[1], *json_from_text(R"({"server_time":1772442000000,"query_params":{},
      "module":"Contacts","resource_uri":")" +
                                       uri + R"(","ids":[")" + kay + R"("],
      "affected_fields":[{")" + kay + R"(":["Email","Mailing_City"]}],"operation":"update",
      "channel_id":"10000","token":"secret","affected_values":[{"record_id":")" +
                                       kay + R"(",
      "values":{"Email":"kay@orchid.example","Mailing_City":"Kyoto"}}]})"))
      << json_to_text(bodies[1]);
  EXPECT_EQ(text_of(bodies[2], "operation"), "delete");
  EXPECT_EQ(bodies[2].at("ids"), *json_from_text("[\"" + kay + "\"]"));
}

TEST_P(CrmWatch, LinksArriveAsTheRecordsShowThem) {
  const std::string orchid = portal_.made(edition_, "Accounts", R"({"Account_Name":"Orchid"})");
  const std::string kay = contact("Kay");
  ASSERT_EQ(
      watch(Method::post, item(R"(["Contacts.edit"])", R"(,"return_affected_field_values":"true")"))
          .status,
      201);
  portal_.call(edition_, Method::put, "/Contacts/" + kay,
               R"({"data":[{"Account_Name":{"id":")" + orchid + R"("}}]})");
  const std::vector<Json> bodies = heard();
  ASSERT_THAT(bodies, SizeIs(1));
  const Json& values = bodies[0].at("affected_values").at(0).at("values");
  EXPECT_EQ(text_of(values.at("Account_Name"), "id"), orchid);
  EXPECT_EQ(text_of(values.at("Account_Name"), "name"), "Orchid");
}

TEST_P(CrmWatch, WhatCameWithTheAddressComesBack) {
  ASSERT_EQ(
      watch(Method::post, R"({"channel_id":7,"events":["Contacts.create"],"notify_url":")" +
                              http_.url("/hook?key1=val1&auth=Zoho-oauthtoken 1000.x") + "\"}")
          .status,
      201);
  contact("Kay");
  const std::vector<Json> bodies = heard();
  ASSERT_THAT(bodies, SizeIs(1));
  EXPECT_EQ(bodies[0].at("query_params"),
            *json_from_text(R"({"key1":"val1","auth":"Zoho-oauthtoken 1000.x"})"));
  EXPECT_EQ(text_of(bodies[0], "channel_id"), "7") << "a number is the same channel";
  EXPECT_TRUE(bodies[0].at("token").is_null());
  EXPECT_EQ(find(bodies[0], "affected_values"), nullptr);
  EXPECT_THAT(http_.requests()[0],
              HasSubstr("POST /hook?key1=val1&auth=Zoho-oauthtoken%201000.x "));
}

TEST_P(CrmWatch, ChannelsAreListedByModule) {
  EXPECT_EQ(list().status, 204);
  ASSERT_EQ(watch(Method::post, item(R"(["Contacts.create","Contacts.edit","accounts.all"])",
                                     R"(,"channel_expiry":"2026-03-04T09:00:00+05:30")"))
                .status,
            201);
  const Answer all = list();
  ASSERT_EQ(all.status, 200) << all.body;
  EXPECT_EQ(all.at("info.count"), "2");
  EXPECT_EQ(all.at("watch.0.resource_name"), "Accounts");
  EXPECT_EQ(all.at("watch.0.events.2"), "Accounts.delete");
  EXPECT_EQ(all.at("watch.1.events.0"), "Contacts.create");
  EXPECT_EQ(all.at("watch.1.events.1"), "Contacts.edit");
  EXPECT_EQ(all.at("watch.1.channel_expiry"), "2026-03-04T03:30:00+00:00");
  EXPECT_EQ(all.at("watch.1.notify_url"), http_.url("/hook"));
  EXPECT_TRUE(all.json.at("watch").at(1).at("notification_condition").is_null());
  EXPECT_EQ(list("?module=CONTACTS").at("info.count"), "1");
  EXPECT_EQ(list("?channel_id=10000&per_page=1").at("info.more_records"), "true");
  EXPECT_EQ(list("?channel_id=5").status, 204);
  EXPECT_EQ(list("?module=Bicycles").at("code"), "INVALID_DATA");
}

TEST_P(CrmWatch, PutReplacesAWholeChannel) {
  const Answer none = watch(Method::put, item(R"(["Contacts.edit"])"));
  EXPECT_EQ(none.status, 400);
  EXPECT_EQ(none.at("watch.0.code"), "NOT_SUBSCRIBED");
  EXPECT_EQ(none.at("watch.0.details.json_path"), "$.watch[0].channel_id");
  watch(Method::post, item(R"(["Contacts.all","Accounts.all"])", R"(,"token":"before")"));
  EXPECT_EQ(watch(Method::put, item(R"(["Contacts.edit","Products.edit"])")).status, 200);
  const Answer all = list();
  EXPECT_EQ(all.at("info.count"), "2");
  EXPECT_EQ(all.at("watch.0.events.0"), "Contacts.edit");
  EXPECT_EQ(all.at("watch.0.events.1"), "");
  EXPECT_EQ(all.at("watch.0.token"), "null") << "what is not named goes";
  EXPECT_EQ(all.at("watch.1.resource_name"), "Products");
}

TEST_P(CrmWatch, PatchChangesWhatItNames) {
  watch(Method::post, item(R"(["Contacts.edit"])", R"(,"token":"before")"));
  EXPECT_EQ(
      watch(Method::patch, R"({"channel_id":10000,"events":["Contacts.delete","Tasks.create"]})")
          .at("watch.0.message"),
      "Successfully updated the subscribe details");
  EXPECT_EQ(watch(Method::patch, R"({"channel_id":10000,"token":"after"})").status, 200);
  Answer all = list();
  EXPECT_EQ(all.at("watch.0.events.0"), "Contacts.edit");
  EXPECT_EQ(all.at("watch.0.events.1"), "Contacts.delete");
  EXPECT_EQ(all.at("watch.0.token"), "after");
  EXPECT_EQ(all.at("watch.1.resource_name"), "Tasks");
  EXPECT_EQ(all.at("watch.1.token"), "after");
  const Answer less = watch(
      Method::patch,
      R"({"channel_id":"10000","events":["Contacts.edit","Tasks.all"],"_delete_events":true})");
  EXPECT_EQ(less.status, 200) << less.body;
  EXPECT_EQ(less.at("watch.0.message"), "Successfully removed the subscribe details");
  all = list();
  EXPECT_EQ(all.at("info.count"), "1");
  EXPECT_EQ(all.at("watch.0.events.0"), "Contacts.delete");
  EXPECT_EQ(
      watch(Method::patch, R"({"channel_id":"10000","events":["Tasks.all"],"_delete_events":true})")
          .at("watch.0.code"),
      "NOT_SUBSCRIBED");
}

TEST_P(CrmWatch, ChannelsAreEndedByTheirIds) {
  watch(Method::post, item(R"(["Contacts.all","Accounts.all"])"));
  const Answer ended =
      portal_.call(edition_, Method::del, "/actions/watch?channel_ids=10000,20000");
  EXPECT_EQ(ended.status, 207) << ended.body;
  EXPECT_EQ(ended.at("watch.0.message"), "Successfully un-subscribed from actions-watch");
  EXPECT_EQ(ended.at("watch.0.details.channel_id"), "10000");
  EXPECT_EQ(ended.at("watch.1.details.resource_uri"),
            "http://sales.example" + base() + "/Contacts");
  EXPECT_EQ(ended.at("watch.2.code"), "NOT_SUBSCRIBED");
  EXPECT_EQ(list().status, 204);
  contact("Kay");
  EXPECT_THAT(heard(), IsEmpty());
  EXPECT_EQ(portal_.call(edition_, Method::del, "/actions/watch").at("code"),
            "REQUIRED_PARAM_MISSING");
}

TEST_P(CrmWatch, ItemsStandForThemselves) {
  const Answer mixed =
      watch(Method::post, item(R"(["Contacts.all"])") + R"(,{"events":["Contacts.all"]},5)");
  EXPECT_EQ(mixed.status, 207) << mixed.body;
  EXPECT_EQ(mixed.at("watch.0.code"), "SUCCESS");
  EXPECT_EQ(mixed.at("watch.1.code"), "MANDATORY_NOT_FOUND");
  EXPECT_EQ(mixed.at("watch.1.details.json_path"), "$.watch[1].channel_id");
  EXPECT_EQ(mixed.at("watch.2.code"), "INVALID_DATA");
  EXPECT_EQ(watch(Method::post, "").at("code"), "MANDATORY_NOT_FOUND");
}

TEST_P(CrmWatch, AConditionIsKeptAndMet) {
  const std::string condition =
      R"("notification_condition":[{"type":"field_selection","module":{"api_name":"contacts"},
         "field_selection":{"group_operator":"or","group":[{"field":{"api_name":"email"}},
         {"group_operator":"and","group":[{"field":{"api_name":"Phone"}},
         {"field":{"api_name":"Mobile"}}]}]}}])";
  const Answer made = watch(Method::post, item(R"(["Contacts.edit"])", "," + condition));
  ASSERT_EQ(made.status, 201) << made.body;
  const Answer all = list();
  const std::string path = "watch.0.notification_condition.0.";
  EXPECT_EQ(all.at(path + "module.api_name"), "Contacts");
  EXPECT_EQ(all.at(path + "field_selection.group.0.field.api_name"), "Email");
  EXPECT_EQ(all.at(path + "field_selection.group.1.group_operator"), "and");
  EXPECT_EQ(all.at(path + "field_selection.group.1.group.1.field.api_name"), "Mobile");
  const std::string kay = contact("Kay");
  const auto change = [&](const std::string& fields) {
    portal_.call(edition_, Method::put, "/Contacts/" + kay, R"({"data":[{)" + fields + "}]}");
    return heard().size();
  };
  EXPECT_EQ(change(R"("Phone":"+4930123456")"), 0U);
  EXPECT_EQ(change(R"("Phone":"+4930123457","Mobile":"+49170123456")"), 1U);
  EXPECT_EQ(change(R"("Email":"kay@orchid.example")"), 2U);
  watch(Method::patch, R"({"channel_id":10000,"notification_condition":null})");
  EXPECT_EQ(change(R"("Phone":"+4930123458")"), 3U);
}

TEST_P(CrmWatch, WhatIsWrongIsNamedWithItsPlace) {
  struct Case {
    std::string more;
    std::string code;
    std::string api_name;
    std::string path;  // below $.watch[0].
  };
  const std::string begin = R"("notification_condition":[{"type":"field_selection",)";
  const std::string contacts = begin + R"("module":{"api_name":"Contacts"},"field_selection":)";
  const std::string place = "notification_condition[0].";
  const std::vector<Case> cases{
      {R"("channel_id":"ten")", "INVALID_DATA", "channel_id", ""},
      {R"("channel_id":-5)", "INVALID_DATA", "channel_id", ""},
      {R"("notify_url":null)", "MANDATORY_NOT_FOUND", "notify_url", ""},
      {R"("notify_url":"hook")", "INVALID_DATA", "notify_url", ""},
      {R"("notify_url":5)", "INVALID_DATA", "notify_url", ""},
      {R"("events":null)", "MANDATORY_NOT_FOUND", "events", ""},
      {R"("events":"Contacts.all")", "INVALID_DATA", "events", ""},
      {R"("events":["Bicycles.all"])", "INVALID_DATA", "events", ""},
      {R"("events":["Contacts.steal"])", "INVALID_DATA", "events", ""},
      {R"("events":["Attachments.all"])", "INVALID_DATA", "events", ""},
      {R"("token":")" + std::string(51, 'x') + "\"", "INVALID_DATA", "token", ""},
      {R"("channel_expiry":"soon")", "INVALID_DATA", "channel_expiry", ""},
      {R"("channel_expiry":"2026-03-01T00:00:00Z")", "INVALID_DATA", "channel_expiry", ""},
      {R"("return_affected_field_values":"perhaps")", "INVALID_DATA",
       "return_affected_field_values", ""},
      {R"("notification_condition":{})", "INVALID_DATA", "notification_condition", ""},
      {R"("notification_condition":[{}])", "MANDATORY_NOT_FOUND", "type", place + "type"},
      {begin + R"("field_selection":{}}])", "MANDATORY_NOT_FOUND", "module", place + "module"},
      {begin + R"("module":{"api_name":"Bicycles"}}])", "INVALID_DATA", "api_name",
       place + "module.api_name"},
      {contacts + R"({}}])", "MANDATORY_NOT_FOUND", "group_operator",
       place + "field_selection.group_operator"},
      {contacts + R"({"group_operator":"xor"}}])", "INVALID_DATA", "group_operator",
       place + "field_selection.group_operator"},
      {contacts + R"({"group_operator":"or","group":[{"field":{"api_name":"Shoe"}}]}}])",
       "INVALID_DATA", "api_name", place + "field_selection.group[0].field.api_name"},
  };
  for (const Case& one : cases) {
    const Answer answer = watch(Method::post, R"({"channel_id":1,"events":["Contacts.all"],
              "notify_url":"https://hook.example",)" +
                                                  one.more + "}");
    EXPECT_EQ(answer.status, 400) << one.more << answer.body;
    EXPECT_EQ(answer.at("watch.0.code"), one.code) << one.more << answer.body;
    EXPECT_EQ(answer.at("watch.0.details.api_name"), one.api_name) << one.more;
    EXPECT_EQ(answer.at("watch.0.details.json_path"),
              "$.watch[0]." + (one.path.empty() ? one.api_name : one.path));
  }
  EXPECT_EQ(list().status, 204);
}

TEST_P(CrmWatch, ATokenNeedsTheScopeOfNotifications) {
  const std::string body = R"({"watch":[)" +
                           item(R"(["Contacts.all"])", R"(,"return_affected_field_values":true)") +
                           "]}";
  const std::string reader = portal_.token(edition_, {service() + ".notifications.READ"});
  EXPECT_EQ(call_as(reader, Method::get).status, 204);
  EXPECT_EQ(call_as(reader, Method::post, body).at("code"), "OAUTH_SCOPE_MISMATCH");
  const std::string other = portal_.token(edition_, {service() + ".modules.ALL"});
  EXPECT_EQ(call_as(other, Method::get).at("code"), "OAUTH_SCOPE_MISMATCH");
  const std::string writer = portal_.token(edition_, {service() + ".notifications.ALL"});
  EXPECT_EQ(call_as(writer, Method::post, body).at("watch.0.code"), "OAUTH_SCOPE_MISMATCH")
      << "values are read with the scope of the module";
  EXPECT_EQ(
      call_as(writer, Method::post, R"({"watch":[)" + item(R"(["Contacts.all"])") + "]}").status,
      201);
}

TEST_P(CrmWatch, ChannelsOfAColleagueStayTheirs) {
  watch(Method::post, item(R"(["Contacts.all"])"));
  const std::string ben = portal_.firm(edition_).ben.access_token;
  EXPECT_EQ(call_as(ben, Method::get).status, 204);
  EXPECT_EQ(call_as(ben, Method::patch, R"({"watch":[{"channel_id":10000,"token":"mine"}]})")
                .at("watch.0.code"),
            "NOT_SUBSCRIBED");
  EXPECT_EQ(list().at("watch.0.token"), "null");
}

TEST_P(CrmWatch, AnotherFirmIsToldNothing) {
  const SalesPortal::Firm theirs = portal_.add_firm(edition_);
  const std::string body = R"({"watch":[)" + item(R"(["Contacts.all"])") + "]}";
  ASSERT_EQ(call_as(theirs.ada.access_token, Method::post, body).status, 201);
  contact("Kay");
  EXPECT_THAT(heard(), IsEmpty());
}

TEST_P(CrmWatch, WhoMayNotReadAModuleIsRefused) {
  const records::Catalogue& catalogue = *portal_.program().applications().find(crm::word(edition_));
  const SalesPortal::Firm& firm = portal_.firm(edition_);
  const access::Actor system = access::system_actor(catalogue, firm.org, access::Path::system);
  ASSERT_TRUE(portal_.program().database().write([&](db::Transaction& tx) -> Result<access::Agent> {
    access::RoleDraft draft{.name = "Product manager"};
    draft.rights.emplace();
    (*draft.rights)["products"] = access::bit(access::Right::read);
    const access::Role role = TRY(access::create_role(tx, system, draft));
    return access::change_agent(tx, system, firm.ben.agent, {.role_id = role.id});
  }));
  const Answer refused = call_as(
      firm.ben.access_token, Method::post,
      R"({"watch":[)" + item(R"(["Contacts.all"])") + "," + item(R"(["Products.all"])") + "]}");
  EXPECT_EQ(refused.status, 207) << refused.body;
  EXPECT_EQ(refused.at("watch.0.code"), "NO_PERMISSION");
  EXPECT_EQ(refused.at("watch.1.code"), "SUCCESS");
}

TEST_P(CrmWatch, EveryVersionHasChannels) {
  for (const std::string_view version : api::crm_dialect::versions(edition_)) {
    http::Request request;
    request.path =
        "/" + std::string(crm::word(edition_)) + "/" + std::string(version) + "/actions/watch";
    request.headers = {{"Authorization", "Bearer " + portal_.firm(edition_).ada.access_token}};
    EXPECT_EQ(portal_.send(std::move(request)).status, 204) << version;
  }
}

}  // namespace
}  // namespace tandem::test
