#include <gmock/gmock.h>

#include "api/imported_apps.h"
#include "imports/imports.h"
#include "jobs/queue.h"
#include "tests/api/import_upload.h"
#include "tests/api/sales_portal.h"

// CSV files of CRM and Bigin by the native API.

namespace tandem::test {
namespace {

using crm::Edition;
using http::Method;
using testing::HasSubstr;
using testing::Not;

class SalesImportsApi : public testing::TestWithParam<Edition> {
 protected:
  using Seller = SalesPortal::Seller;

  Answer call(const Seller& seller, Method method, const std::string& rest,
              const std::string& body = "") {
    return portal_.native(seller, method, SalesPortal::face(edition_, ours_, rest), body);
  }
  Answer upload(const Seller& seller, const std::string& module, const std::string& bytes) {
    return portal_.send(
        import_upload(seller, SalesPortal::face(edition_, ours_, "/imports"), module, bytes));
  }
  void run_jobs() {
    server::Program& program = portal_.program();
    const imports::Imports files_in{.database = program.database(),
                                    .files = program.files(),
                                    .applications = program.applications(),
                                    .apps = api::imported_apps()};
    jobs::Worker worker(program.database(), 1);
    imports::add_import_jobs(worker, files_in);
    worker.run_due();
  }
  /// Gives the seller a role of its own.
  void give_role(const Seller& seller, const std::string& role) {
    const Answer made = call(ours_.ada, Method::post, "/roles", role);
    ASSERT_EQ(made.status, 201) << made.body;
    const Answer given = call(ours_.ada, Method::patch, "/people/" + to_string(seller.agent),
                              R"({"role_id":")" + made.at("id") + R"("})");
    ASSERT_EQ(given.status, 200) << given.body;
  }

  Edition edition_ = GetParam();
  SalesPortal portal_;
  SalesPortal::Firm& ours_ = portal_.firm(edition_);
};

INSTANTIATE_TEST_SUITE_P(Editions, SalesImportsApi, testing::Values(Edition::crm, Edition::bigin),
                         [](const auto& one) { return std::string(crm::word(one.param)); });

TEST_P(SalesImportsApi, AFileIsUploadedMappedCheckedImportedAndReported) {
  const Answer made = upload(ours_.ada, "contacts",
                             "Surname,Mail,Account Name\nSilva,silva@k.example,Kunde\n"
                             "Bad,nomail,\n");
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.at("settings.columns.1"), "email");
  EXPECT_EQ(made.at("settings.match"), "email");
  EXPECT_EQ(made.at("customers.0"), "accounts");
  const std::string path = "/imports/" + made.at("id");
  EXPECT_EQ(call(ours_.ada, Method::patch, path, R"({"on_missing":"add"})").status, 200);
  EXPECT_EQ(call(ours_.ada, Method::post, path + "/check", "{}").at("state"), "checking");
  run_jobs();
  const Answer checked = call(ours_.ada, Method::get, path + "?brief=1");
  EXPECT_EQ(checked.at("state"), "ready") << checked.body;
  EXPECT_EQ(checked.at("counts.added"), "1");
  EXPECT_EQ(checked.at("counts.accounts_added"), "1");
  const Answer faults = call(ours_.ada, Method::get, path + "/faults");
  EXPECT_EQ(faults.at("faults.0.line"), "3");
  EXPECT_EQ(faults.at("faults.0.code"), "not_an_email");
  EXPECT_THAT(call(ours_.ada, Method::get, "/contacts").body, Not(HasSubstr("silva@k.example")));

