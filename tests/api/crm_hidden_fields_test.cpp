#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>

#include "api/crm/routes.h"
#include "api/native/routes.h"
#include "tests/api/sales_portal.h"

// What a role does not read, it reads in no face: each address of the dialects and of the native
// API, generated from the route tables, and each way of asking. Manual, People and roles 2.3.

namespace tandem::test {
namespace {

using crm::Edition;
using http::Method;

/// What stands in hidden fields, or is computed from them: nothing else has these.
constexpr std::array secrets{"3133.7", "3.1337E", "okapi", " 777000", "1971-05-13"};

bool tells_a_secret(const std::string& body) {
  return std::any_of(secrets.begin(), secrets.end(),
                     [&](const char* secret) { return body.find(secret) != std::string::npos; });
}

class CrmHiddenFields : public testing::TestWithParam<Edition> {
 protected:
  CrmHiddenFields() {
    make_records();
    give_ben_a_role(
        R"({"deals":{"amount":"hidden"},"contacts":{"email":"hidden","phone":"hidden","tags":"hidden"},)"
        R"("accounts":{"website":"hidden","billing_city":"hidden"},"tasks":{"due_on":"hidden"}})");
  }

  bool is_crm() const { return GetParam() == Edition::crm; }
  std::string deals() const { return is_crm() ? "Deals" : "Pipelines"; }

  void make_records() {
    ids_["Accounts"] = portal_.made(
        GetParam(), "Accounts",
        R"({"Account_Name":"Haus","Website":"https://okapi.example","Billing_City":"okapi"})");
    ids_["Contacts"] = portal_.made(
        GetParam(), "Contacts",
        R"({"Last_Name":"Silva","Email":"a@okapi.example","Phone":"+49 777000","Tag":[{"name":"okapi"}],)"
        R"("Account_Name":{"id":")" +
            ids_["Accounts"] + R"("}})");
    ids_[deals()] = portal_.made(
        GetParam(), deals(),
        R"({"Deal_Name":"Lamps","Amount":3133.7,"Closing_Date":"2026-04-01","Probability":100,)"
        R"("Contact_Name":{"id":")" +
            ids_["Contacts"] + R"("},"Account_Name":{"id":")" + ids_["Accounts"] + R"("}})");
    ids_["Tasks"] =
        portal_.made(GetParam(), "Tasks", R"({"Subject":"Call","Due_Date":"1971-05-13"})");
    ids_["Notes"] = portal_.made(
        GetParam(), "Notes",
        R"({"Note_Content":"said","Parent_Id":{"module":{"api_name":"Contacts"},"id":")" +
            ids_["Contacts"] + R"("}})");
    ids_["tag"] =
        portal_.call(GetParam(), Method::get, "/settings/tags?module=Contacts").at("tags.0.id");
  }

  void give_ben_a_role(const std::string& fields) {
    std::string rights;
    for (const char* module : {"deals", "contacts", "accounts", "tasks", "notes", "attachments",
                               "calls", "events", "products", "pipelines", "stages"})
      rights += std::string(rights.empty() ? "" : ",") + "\"" + module +
                R"(":["read","create","update","delete","restore","bulk","export"])";
    const Answer role = portal_.native(
        firm_.ada, Method::post, SalesPortal::face(GetParam(), firm_, "/roles"),
        R"({"name":"Clerk )" + std::to_string(++roles_) + R"(","rights":{)" + rights +
            R"(},"fields":)" + fields + R"(,"duties":["manage_people","manage_fields"]})");
    ASSERT_EQ(role.status, 201) << role.body;
    const Answer given = portal_.native(
        firm_.ada, Method::patch,
        SalesPortal::face(GetParam(), firm_, "/people/" + to_string(firm_.ben.agent)),
        R"({"role_id":")" + role.at("id") + R"("})");
    ASSERT_EQ(given.status, 200) << given.body;
  }

  Answer call(Method method, const std::string& address, const std::string& body = "") {
    http::Request request;
    request.method = method;
    request.path = (is_crm() ? "/crm/v8" : "/bigin/v2") + address;
    request.body = body;
    request.headers = {{"Authorization", "Zoho-oauthtoken " + firm_.ben.access_token}};
    return portal_.send(std::move(request));
  }
  Answer get(const std::string& address) { return call(Method::get, address); }
  Answer coql(const std::string& query) {
    JsonWriter json;
    json.begin_object().string("select_query", query).end_object();
    return call(Method::post, "/coql", json.take());
  }
  Answer native(Method method, const std::string& rest, const std::string& body = "") {
    return portal_.native(firm_.ben, method, SalesPortal::face(GetParam(), firm_, rest), body);
  }

  static void put(std::string& pattern, const std::string& parameter, const std::string& value) {
    const size_t at = pattern.find(parameter);
    if (at != std::string::npos) pattern.replace(at, parameter.size(), value);
  }
  /// Every parameter of the route table has a value here; one without fails below.
  std::string filled(std::string pattern, const std::string& module) {
    put(pattern, "{id}",
        pattern.starts_with("/settings/tags/") ? ids_["tag"]
        : pattern.starts_with("/users/")       ? to_string(firm_.ben.agent)
        : pattern.starts_with("/settings/")    ? "1"
                                               : ids_[module]);
    put(pattern, "{module}", module);
    put(pattern, "{list}", module == "Accounts" ? "Contacts" : "Notes");
    put(pattern, "{related}", ids_[module == "Accounts" ? "Contacts" : "Notes"]);
    return pattern;
  }

  SalesPortal portal_;
  SalesPortal::Firm& firm_ = portal_.firm(GetParam());
  std::map<std::string, std::string> ids_;
  int roles_ = 0;
};

