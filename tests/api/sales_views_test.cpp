#include <gtest/gtest.h>

#include "tests/api/sales_portal.h"

// Custom views of CRM and Bigin: made by the native API, shown by it and by the dialect.

namespace tandem::test {
namespace {

using crm::Edition;
using http::Method;

class SalesViewsApi : public testing::TestWithParam<Edition> {
 protected:
  Answer native(const SalesPortal::Seller& seller, Method method, const std::string& rest,
                const std::string& body = "") {
    return portal_.native(seller, method, SalesPortal::face(GetParam(), firm_, rest), body);
  }
  Answer dialect(Method method, const std::string& address, const std::string& body = "") {
    return portal_.call(GetParam(), method, address, body);
  }
  Answer dialect_of_ben(const std::string& address) {
    http::Request request;
    request.method = Method::get;
    request.path = (GetParam() == Edition::crm ? "/crm/v8" : "/bigin/v2") + address;
    request.headers = {{"Authorization", "Zoho-oauthtoken " + firm_.ben.access_token}};
    return portal_.send(std::move(request));
  }
  std::string made(const SalesPortal::Seller& seller, const std::string& module,
                   const std::string& body) {
    const Answer answer = native(seller, Method::post, "/" + module + "/views", body);
    EXPECT_EQ(answer.status, 201) << answer.body;
    return answer.at("id");
  }
  void contact(const std::string& name, const std::string& city) {
    portal_.made(GetParam(), "Contacts",
                 R"({"Last_Name":")" + name + R"(","Mailing_City":")" + city + "\"}");
  }
  void hide_the_city_from_ben() {
    const Answer role = native(firm_.ada, Method::post, "/roles",
                               R"({"name":"Clerk","rights":{"contacts":["read","update"]},)"
                               R"("fields":{"contacts":{"mailing_city":"hidden"}},"duties":[]})");
    ASSERT_EQ(role.status, 201) << role.body;
    const Answer given = native(firm_.ada, Method::patch, "/people/" + to_string(firm_.ben.agent),
                                R"({"role_id":")" + role.at("id") + R"("})");
    ASSERT_EQ(given.status, 200) << given.body;
  }

  SalesPortal portal_;
  SalesPortal::Firm& firm_ = portal_.firm(GetParam());
};

INSTANTIATE_TEST_SUITE_P(Editions, SalesViewsApi, testing::Values(Edition::crm, Edition::bigin),
                         [](const auto& one) { return std::string(crm::word(one.param)); });

constexpr const char* in_berlin =
    R"({"name":"Berlin","filter":{"field":"mailing_city","is":"Berlin"},"sort":"last_name",)"
    R"("columns":["last_name","email"],"audience":{"kind":"everybody"}})";

TEST_P(SalesViewsApi, AViewIsMadeListedCountedChangedDeletedAndRestored) {
  contact("Silva", "Berlin");
  contact("Tanaka", "Tokyo");
  const Answer made = native(firm_.ben, Method::post, "/contacts/views",
                             R"({"name":"Near","filter":{"field":"mailing_city","is":"Berlin"},)"
                             R"("sort":"last_name","columns":["last_name","email"]})");
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.at("kind"), "custom");
  EXPECT_EQ(made.at("owner.id"), to_string(firm_.ben.agent));
  const std::string id = made.at("id");

  const Answer all = native(firm_.ben, Method::get, "/contacts/views");
  EXPECT_EQ(all.at("views.0.id"), "all");
  EXPECT_EQ(all.at("views.0.count"), "2");
  EXPECT_EQ(all.at("views.1.id"), "mine");
  EXPECT_EQ(all.at("views.4.name"), "Near") << all.body;
  EXPECT_EQ(all.at("may_share"), "false");
  EXPECT_EQ(native(firm_.ada, Method::get, "/contacts/views").body.find("Near"), std::string::npos);
  EXPECT_EQ(native(firm_.ben, Method::get, "/deals/views").body.find("Near"), std::string::npos);

  const Answer list = native(firm_.ben, Method::get, "/contacts?count=1&view=" + id);
  EXPECT_EQ(list.at("count"), "1") << list.body;
  EXPECT_EQ(list.at("records.0.title"), "Silva");
  EXPECT_EQ(native(firm_.ben, Method::get, "/contacts/views/counts?ids=" + id).at("counts.0.count"),
            "1");
  EXPECT_EQ(native(firm_.ada, Method::get, "/contacts?view=" + id).status, 404);
  EXPECT_EQ(native(firm_.ben, Method::get, "/deals?view=" + id).status, 404);

