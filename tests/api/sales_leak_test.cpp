#include <gtest/gtest.h>

#include "api/native/routes.h"
#include "tests/api/import_upload.h"
#include "tests/api/sales_portal.h"

// Every native route of CRM and Bigin × ids of another firm × organisations that are not one's own.
// Generated from the route tables, so that a new address is tried the day it is added.

namespace tandem::test {
namespace {

using crm::Edition;
using http::Method;

const api::native::Application& application_of(Edition edition) {
  return edition == Edition::crm ? api::native::crm_application()
                                 : api::native::bigin_application();
}

constexpr const char* secret_word = "quokka";

/// What another firm keeps, by module.
struct Strangers {
  SalesPortal::Firm firm;
  std::map<std::string, std::string> ids;
  std::string import;  // a file that they uploaded
  std::string view;    // of deals, for everybody
  std::string role;    // of contacts in deals; Bigin has none
};

class SalesLeaks : public testing::TestWithParam<Edition> {
 protected:
  Edition edition_ = GetParam();
  SalesPortal portal_;
  Strangers theirs_ = strangers();

  SalesPortal::Firm& ours() { return portal_.firm(edition_); }

  void keep(Strangers& strangers, const std::string& module, const std::string& body) {
    const Answer made =
        portal_.native(strangers.firm.ada, Method::post,
                       SalesPortal::face(edition_, strangers.firm, "/" + module), body);
    EXPECT_EQ(made.status, 201) << module << " " << made.body;
    strangers.ids[module] = made.at("id");
  }

  Strangers strangers() {
    Strangers theirs{.firm = portal_.add_firm(edition_)};
    const std::string word = secret_word;
    if (edition_ == Edition::crm)
      keep(theirs, "leads", R"({"last_name":")" + word + R"(","company":")" + word + "\"}");
    keep(theirs, "accounts", R"({"name":")" + word + "\"}");
    keep(theirs, "contacts", R"({"last_name":")" + word + "\"}");
    keep(theirs, "deals", R"({"name":")" + word + R"(","closes_on":"2026-04-01"})");
    keep(theirs, "notes",
         R"({"content":")" + word + R"(","contact":")" + theirs.ids["contacts"] + "\"}");
    const Answer link = portal_.native(
        theirs.firm.ada, Method::post,
        SalesPortal::face(edition_, theirs.firm, "/contacts/" + theirs.ids["contacts"] + "/links"),
        R"({"url":"https://quokka.example","title":"quokka"})");
    EXPECT_EQ(link.status, 201) << link.body;
    theirs.ids["attachments"] = link.at("id");
    keep(theirs, "products", R"({"name":")" + word + "\"}");
    const Answer view = portal_.native(
        theirs.firm.ada, Method::post, SalesPortal::face(edition_, theirs.firm, "/deals/views"),
        R"({"name":"quokka","filter":{},"audience":{"kind":"everybody"}})");
    EXPECT_EQ(view.status, 201) << view.body;
    theirs.view = view.at("id");
    if (edition_ == Edition::crm) {
      const Answer role = portal_.native(theirs.firm.ada, Method::post,
                                         SalesPortal::face(edition_, theirs.firm, "/contact_roles"),
                                         R"({"name":"quokka"})");
      EXPECT_EQ(role.status, 201) << role.body;
      theirs.role = role.at("id");
    }
    join(theirs, "deals", contacts_of_deals(), "contacts");
    join(theirs, "contacts", "products", "products");
    const Answer file = portal_.send(
        import_upload(theirs.firm.ada, SalesPortal::face(edition_, theirs.firm, "/imports"),
                      "contacts", "last_name\n" + word + "\n"));
    EXPECT_EQ(file.status, 201) << file.body;
    theirs.import = file.at("id");
    return theirs;
  }
  std::string contacts_of_deals() const {
    return edition_ == Edition::crm ? "contact_roles" : "contacts";
  }
  void join(const Strangers& theirs, const std::string& module, const std::string& list,
            const std::string& other) {
    const Answer joined =
        portal_.native(theirs.firm.ada, Method::put,
                       SalesPortal::face(edition_, theirs.firm,
                                         "/" + module + "/" + theirs.ids.at(module) + "/joined/" +
                                             list + "/" + theirs.ids.at(other)));
    EXPECT_EQ(joined.status, 204) << joined.body;
  }

  std::string filled(std::string pattern, const std::string& module) const {
    const auto put = [&](const std::string& parameter, const std::string& value) {
      const size_t at = pattern.find(parameter);
      if (at != std::string::npos) pattern.replace(at, parameter.size(), value);
    };
    put("{module}", module);
    put("{name}", "floor");
    put("{attachment}", theirs_.ids.at("attachments"));
    put("{list}", module == "deals" ? contacts_of_deals() : "products");
    put("{merge}", theirs_.ids.at("deals"));
    put("{stage}", theirs_.ids.at("deals"));
    put("{other}", theirs_.ids.at(module == "deals" ? "contacts" : "products"));
    if (pattern.starts_with("/imports/")) put("{id}", theirs_.import);
    if (pattern.starts_with("/contact_roles/")) put("{id}", theirs_.role);
    if (pattern.find("/views/{id}") != std::string::npos) put("{id}", theirs_.view);
    const bool is_person = pattern.starts_with("/people/");
    put("{id}", is_person ? to_string(theirs_.firm.ben.agent) : theirs_.ids.at(module));
    return pattern;
  }

  /// A body that names their records wherever a body may.
  std::string foreign_body() const {
    return R"({"ids":[")" + theirs_.ids.at("deals") + R"("],"changes":{"description":"x"},)" +
           R"("last_name":"s","name":"s","account":")" + theirs_.ids.at("accounts") +
           R"(","contact":")" + theirs_.ids.at("contacts") + R"("})";
  }

  void expect_no_leak(const Answer& answer, const std::string& what) const {
    EXPECT_EQ(answer.body.find(secret_word), std::string::npos) << what << " shows " << answer.body;
  }

  /// What they see of their own.
  std::string all_of_theirs() {
    std::string all;
    for (const auto& [module, id] : theirs_.ids) {
      all += portal_
                 .native(theirs_.firm.ada, Method::get,
                         SalesPortal::face(edition_, theirs_.firm, "/" + module + "?count=1"))
                 .body;
    }
    for (const std::string& list :
         {"/deals/" + theirs_.ids.at("deals") + "/joined/" + contacts_of_deals(),
          "/contacts/" + theirs_.ids.at("contacts") + "/joined/products",
          std::string("/deals/views"),
          std::string(edition_ == Edition::crm ? "/contact_roles" : "/deals/views")})
      all += portal_
                 .native(theirs_.firm.ada, Method::get,
                         SalesPortal::face(edition_, theirs_.firm, list))
                 .body;
    all += portal_
               .native(theirs_.firm.ada, Method::get,
                       SalesPortal::face(edition_, theirs_.firm, "/imports/" + theirs_.import))
               .body;
    return all;
  }
};