INSTANTIATE_TEST_SUITE_P(Editions, CrmHiddenFields, testing::Values(Edition::crm, Edition::bigin),
                         [](const auto& one) { return std::string(crm::word(one.param)); });

TEST_P(CrmHiddenFields, NoAddressOfTheDialectShowsWhatIsHidden) {
  ASSERT_TRUE(tells_a_secret(portal_.call(GetParam(), Method::get, "/" + deals()).body))
      << "who may read it does";
  const std::vector<std::string> queries{"?module=Contacts",
                                         "?per_page=5&sort_by=Modified_Time",
                                         "?criteria=(id:greater_than:1)",
                                         "?word=okapi",
                                         "?email=a@okapi.example",
                                         "?fields=Amount,Expected_Revenue,Email,Website,Tag"};
  // Reading first: what is written and deleted after that is gone.
  for (const Method method : {Method::get, Method::post, Method::put, Method::del}) {
    for (const api::crm_dialect::Route& route : api::crm_dialect::routes()) {
      if (route.method != method) continue;
      if (route.offer == api::crm_dialect::Offer::crm_only && !is_crm()) continue;
      for (const std::string& module :
           {std::string("Accounts"), std::string("Contacts"), deals(), std::string("Tasks")}) {
        const std::string address = filled(std::string(route.pattern), module);
        ASSERT_EQ(address.find('{'), std::string::npos) << address << " has no row in filled()";
        for (const std::string& query : queries) {
          const std::string body = R"({"data":[{"id":")" + ids_[module] +
                                   R"(","Description":"x"}],"ids":[")" + ids_[module] +
                                   R"("],"tags":[{"name":"x"}],"owner":{"id":")" +
                                   to_string(firm_.ben.agent) + R"("}})";
          const Answer answer = call(method, address + query, body);
          const std::string what = std::string(http::word(method)) + " " + address + query;
          EXPECT_FALSE(tells_a_secret(answer.body)) << what << " " << answer.body;
          EXPECT_LT(answer.status, 500) << what << " " << answer.body;
        }
      }
    }
  }
}