  const std::string path = "/contacts/views/" + id;
  EXPECT_EQ(native(firm_.ben, Method::patch, path, R"({"name":"Post","revision":1})").at("name"),
            "Post");
  EXPECT_EQ(native(firm_.ben, Method::patch, path, R"({"name":"x","revision":1})").status, 409);
  EXPECT_EQ(native(firm_.ben, Method::patch, "/deals/views/" + id, R"({"name":"x"})").status, 404);
  EXPECT_EQ(native(firm_.ben, Method::del, path).status, 204);
  EXPECT_EQ(native(firm_.ben, Method::get, "/contacts?view=" + id).status, 404);
  EXPECT_EQ(native(firm_.ben, Method::post, path + "/restore", "{}").at("name"), "Post");
  EXPECT_EQ(native(firm_.ben, Method::put, "/contacts/views/order", R"({"ids":[")" + id + R"("]})")
                .status,
            204);
}

TEST_P(SalesViewsApi, ABoardAndItsFiguresMayBeOfAView) {
  portal_.made(GetParam(), GetParam() == Edition::crm ? "Deals" : "Pipelines",
               R"({"Deal_Name":"Lamps","Amount":100,"Closing_Date":"2026-04-01"})");
  portal_.made(GetParam(), GetParam() == Edition::crm ? "Deals" : "Pipelines",
               R"({"Deal_Name":"Shades","Amount":7,"Closing_Date":"2026-04-01"})");
  const std::string id =
      made(firm_.ada, "deals", R"({"name":"Big","filter":{"field":"amount","at_least":"50"}})");
  const Answer board = native(firm_.ada, Method::get, "/deals/board?view=" + id);
  EXPECT_EQ(board.at("columns.0.count"), "1") << board.body;
}

TEST_P(SalesViewsApi, RefusesWhatNoViewCanSay) {
  const auto refused = [&](const std::string& body) {
    return native(firm_.ben, Method::post, "/contacts/views", body).at("error.code");
  };
  EXPECT_EQ(refused(R"({"name":"x","filter":{"field":"shoe","is":"1"}})"), "unknown_field");
  EXPECT_EQ(refused(R"({"name":"x","sort":"email_opt_out"})"), "not_sortable");
  EXPECT_EQ(refused(R"({"name":"x","columns":["shoe"]})"), "unknown_field");
  EXPECT_EQ(refused(R"({"name":"My Contacts"})"), "duplicate");
  EXPECT_EQ(refused(R"({"name":"x","audience":{"kind":"everybody"}})"), "may_not_share_views");
  EXPECT_EQ(refused(R"({"name":"x","shape":"round"})"), "unknown_field");
  EXPECT_EQ(
      native(firm_.ben, Method::get, "/contacts/views/counts?ids=5&department=7").at("error.field"),
      "department");
  EXPECT_EQ(native(firm_.ben, Method::get, "/contacts?view=overdue").status, 404);
  EXPECT_EQ(native(firm_.ben, Method::get, "/shoes/views").status, 404);
}