INSTANTIATE_TEST_SUITE_P(Editions, SalesLeaks, testing::Values(Edition::crm, Edition::bigin),
                         [](const auto& one) { return std::string(crm::word(one.param)); });

TEST_P(SalesLeaks, NoAddressShowsOrTouchesAnotherFirmsRecords) {
  const std::string before = all_of_theirs();
  EXPECT_NE(before.find(secret_word), std::string::npos);
  for (const api::native::Route& route : api::native::routes_of(application_of(edition_))) {
    for (const auto& [module, id] : theirs_.ids) {
      if (route.pattern.starts_with("/leads") && edition_ == Edition::bigin) continue;
      const std::string rest = filled(std::string(route.pattern), module);
      ASSERT_EQ(rest.find('{'), std::string::npos) << rest << " has no row in filled()";
      const std::string what = std::string(http::word(route.method)) + " " + rest;
      for (const SalesPortal::Seller& seller : {ours().ada, ours().ben}) {
        for (const std::string& body : {std::string("{}"), foreign_body()}) {
          const Answer answer =
              portal_.native(seller, route.method, SalesPortal::face(edition_, ours(), rest), body);
          expect_no_leak(answer, what);
          if (route.pattern.find("{id}") == std::string_view::npos) continue;
          EXPECT_TRUE(answer.status == 404 || answer.status == 403 || answer.status == 422)
              << what << " answers " << answer.status << " " << answer.body;
        }
      }
    }
  }
  EXPECT_EQ(all_of_theirs(), before);
}

TEST_P(SalesLeaks, NoOrganisationButOnesOwnIsThere) {
  const Edition other = edition_ == Edition::crm ? Edition::bigin : Edition::crm;
  for (const api::native::Route& route : api::native::routes_of(application_of(edition_))) {
    const std::string rest = filled(std::string(route.pattern), "deals");
    // Another firm's, one's own below the address of another application, and the other way round.
    for (const std::string& address :
         {SalesPortal::face(edition_, theirs_.firm, rest), SalesPortal::face(other, ours(), rest),
          SalesPortal::face(edition_, portal_.firm(other), rest),
          "/native/desk/" + to_string(ours().org) + rest}) {
      const Answer answer = portal_.native(ours().ada, route.method, address, "{}");
      EXPECT_TRUE(answer.status == 404 || answer.status == 405)
          << address << " " << answer.status << " " << answer.body;
      expect_no_leak(answer, address);
    }
  }
}

TEST_P(SalesLeaks, WithoutASessionNothingIsThere) {
  for (const api::native::Route& route : api::native::routes_of(application_of(edition_))) {
    const std::string rest = filled(std::string(route.pattern), "deals");
    const Answer answer =
        portal_.native({}, route.method, SalesPortal::face(edition_, ours(), rest), "{}");
    EXPECT_EQ(answer.status, 401) << rest << " " << answer.body;
  }
}

}  // namespace
}  // namespace tandem::test
