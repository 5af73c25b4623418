#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "api/imported_apps.h"
#include "base/csv.h"
#include "imports/imports.h"
#include "jobs/queue.h"
#include "tests/api/import_upload.h"
#include "tests/api/portal.h"

// Lists as a board, as a CSV, and out of a file.

namespace tandem::test {
namespace {

using http::Method;
using testing::HasSubstr;
using testing::Not;

class ListsApi : public testing::Test {
 protected:
  Answer call(const Member& member, Method method, const std::string& rest,
              const std::string& body = "") {
    return portal_.native(member, method, Portal::desk(ours_, rest), body);
  }
  /// The bytes of an export, which are sent from a file.
  std::string exported(const Member& member, const std::string& rest,
                       const std::string& body = "{}") {
    const Answer answer = call(member, Method::post, rest, body);
    EXPECT_EQ(answer.status, 200) << answer.body;
    if (!answer.response.file) return "";
    std::ifstream file(answer.response.file->path, std::ios::binary);
    std::stringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
  }
  Answer upload(const Member& member, const std::string& module, const std::string& bytes) {
    return portal_.send(import_upload(member, Portal::desk(ours_, "/imports"), module, bytes));
  }
  void give_role(const Member& member, const std::string& role) {
    const Answer made = call(administrator_, Method::post, "/roles", role);
    ASSERT_EQ(made.status, 201) << made.body;
    ASSERT_EQ(call(administrator_, Method::patch, "/people/" + to_string(member.agent),
                   R"({"role_id":")" + made.at("id") + R"("})")
                  .status,
              200);
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

  Portal portal_;
  Company& ours_ = portal_.ours();
  Member& administrator_ = ours_.members["administrator"];
  Member& agent_ = ours_.members["agent"];
  Member& light_agent_ = ours_.members["light_agent"];
};

TEST_F(ListsApi, ABoardHasAColumnForEachStatusWithItsTickets) {
  const std::string ticket = "/tickets/" + to_string(ours_.ticket);
  const Answer before = call(administrator_, Method::get, "/tickets/board?view=all");
  EXPECT_EQ(before.at("columns.0.status"), "open") << before.body;
  EXPECT_EQ(before.at("columns.0.count"), "2");
  EXPECT_EQ(call(agent_, Method::get, "/tickets/board?view=all").at("columns.0.count"), "1")
      << "only what is listed to the agent";
  EXPECT_EQ(call(agent_, Method::patch, ticket, R"({"status":"on_hold"})").status, 200);
  const Answer after = call(administrator_, Method::get, "/tickets/board?view=open");
  EXPECT_EQ(after.at("columns.0.count"), "1") << after.body;
  EXPECT_EQ(after.at("columns.1.status"), "on_hold");
  EXPECT_EQ(after.at("columns.1.count"), "1");
  EXPECT_EQ(after.at("columns.1.count_is_exact"), "true");
  const Answer column =
      call(agent_, Method::get, "/tickets?view=open&status=on_hold&count=1&limit=1");
  EXPECT_EQ(column.at("records.0.id"), to_string(ours_.ticket)) << column.body;
  EXPECT_EQ(column.at("count"), "1");
  EXPECT_EQ(call(agent_, Method::get, "/tickets?view=shared&status=open").status, 200);
  EXPECT_EQ(call(agent_, Method::get, "/tickets?status=nonsense").at("error.code"), "not_a_choice");
  EXPECT_EQ(call(agent_, Method::get, "/contacts?status=open").status, 422);
  EXPECT_EQ(call(agent_, Method::get, "/contacts/board").status, 404);
}

TEST_F(ListsApi, AListIsExportedAsItsReaderSeesIt) {
  const Answer comment =
      call(administrator_, Method::post, "/tickets/" + to_string(ours_.ticket) + "/comments",
           R"({"html":"<p>hidden-from-customers</p>"})");
  ASSERT_EQ(comment.status, 201) << comment.body;
  const std::string all = exported(administrator_, "/tickets/export?view=all");
  EXPECT_TRUE(all.starts_with("\xEF\xBB\xBFId,Subject,Number,"));
  EXPECT_THAT(all, HasSubstr(to_string(ours_.ticket)));
  EXPECT_THAT(all, HasSubstr(to_string(ours_.shipping_ticket)));
  EXPECT_THAT(all, Not(HasSubstr("hidden-from-customers")));

  const std::string some = exported(
      administrator_, "/tickets/export?view=all&sort=number",
      R"({"columns":[{"field":"number","label":"番号"},{"field":"department"}],"byte_order_mark":false,"separator":";"})");
  EXPECT_TRUE(some.starts_with("番号;Department\r\n")) << some;
  EXPECT_THAT(some, HasSubstr(";orchid shipping\r\n"));

  const Answer log = call(administrator_, Method::get, "/audit_log");
  EXPECT_THAT(log.body, HasSubstr("records_exported"));
  EXPECT_THAT(log.body, HasSubstr("2 tickets, view all"));
}

TEST_F(ListsApi, NumberContactAndAccountOfATicketAreColumnsOfAnExport) {
  const Answer account =
      call(administrator_, Method::post, "/accounts", R"({"name":"Kim & Sons"})");
  ASSERT_EQ(account.status, 201) << account.body;
  const std::string ticket = "/tickets/" + to_string(ours_.ticket);
  ASSERT_EQ(
      call(administrator_, Method::patch, ticket, R"({"account":")" + account.at("id") + R"("})")
          .status,
      200);
  const Answer read = call(administrator_, Method::get, ticket);
  const std::string csv = exported(
      administrator_, "/tickets/export?view=all",
      R"({"columns":[{"field":"number"},{"field":"contact"},{"field":"account"}],"byte_order_mark":false})");
  EXPECT_TRUE(csv.starts_with("Number,Contact,Account\r\n")) << csv;
  EXPECT_THAT(csv,
              HasSubstr(read.at("number") + "," + read.at("contact.title") + ",Kim & Sons\r\n"))
      << read.body;
}

TEST_F(ListsApi, AnExportHonoursRightsFieldsAndWhatIsListed) {
  EXPECT_EQ(call(agent_, Method::post, "/tickets/export", "{}").at("error.code"), "right_missing");
  EXPECT_EQ(call(light_agent_, Method::post, "/contacts/export", "{}").status, 403);
  give_role(
      agent_,
      R"({"name":"Clerk","rights":{"tickets":["read","export"],"contacts":["read","export"]},)"
      R"("fields":{"contacts":{"email":"hidden"}}})");
  const std::string tickets = exported(agent_, "/tickets/export?view=all");
  EXPECT_THAT(tickets, HasSubstr(to_string(ours_.ticket)));
  EXPECT_THAT(tickets, Not(HasSubstr(to_string(ours_.shipping_ticket))));
  const std::string contacts = exported(agent_, "/contacts/export");
  EXPECT_THAT(contacts, HasSubstr(to_string(ours_.contact)));
  EXPECT_THAT(contacts, Not(HasSubstr("kim@orchid")));
  EXPECT_THAT(contacts, Not(HasSubstr("E-mail,")));
  EXPECT_EQ(call(agent_, Method::post, "/contacts/export", R"({"columns":[{"field":"email"}]})")
                .at("error.code"),
            "unknown_field");
  EXPECT_EQ(call(agent_, Method::post, "/accounts/export", "{}").status, 403);
  EXPECT_EQ(call(agent_, Method::post, "/contacts/export", R"({"columns":[]})").status, 422);
  EXPECT_EQ(call(agent_, Method::post, "/contacts/export", R"({"separator":"x"})").status, 422);
}

TEST_F(ListsApi, NoExportedCellIsAFormula) {
  ASSERT_EQ(call(administrator_, Method::post, "/contacts",
                 R"({"last_name":"=cmd|' /C calc'!A0","phone":"+49 30 1"})")
                .status,
            201);
  const std::string csv = exported(administrator_, "/contacts/export",
                                   R"({"columns":[{"field":"last_name"},{"field":"phone"}]})");
  EXPECT_THAT(csv, HasSubstr("'=cmd|' /C calc'!A0,'+49 30 1\r\n"));
}

TEST_F(ListsApi, AnExportReadsEveryPageOfALongList) {
  for (int at = 0; at < 450; ++at) {
    ASSERT_EQ(call(administrator_, Method::post, "/accounts",
                   R"({"name":"Firm )" + std::to_string(at) + R"("})")
                  .status,
              201);
  }
  const std::string csv =
      exported(administrator_, "/accounts/export", R"({"columns":[{"field":"name"}]})");
  CsvReader reader(csv, ',');
  int rows = 0;
  while (reader.next()) ++rows;
  EXPECT_EQ(rows, 1 + 450 + 1) << "heading, firms, and the portal's own account";
}

TEST_F(ListsApi, AFileIsUploadedMappedCheckedImportedAndReported) {
  const Answer made = upload(administrator_, "contacts",
                             "Surname,Mail,City\nSilva,silva@k.example,Porto\nBad,nomail,Rome\n");
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.at("settings.columns.1"), "email");
  EXPECT_EQ(made.at("headings.2"), "City");
  EXPECT_EQ(made.at("rows.0.0"), "Silva");
  EXPECT_EQ(made.at("counts.total"), "2");
  const std::string path = "/imports/" + made.at("id");
  EXPECT_EQ(call(agent_, Method::get, path).status, 404);
  const Answer changed = call(administrator_, Method::patch, path, R"({"on_match":"skip"})");
  EXPECT_EQ(changed.at("settings.on_match"), "skip") << changed.body;
  EXPECT_EQ(call(administrator_, Method::patch, path, R"({"colour":"red"})").status, 422);

