#include <gtest/gtest.h>

#include "api/crm/routes.h"
#include "tests/api/sales_portal.h"

// Every address of the CRM and Bigin dialects × ids of another firm. Generated from the route
// table, so that a new address is tried the day it is added.

namespace tandem::test {
namespace {

using crm::Edition;
using http::Method;

constexpr const char* secret_word = "quokka";

class CrmLeaks : public testing::TestWithParam<Edition> {
 protected:
  Edition edition_ = GetParam();
  SalesPortal portal_;
  SalesPortal::Firm theirs_ = portal_.add_firm(edition_);
  std::map<std::string, std::string> ids_ = strangers();

  Answer call(const SalesPortal::Firm& firm, Method method, const std::string& address,
              const std::string& body = "") {
    return call_as(firm.ada, method, address, body);
  }
  Answer call_as(const SalesPortal::Seller& seller, Method method, const std::string& address,
                 const std::string& body, const std::string& org = "") {
    http::Request request;
    request.method = method;
    request.path = (edition_ == Edition::crm ? "/crm/v8" : "/bigin/v2") + address;
    request.body = body;
    request.headers = {{"Authorization", "Zoho-oauthtoken " + seller.access_token}};
    if (!org.empty()) request.headers.emplace_back("X-CRM-ORG", org);
    return portal_.send(std::move(request));
  }
  void keep(std::map<std::string, std::string>& ids, const std::string& module,
            const std::string& item) {
    const Answer made = call(theirs_, Method::post, "/" + module, R"({"data":[)" + item + "]}");
    EXPECT_EQ(made.status, 201) << made.body;
    ids[module] = made.at("data.0.details.id");
  }
  static std::string watch_body(const std::string& token) {
    return R"({"watch":[{"channel_id":"4711","events":["Contacts.all"],"token":")" + token +
           R"(","notify_url":"https://hook.example/"}]})";
  }
  std::map<std::string, std::string> strangers() {
    std::map<std::string, std::string> ids;
    const std::string word = secret_word;
    const std::string tag = R"(,"Tag":[{"name":"quokka"}]})";
    keep(ids, "Accounts", R"({"Account_Name":")" + word + "\"" + tag);
    keep(
        ids, "Contacts",
        R"({"Last_Name":")" + word + R"(","Account_Name":{"id":")" + ids["Accounts"] + "\"}" + tag);
    keep(ids, "Tasks", R"({"Subject":")" + word + R"(","Due_Date":"2026-03-05")" + tag);
    keep(ids, "Notes",
         R"({"Note_Content":")" + word +
             R"(","Parent_Id":{"module":{"api_name":"Contacts"},"id":")" + ids["Contacts"] +
             "\"}}");
    keep(ids, "Products", R"({"Product_Name":")" + word + "\"" + tag);
    const Answer joined =
        call(theirs_, Method::put, "/Contacts/" + ids["Contacts"] + "/Products/" + ids["Products"],
             R"({"data":[{}]})");
    EXPECT_EQ(joined.status, 200) << joined.body;
    const Answer tags = call(theirs_, Method::get, "/settings/tags?module=Contacts");
    ids["tag"] = tags.at("tags.0.id");
    const Answer view = portal_.native(
        theirs_.ada, Method::post, SalesPortal::face(edition_, theirs_, "/contacts/views"),
        R"({"name":"quokka","filter":{},"audience":{"kind":"everybody"}})");
    EXPECT_EQ(view.status, 201) << view.body;
    ids["view"] = view.at("id");
    if (edition_ == Edition::crm) {
      const Answer role = call(theirs_, Method::post, "/Contacts/roles",
                               R"({"contact_roles":[{"name":"quokka"}]})");
      EXPECT_EQ(role.status, 201) << role.body;
      ids["role"] = role.at("contact_roles.0.details.id");
    }
    const Answer channel = call(theirs_, Method::post, "/actions/watch", watch_body(word));
    EXPECT_EQ(channel.status, 201) << channel.body;
    return ids;
  }
  /// A list of the module and a record that stands in it, each with its own.
  struct InList {
    std::string list;
    std::string related;
  };
  InList in_list_of(const std::string& module) const {
    if (module == "Contacts") return {"Notes", ids_.at("Notes")};
    if (module == "Products") return {"Contacts", ids_.at("Contacts")};
    if (module == "Accounts") return {"Products", ids_.at("Products")};
    return {"Contacts", ids_.at("Contacts")};
  }
  std::string filled(std::string pattern, const std::string& module) const {
    const bool is_of_tags = pattern.starts_with("/settings/tags/");
    const bool is_of_views = pattern.starts_with("/settings/custom_views/");
    const bool is_of_roles = pattern.starts_with("/{module}/roles/");
    const auto put = [&](const std::string& parameter, const std::string& value) {
      const size_t at = pattern.find(parameter);
      if (at != std::string::npos) pattern.replace(at, parameter.size(), value);
    };
    put("{module}", module);
    put("{id}", is_of_tags    ? ids_.at("tag")
                : is_of_views ? ids_.at("view")
                : is_of_roles ? ids_.at("role")
                              : ids_.at(module));
    put("{list}", in_list_of(module).list);
    put("{related}", in_list_of(module).related);
    return pattern;
  }
  /// A body that names their records wherever a body may.
  std::string foreign_body(const std::string& module) const {
    const std::string id = R"({"id":")" + ids_.at(module) + R"("})";
    return R"({"watch":[{"channel_id":"4711","token":"x","events":["Contacts.all"],
            "notify_url":"https://hook.example/"}],"data":[{"id":")" +
           ids_.at(module) + R"(","Last_Name":"x","Account_Name":)" + id + R"(}],"ids":[")" +
           ids_.at(module) +
           R"("],"contact_roles":[{"id":"4711","name":"Works council"}],"tags":[{"id":")" +
           ids_.at("tag") + R"(","name":"x","conflict_id":")" + ids_.at("tag") +
           R"("}],"owner":{"id":")" + to_string(theirs_.ada.agent) +
           R"("},"select_query":"select id, Last_Name from Contacts where id = ')" +
           ids_.at("Contacts") + R"('"})";
  }
  std::string all_of_theirs() {
    std::string all;
    for (const std::string module : {"Accounts", "Contacts", "Products", "Tasks", "Notes"})
      all += call(theirs_, Method::get, "/" + module).body;
    all += call(theirs_, Method::get, "/actions/watch").body;
    all += call(theirs_, Method::get, "/Contacts/" + ids_.at("Contacts") + "/Products").body;
    if (edition_ == Edition::crm) all += call(theirs_, Method::get, "/Contacts/roles").body;
    return all + call(theirs_, Method::get, "/settings/tags?module=Contacts").body;
  }
};