TEST_P(SalesViewsApi, TheDialectShowsThemAndListsByThem) {
  contact("Silva", "Berlin");
  contact("Tanaka", "Tokyo");
  const std::string id = made(firm_.ada, "contacts", in_berlin);
  const std::string mine = made(
      firm_.ada, "contacts",
      R"({"name":"Mine","filter":{"any_of":[{"field":"owner","is":"me"},{"field":"email","is_empty":true}]}})");
  const Answer all = dialect(Method::get, "/settings/custom_views?module=Contacts");
  ASSERT_EQ(all.status, 200) << all.body;
  EXPECT_EQ(all.at("info.count"), "6");
  const std::string at = "custom_views.4.";
  EXPECT_EQ(all.at(at + "id"), id);
  EXPECT_EQ(all.at(at + "display_value"), "Berlin");
  EXPECT_EQ(all.at(at + "system_defined"), "false");
  EXPECT_EQ(all.at(at + "category"), "created_by_me");
  EXPECT_EQ(all.at(at + "access_type"), "public");
  EXPECT_EQ(all.at(at + "criteria.comparator"), "equal");
  EXPECT_EQ(all.at(at + "criteria.field.api_name"), "Mailing_City");
  EXPECT_EQ(all.at(at + "criteria.value"), "Berlin");
  EXPECT_EQ(all.at(at + "fields.0.api_name"), "Last_Name");
  EXPECT_EQ(all.at(at + "fields.1.api_name"), "Email");
  EXPECT_EQ(all.at(at + "sort_by.api_name"), "Last_Name");
  EXPECT_EQ(all.at(at + "sort_order"), "asc");
  EXPECT_EQ(all.at("custom_views.5.access_type"), "only_to_me");
  EXPECT_EQ(all.at("custom_views.5.criteria.group_operator"), "OR");
  EXPECT_EQ(all.at("custom_views.5.criteria.group.0.value"), to_string(firm_.ada.agent));
  EXPECT_EQ(all.at("custom_views.5.criteria.group.1.value"), "${EMPTY}");
  EXPECT_EQ(dialect(Method::get, "/settings/custom_views/" + id + "?module=Contacts")
                .at("custom_views.0.name"),
            "Berlin");
  EXPECT_EQ(dialect(Method::get, "/settings/custom_views/" + id + "?module=Tasks").status, 404);

  EXPECT_EQ(dialect(Method::get, "/Contacts?cvid=" + id).at("info.count"), "1");
  EXPECT_EQ(dialect(Method::get, "/Contacts/actions/count?cvid=" + id).at("count"), "1");
  EXPECT_EQ(dialect(Method::get, "/Tasks?cvid=" + id).at("code"), "INVALID_DATA");
  EXPECT_EQ(dialect(Method::get, "/Contacts?cvid=all").at("code"), "INVALID_DATA");
  EXPECT_EQ(dialect(Method::post, "/Contacts/actions/mass_update",
                    R"({"cvid":")" + id + R"(","data":[{"Title":"Buyer"}]})")
                .status,
            200);
  EXPECT_EQ(
      dialect(Method::get, "/Contacts/search?criteria=(Title:equals:Buyer)").at("data.0.Last_Name"),
      "Silva");
  EXPECT_EQ(dialect_of_ben("/Contacts?cvid=" + mine).at("code"), "INVALID_DATA") << "it is Ada's";
  EXPECT_EQ(dialect_of_ben("/settings/custom_views?module=Contacts").at(at + "category"),
            "shared_with_me");
}

TEST_P(SalesViewsApi, AConditionOnAHiddenFieldIsToldToNobodyWhoDoesNotReadIt) {  // S127
  contact("Silva", "Berlin");
  const std::string id = made(firm_.ada, "contacts", in_berlin);
  hide_the_city_from_ben();
  const Answer shown = native(firm_.ben, Method::get, "/contacts/views");
  EXPECT_EQ(shown.at("views.4.filter"), "null") << shown.body;
  EXPECT_EQ(shown.at("views.4.fault.code"), "view_broken");
  EXPECT_EQ(native(firm_.ben, Method::get, "/contacts?view=" + id).at("error.code"), "view_broken");
  EXPECT_EQ(native(firm_.ben, Method::get, "/contacts/views/counts?ids=" + id).body,
            R"({"counts":[]})");
  EXPECT_EQ(native(firm_.ben, Method::post, "/contacts/views/count",
                   R"({"filter":{"field":"mailing_city","is":"Berlin"}})")
                .at("error.code"),
            "unknown_field");
  const Answer told = dialect_of_ben("/settings/custom_views?module=Contacts");
  EXPECT_EQ(told.at("custom_views.4.criteria"), "null") << told.body;
  const Answer listed = dialect_of_ben("/Contacts?cvid=" + id);
  EXPECT_EQ(listed.at("code"), "INVALID_DATA") << listed.body;
  EXPECT_EQ(listed.body.find("Silva"), std::string::npos);
  EXPECT_EQ(native(firm_.ben, Method::get, "/accounts/views").status, 403) << "a module not read";
  EXPECT_EQ(dialect_of_ben("/settings/custom_views?module=Accounts").status, 400);
}

}  // namespace
}  // namespace tandem::test