TEST_P(CrmHiddenFields, NoNativeAddressShowsWhatIsHidden) {
  const api::native::Application& application =
      is_crm() ? api::native::crm_application() : api::native::bigin_application();
  const std::map<std::string, std::string> words{
      {"accounts", "Accounts"}, {"contacts", "Contacts"}, {"deals", deals()}, {"tasks", "Tasks"}};
  for (const Method method : {Method::get, Method::post, Method::put, Method::patch, Method::del}) {
    for (const api::native::Route& route : api::native::routes_of(application)) {
      if (route.method != method || route.pattern == "/changes") continue;
      for (const auto& [module, word] : words) {
        std::string rest(route.pattern);
        const bool is_settings =
            rest.starts_with("/people") || rest.starts_with("/roles") || rest.starts_with("/oauth");
        put(rest, "{id}", is_settings ? "1" : ids_[word]);
        put(rest, "{module}", module);
        put(rest, "{name}", "floor");
        put(rest, "{attachment}", "1");
        put(rest, "{list}", "products");
        put(rest, "{other}", ids_["Contacts"]);
        put(rest, "{stage}", "1");
        put(rest, "{merge}", "1");
        ASSERT_EQ(rest.find('{'), std::string::npos) << rest << " has no row here";
        for (const std::string& query : std::vector<std::string>{
                 "?q=okapi", "?module=" + module, "?words=okapi", "?count=1&sort=-updated_at"}) {
          const Answer answer = native(method, rest + query, "{}");
          const std::string what = std::string(http::word(method)) + " " + rest + query;
          EXPECT_FALSE(tells_a_secret(answer.body)) << what << " " << answer.body;
          EXPECT_LT(answer.status, 500) << what << " " << answer.body;
        }
      }
    }
  }
}

TEST_P(CrmHiddenFields, NothingIsAskedOrOrderedByWhatIsHidden) {
  for (const std::string& address :
       {"/" + deals() + "?sort_by=Amount",
        "/" + deals() + "/search?criteria=(Amount:greater_than:1)",
        "/" + deals() + "/search?criteria=(Expected_Revenue:greater_than:1)",
        "/" + deals() + "/actions/count?criteria=(Amount:equals:3133.7)",
        std::string("/Contacts/search?criteria=(Email:starts_with:a)"),
        std::string("/Contacts/search?criteria=(Account_Name.Website:contains:okapi)"),
        std::string("/Contacts/actions/count?criteria=(Tag:equals:okapi)")}) {
    const Answer answer = get(address);
    EXPECT_EQ(answer.status, 400) << address << " " << answer.body;
    EXPECT_EQ(answer.at("code"), "INVALID_DATA") << address;
  }
  EXPECT_EQ(get("/Contacts/search?email=a@okapi.example").status, 204);
  EXPECT_EQ(get("/Contacts/search?phone=+49 777000").status, 204);
  EXPECT_EQ(get("/Contacts/search?word=okapi").status, 204);
  EXPECT_EQ(get("/settings/tags?module=Contacts").status, 204);
  for (const std::string rest :
       {R"(/deals?filter={"field":"amount","at_least":"1"})",
        R"(/deals?filter={"field":"expected_revenue","is_empty":true})", "/deals?sort=amount",
        R"(/deals/board?filter={"any_of":[{"field":"expected_revenue","at_least":"1"}]})"})
    EXPECT_EQ(native(Method::get, rest).status, 422) << rest;
}

TEST_P(CrmHiddenFields, CoqlNeitherSelectsNorAsksWhatIsHidden) {
  const std::string rest = " from " + deals() + " where id is not null";
  for (const std::string& query :
       {"select Amount" + rest, "select Expected_Revenue as n" + rest, "select sum(Amount)" + rest,
        "select max(Expected_Revenue)" + rest, "select count(Amount)" + rest,
        "select id" + rest + " order by Amount",
        "select id" + rest + " order by Expected_Revenue, id",
        "select count(id)" + rest + " group by Amount",
        "select id from " + deals() + " where Amount > 1",
        "select id from " + deals() + " where Expected_Revenue is null",
        "select id from " + deals() + " where Contact_Name.Email like 'a%'",
        "select id from " + deals() + " where Contact_Name.Account_Name.Website is not null",
        "select Contact_Name.Phone" + rest,
        "select Contact_Name.Account_Name.Billing_City" + rest}) {
    const Answer answer = coql(query);
    EXPECT_EQ(answer.at("code"), "INVALID_QUERY") << query << " " << answer.body;
    EXPECT_EQ(answer.at("details.reason"), "invalid_column") << query << ": as what is not there";
  }
  EXPECT_EQ(coql("select Deal_Name, Contact_Name.Last_Name" + rest).status, 200);
}