  EXPECT_EQ(call(administrator_, Method::post, path + "/check", "{}").at("state"), "checking");
  EXPECT_EQ(call(administrator_, Method::patch, path, R"({"on_match":"skip"})").at("error.code"),
            "import_runs");
  run_jobs();
  const Answer checked = call(administrator_, Method::get, path + "?brief=1");
  EXPECT_EQ(checked.at("state"), "ready") << checked.body;
  EXPECT_EQ(checked.at("counts.added"), "1");
  EXPECT_EQ(checked.at("counts.refused"), "1");
  const Answer faults = call(administrator_, Method::get, path + "/faults");
  EXPECT_EQ(faults.at("faults.0.line"), "3");
  EXPECT_EQ(faults.at("faults.0.field"), "email");
  EXPECT_EQ(faults.at("faults.0.value"), "nomail");

  EXPECT_EQ(call(administrator_, Method::post, path + "/start", "{}").at("state"), "running");
  run_jobs();
  EXPECT_EQ(call(administrator_, Method::get, path).at("state"), "ended");
  EXPECT_THAT(call(administrator_, Method::get, "/contacts?words=silva").body,
              HasSubstr("silva@k.example"));
  const Answer report = call(administrator_, Method::get, path + "/report");
  EXPECT_THAT(report.body, HasSubstr("Bad,nomail,Rome,3,E-mail must be an address"));
  EXPECT_THAT(report.response.header("Content-Disposition"), HasSubstr("refused-p.csv"));
  const Answer list = call(administrator_, Method::get, "/imports");
  EXPECT_EQ(list.at("imports.0.file_name"), "p.csv");
  EXPECT_EQ(list.at("modules.0"), "contacts");
  EXPECT_EQ(call(agent_, Method::get, "/imports").body, R"({"imports":[],"modules":[]})");
  EXPECT_THAT(call(administrator_, Method::get, "/audit_log").body, HasSubstr("records_imported"));
  EXPECT_EQ(call(administrator_, Method::del, path).status, 204);
  EXPECT_EQ(call(administrator_, Method::get, path).status, 404);
  EXPECT_EQ(upload(agent_, "contacts", "a\nb\n").status, 403);
  EXPECT_EQ(call(administrator_, Method::post, "/imports", "{}").status, 422);
}

}  // namespace
}  // namespace tandem::test