  EXPECT_EQ(call(ours_.ada, Method::post, path + "/start", "{}").at("state"), "running");
  run_jobs();
  EXPECT_EQ(call(ours_.ada, Method::get, path).at("state"), "ended");
  EXPECT_THAT(call(ours_.ada, Method::get, "/contacts").body, HasSubstr("silva@k.example"));
  EXPECT_THAT(call(ours_.ada, Method::get, path + "/report?rows=all").body,
              HasSubstr("Silva,silva@k.example,Kunde,2,added,"));
  EXPECT_THAT(call(ours_.ada, Method::get, "/audit_log").body, HasSubstr("records_imported"));
}

TEST_P(SalesImportsApi, OnlyWhatTheRoleImportsIsOffered) {
  const Answer list = call(ours_.ben, Method::get, "/imports");
  EXPECT_THAT(list.body, HasSubstr(R"("deals")"));
  EXPECT_THAT(list.body, Not(HasSubstr(R"("contacts")")));
  EXPECT_EQ(upload(ours_.ben, "contacts", "last_name\nSilva\n").at("error.code"), "right_missing");
  EXPECT_EQ(upload(ours_.ada, "tickets", "subject\nA\n").at("error.code"), "not_a_choice");
  EXPECT_EQ(upload(ours_.ada, "stages", "name\nA\n").at("error.code"), "not_a_choice");
}

TEST_P(SalesImportsApi, AnImportIsItsOwnersAlone) {
  const Answer made = upload(ours_.ada, "deals", "Deal Name\nBig\n");
  const std::string path = "/imports/" + made.at("id");
  const SalesPortal::Firm strangers = portal_.add_firm(edition_);
  for (const char* act : {"", "/faults", "/reasons", "/report"}) {
    EXPECT_EQ(call(ours_.ben, Method::get, path + act).status, 404) << act;
    const Answer foreign = portal_.native(strangers.ada, Method::get,
                                          SalesPortal::face(edition_, strangers, path + act));
    EXPECT_EQ(foreign.status, 404) << act;
  }
  EXPECT_EQ(call(ours_.ben, Method::post, path + "/start", "{}").status, 404);
  EXPECT_EQ(call(ours_.ben, Method::del, path).status, 404);
}

TEST_P(SalesImportsApi, AHiddenFieldIsNoColumnAndLookedUpByNobody) {
  give_role(ours_.ben,
            R"({"name":"Short of sight","rights":{"contacts":["read","create","update","import"]},)"
            R"("fields":{"contacts":{"phone":"hidden","mobile":"read","email":"hidden"}}})");
  const Answer made =
      upload(ours_.ben, "contacts", "Last Name,Phone,Mobile,Email\nSilva,1234,5678,a@k.example\n");
  ASSERT_EQ(made.status, 201) << made.body;
  for (const char* at : {"settings.columns.1", "settings.columns.2", "settings.columns.3"})
    EXPECT_EQ(made.at(at), "") << at;
  EXPECT_THAT(made.body, Not(HasSubstr(R"("name":"phone")")));
  EXPECT_EQ(made.at("settings.match"), "");
  const std::string path = "/imports/" + made.at("id");
  for (const char* columns : {R"(["last_name","phone","",""])", R"(["last_name","","mobile",""])",
                              R"(["last_name","","","email"])"}) {
    EXPECT_EQ(call(ours_.ben, Method::patch, path, R"({"columns":)" + std::string(columns) + "}")
                  .at("error.code"),
              "unknown_field")
        << columns;
  }
  EXPECT_EQ(call(ours_.ben, Method::patch, path, R"({"match":"email"})").at("error.code"),
            "unknown_field");
}

TEST_P(SalesImportsApi, ARightThatIsTakenAwayEndsTheImport) {
  give_role(ours_.ben,
            R"({"name":"Importer","rights":{"contacts":["read","create","update","import"]}})");
  const Answer made = upload(ours_.ben, "contacts", "Last Name\nSilva\n");
  const std::string path = "/imports/" + made.at("id");
  EXPECT_EQ(call(ours_.ben, Method::post, path + "/start", "{}").status, 200);
  give_role(ours_.ben, R"({"name":"Reader","rights":{"contacts":["read"]}})");
  run_jobs();
  const Answer now = call(ours_.ada, Method::get, path);
  EXPECT_EQ(now.at("state"), "failed") << now.body;
  EXPECT_EQ(now.at("fault"), "lost_right");
  EXPECT_THAT(call(ours_.ada, Method::get, "/contacts").body, Not(HasSubstr("Silva")));
}

TEST_P(SalesImportsApi, WhatAnExportWroteIsUnderstoodAgain) {
  const Answer deal =
      call(ours_.ada, Method::post, "/deals",
           R"({"name":"Big","amount":"1250.50","closes_on":"2026-05-01","next_step":"Call"})");
  ASSERT_EQ(deal.status, 201) << deal.body;
  const Answer made = upload(ours_.ada, "deals",
                             "Id,Deal name,Amount,Stage,Closing date,Next step\n" + deal.at("id") +
                                 ",Big,1250.50,Qualification,2026-05-02,Write\n");
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.at("settings.match"), "id");
  const std::string path = "/imports/" + made.at("id");
  EXPECT_EQ(call(ours_.ada, Method::post, path + "/start", "{}").status, 200);
  run_jobs();
  EXPECT_EQ(call(ours_.ada, Method::get, path).at("counts.updated"), "1");
  EXPECT_EQ(call(ours_.ada, Method::get, "/deals/" + deal.at("id")).at("next_step"), "Write");
}

}  // namespace
}  // namespace tandem::test