TEST_P(CrmHiddenFields, NothingIsLearnedByWriting) {
  const Answer upserted = call(Method::post, "/Contacts/upsert",
                               R"({"data":[{"Last_Name":"Other","Email":"a@okapi.example"}],)"
                               R"("duplicate_check_fields":["Email"]})");
  EXPECT_EQ(upserted.status, 400) << upserted.body;
  EXPECT_EQ(upserted.body.find(ids_["Contacts"]), std::string::npos) << upserted.body;
  const Answer cloned = call(Method::post, "/" + deals() + "/" + ids_[deals()] + "/actions/clone");
  ASSERT_EQ(cloned.status, 201) << cloned.body;
  const Answer copy =
      portal_.call(GetParam(), Method::get, "/" + deals() + "/" + cloned.at("data.0.details.id"));
  EXPECT_EQ(copy.at("data.0.Amount"), "null") << "a copy holds what its maker reads";
}

TEST_P(CrmHiddenFields, WhatIsComputedOpensWithItsSources) {
  EXPECT_EQ(get("/" + deals()).body.find("Expected_Revenue"), std::string::npos);
  give_ben_a_role(R"({"deals":{"probability":"hidden"}})");
  EXPECT_EQ(get("/" + deals()).at("data.0.Amount"), "3.1337E3");
  EXPECT_EQ(get("/" + deals()).body.find("Expected_Revenue"), std::string::npos);
  give_ben_a_role(R"({"deals":{"next_step":"hidden"}})");
  EXPECT_EQ(get("/" + deals()).at("data.0.Expected_Revenue"), "3.1337E3");
}

TEST_P(CrmHiddenFields, ABoardTellsNobodyTheStageWhoDoesNotReadIt) {
  EXPECT_EQ(native(Method::get, "/deals/board").at("columns.0.amount"), "null");
  EXPECT_EQ(native(Method::get, "/deals/board").at("columns.0.expected_revenue"), "null");
  give_ben_a_role(R"({"deals":{"stage":"hidden"}})");
  EXPECT_EQ(native(Method::get, "/deals/board").status, 422);
  EXPECT_EQ(get("/" + deals()).body.find("Stage"), std::string::npos)
      << "neither what is computed from it";
}

TEST_P(CrmHiddenFields, ALinkTellsNothingOfARecordWhoseModuleIsNotRead) {
  const Answer role =
      portal_.native(firm_.ada, Method::post, SalesPortal::face(GetParam(), firm_, "/roles"),
                     R"({"name":"Guest","rights":{"contacts":["read"]}})");
  ASSERT_EQ(role.status, 201) << role.body;
  const Answer given =
      portal_.native(firm_.ada, Method::patch,
                     SalesPortal::face(GetParam(), firm_, "/people/" + to_string(firm_.ben.agent)),
                     R"({"role_id":")" + role.at("id") + R"("})");
  ASSERT_EQ(given.status, 200) << given.body;
  const std::string from = "select Last_Name from Contacts where ";
  EXPECT_EQ(coql(from + "Account_Name = 'Haus'").status, 200) << "its name shows with the link";
  EXPECT_EQ(coql(from + "Account_Name.Account_Name = 'Haus'").at("code"), "NO_PERMISSION");
  EXPECT_EQ(coql(from + "Account_Name.Website like 'https%'").at("code"), "NO_PERMISSION");
  EXPECT_EQ(get("/Contacts/search?criteria=(Account_Name.Phone:equals:${EMPTY})").at("code"),
            "NO_PERMISSION");
  EXPECT_EQ(coql("select Account_Name.Website from Contacts where id is not null").at("code"),
            "NO_PERMISSION");
  EXPECT_EQ(coql("select id from Accounts where id is not null").at("code"), "NO_PERMISSION");
}

TEST_P(CrmHiddenFields, ARoleMayBeGivenByWhoHoldsIt) {
  const Answer same =
      native(Method::post, "/roles",
             R"({"name":"Clerk too","rights":{"deals":["read"]},"fields":{"deals":)"
             R"({"amount":"hidden"},"contacts":{"email":"hidden","phone":"hidden",)"
             R"("tags":"hidden"},"accounts":{"website":"hidden","billing_city":"hidden"},)"
             R"("tasks":{"due_on":"hidden"}}})");
  EXPECT_EQ(same.status, 201) << same.body << ": what is computed is hidden from both";
  const Answer more =
      native(Method::post, "/roles", R"({"name":"More","rights":{"deals":["read"]}})");
  EXPECT_EQ(more.at("error.code"), "more_than_own") << more.body;
}

}  // namespace
}  // namespace tandem::test