INSTANTIATE_TEST_SUITE_P(Editions, CrmLeaks, testing::Values(Edition::crm, Edition::bigin),
                         [](const auto& one) { return std::string(crm::word(one.param)); });

TEST_P(CrmLeaks, NoAddressShowsOrTouchesAnotherFirmsRecords) {
  const std::string before = all_of_theirs();
  ASSERT_NE(before.find(secret_word), std::string::npos);
  for (const api::crm_dialect::Route& route : api::crm_dialect::routes()) {
    if (route.offer == api::crm_dialect::Offer::crm_only && edition_ == Edition::bigin) continue;
    for (const std::string module : {"Accounts", "Contacts", "Products", "Tasks", "Notes"}) {
      const std::string address = filled(std::string(route.pattern), module);
      ASSERT_EQ(address.find('{'), std::string::npos) << address << " has no row in filled()";
      for (const std::string& query :
           {"?module=" + module,
            "?module=" + module + "&ids=" + ids_.at(module) + "&channel_ids=4711"}) {
        const std::string what = std::string(http::word(route.method)) + " " + address + query;
        for (const SalesPortal::Seller& seller :
             {portal_.firm(edition_).ada, portal_.firm(edition_).ben}) {
          const Answer answer =
              call_as(seller, route.method, address + query, foreign_body(module));
          EXPECT_EQ(answer.body.find(secret_word), std::string::npos) << what << " " << answer.body;
          EXPECT_LT(answer.status, 500) << what << " " << answer.body;
          const bool names_a_record = route.pattern.find("{id}") != std::string_view::npos &&
                                      !route.pattern.starts_with("/users");
          EXPECT_TRUE(!names_a_record || answer.status >= 400) << what << " " << answer.body;
        }
        const Answer there = call_as(portal_.firm(edition_).ada, route.method, address + query,
                                     foreign_body(module), to_string(theirs_.org));
        EXPECT_EQ(there.at("code"), "NO_PERMISSION") << what << " names their firm " << there.body;
      }
    }
  }
  EXPECT_EQ(all_of_theirs(), before);
}

TEST_P(CrmLeaks, NoAddressOfBulkWorkShowsAnotherFirmsJobs) {
  const std::string above = edition_ == Edition::crm ? "/crm/bulk/v8" : "/bigin/bulk/v2";
  const auto bulk_call = [&](const SalesPortal::Firm& firm, Method method,
                             const std::string& address, const std::string& body) {
    http::Request request;
    request.method = method;
    request.path = above + address;
    request.body = body;
    request.headers = {{"Authorization", "Zoho-oauthtoken " + firm.ada.access_token}};
    return portal_.send(std::move(request));
  };
  const Answer theirs = bulk_call(theirs_, Method::post, "/read",
                                  R"({"query":{"module":"Contacts","criteria":{"api_name":)"
                                  R"("Last_Name","comparator":"equal","value":"quokka"}}})");
  const std::string job = theirs.at("data.0.details.id");
  ASSERT_NE(job, "") << theirs.body;
  const std::string body =
      R"({"operation":"insert","resource":[{"module":"Contacts","file_id":")" + job + R"("}]})";
  for (const api::crm_dialect::Route& route : api::crm_dialect::bulk_routes()) {
    std::string address(route.pattern);
    if (const size_t at = address.find("{id}"); at != std::string::npos)
      address.replace(at, 4, job);
    const Answer answer = bulk_call(portal_.firm(edition_), route.method, address, body);
    EXPECT_GE(answer.status, 400) << address << answer.body;
    EXPECT_LT(answer.status, 500) << address << answer.body;
    EXPECT_EQ(answer.body.find(secret_word), std::string::npos) << address << answer.body;
  }
}

}  // namespace
}  // namespace tandem::test
