#include <gmock/gmock.h>

#include "api/crm/bulk_words.h"
#include "api/crm/refusals.h"
#include "api/crm/routes.h"
#include "crm/bulk/bulk_jobs.h"
#include "files/zip_reader.h"
#include "files/zip_writer.h"
#include "tests/api/sales_portal.h"

// Bulk read, bulk write and files in the dialects of CRM and Bigin: docs/api/crm.md.

namespace tandem::test {
namespace {

using crm::Edition;
using http::Method;
using testing::HasSubstr;
using testing::Not;

std::string zipped(std::string text, const std::string& name = "people.csv") {
  return *files::zip_one(
      name, [&]() -> Result<std::string> { return std::exchange(text, ""); },
      files::file_bytes_max);
}

std::string unzipped(const std::string& archive) {
  Result<files::ZippedFile> file =
      files::ZippedFile::open(archive, {.unpacked_bytes_max = 1 << 30, .ratio_max = 10'000});
  if (!file) return "no zip: " + archive;
  std::string text;
  for (std::string piece = *file->read(); !piece.empty(); piece = *file->read()) text += piece;
  return text;
}

class CrmBulk : public testing::TestWithParam<Edition> {
 protected:
  Edition edition_ = GetParam();
  SalesPortal portal_;
  crm::Bulk bulk_{.database = portal_.program().database(),
                  .files = portal_.program().files(),
                  .applications = portal_.program().applications(),
                  .word_of = [](const Refusal& refusal) {
                    return std::string(api::crm_dialect::code_word(refusal));
                  }};

  std::string face() const { return edition_ == Edition::crm ? "/crm/v8" : "/bigin/v2"; }
  std::string bulk_face() const {
    return edition_ == Edition::crm ? "/crm/bulk/v8" : "/bigin/bulk/v2";
  }
  Answer call(const SalesPortal::Seller& seller, Method method, const std::string& path,
              const std::string& body = "", const http::Pairs& headers = {}) {
    http::Request request;
    request.method = method;
    request.path = path;
    request.body = body;
    request.headers = headers;
    request.headers.emplace_back("Authorization", "Zoho-oauthtoken " + seller.access_token);
    return portal_.send(std::move(request));
  }
  const SalesPortal::Seller& ada() { return portal_.firm(edition_).ada; }
  const SalesPortal::Seller& ben() { return portal_.firm(edition_).ben; }
  Answer bulk(Method method, const std::string& address, const std::string& body = "") {
    return call(ada(), method, bulk_face() + address, body);
  }
  Answer send_file(const SalesPortal::Seller& seller, const std::string& address,
                   const std::string& bytes, const http::Pairs& more = {}) {
    http::Pairs headers = more;
    headers.emplace_back("Content-Type", "multipart/form-data; boundary=frontier");
    return call(seller, Method::post, face() + address,
                "--frontier\r\nContent-Disposition: form-data; name=\"file\"; "
                "filename=\"people.zip\"\r\nContent-Type: application/zip\r\n\r\n" +
                    bytes + "\r\n--frontier--\r\n",
                headers);
  }
  std::string uploaded(const std::string& csv) {
    const Answer answer = send_file(
        ada(), "/upload", zipped(csv),
        {{"feature", "bulk-write"}, {"X-CRM-ORG", to_string(portal_.firm(edition_).org)}});
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(answer.at("code"), "FILE_UPLOAD_SUCCESS");
    return answer.at("details.file_id");
  }
  /// Runs what waits.
  void run_jobs() {
    const std::vector<db::Row> waiting = bulk_.database.read([&](db::Transaction& tx) {
      return tx.rows("SELECT org_id, payload FROM jobs WHERE kind = 'bulk_records'");
    });
    for (const db::Row& row : waiting)
      crm::run_bulk_job(bulk_, {.org = {row.integer(0)}, .payload_json = row.text(1)});
  }
  std::string started_write(const std::string& resource, const std::string& operation) {
    const Answer answer = bulk(Method::post, "/write",
                               R"({"character_encoding":"UTF-8","operation":")" + operation +
                                   R"(","resource":[{"type":"data",)" + resource + "}]}");
    EXPECT_EQ(answer.status, 201) << answer.body;
    EXPECT_EQ(answer.at("status"), "success");
    EXPECT_NE(answer.at("details.created_by.id"), "");
    return answer.at("details.id");
  }
  std::string started_read(const std::string& query) {
    const Answer answer =
        bulk(Method::post, "/read", R"({"query":)" + query + R"(,"file_type":"csv"})");
    EXPECT_EQ(answer.status, 201) << answer.body;
    EXPECT_EQ(answer.at("data.0.code"), "ADDED_SUCCESSFULLY");
    EXPECT_EQ(answer.at("data.0.details.state"), "ADDED");
    return answer.at("data.0.details.id");
  }
  std::string contact(const std::string& last_name, const std::string& email) {
    return portal_.made(edition_, "Contacts",
                        R"({"Last_Name":")" + last_name + R"(","Email":")" + email + "\"}");
  }
};

INSTANTIATE_TEST_SUITE_P(Editions, CrmBulk, testing::Values(Edition::crm, Edition::bigin),
                         [](const auto& one) { return std::string(crm::word(one.param)); });

TEST_P(CrmBulk, AWriteTakesItsFileByTheNumbersOfColumns) {
  const std::string file =
      uploaded("Who,Mail,Firm\nSilva,maria@x.example,\n,nobody@x.example,\nLim,wrong,\n");
  const std::string id = started_write(
      R"("module":{"api_name":"contacts"},"file_id":")" + file +
          R"(","field_mappings":[{"api_name":"Last_Name","index":0},{"api_name":"Email","index":1},
             {"api_name":"Title","default_value":{"value":"Buyer"}}])",
      "insert");
  EXPECT_EQ(bulk(Method::get, "/write/" + id).at("status"), "ADDED");
  EXPECT_EQ(bulk(Method::get, "/write/" + id + "/result").status, 400) << "not ended";
  run_jobs();
  const Answer shown = bulk(Method::get, "/write/" + id);
  EXPECT_EQ(shown.status, 200);
  EXPECT_EQ(shown.at("status"), "COMPLETED") << shown.body;
  EXPECT_EQ(shown.at("operation"), "insert");
  EXPECT_EQ(shown.at("resource.0.module.api_name"), "contacts");
  EXPECT_EQ(shown.at("resource.0.file.name"), "people.zip");
  EXPECT_THAT(shown.body, HasSubstr("\"added_count\":1,\"updated_count\":0,\"skipped_count\":2,"
                                    "\"total_count\":3"));
  EXPECT_EQ(shown.at("result.download_url"),
            "http://sales.example" + bulk_face() + "/write/" + id + "/result");
  const Answer result = bulk(Method::get, "/write/" + id + "/result");
  EXPECT_EQ(result.status, 200);
  const std::string told = unzipped(result.body);
  EXPECT_THAT(told, HasSubstr("Last_Name,Email,STATUS,RECORD_ID,ERRORS,LINE,REASON\r\n"));
  EXPECT_THAT(told, HasSubstr("Silva,maria@x.example,ADDED,"));
  EXPECT_THAT(told, HasSubstr(",SKIPPED,,MANDATORY_NOT_FOUND:Last_Name,3,"));
  EXPECT_THAT(told, HasSubstr(",SKIPPED,,INVALID_DATA:Email,4,"));
  const Answer found =
      portal_.call(edition_, Method::get, "/Contacts/search?email=maria@x.example");
  EXPECT_EQ(found.at("data.0.Title"), "Buyer") << found.body;
}

TEST_P(CrmBulk, WithoutMappingsTheHeadingsAreTheNames) {
  const std::string silva = contact("Silva", "maria@x.example");
  const std::string file =
      uploaded("Id,Last_Name,email,Created_Time\n" + silva + ",Sousa,maria@x.example,2020-01-01\n");
  started_write(R"("module":"Contacts","file_id":")" + file + "\"", "update");
  const std::string other = uploaded("Last_Name,Email\nSouto,MARIA@x.example\nLim,lim@x.example\n");
  const std::string id = started_write(
      R"("module":{"api_name":"Contacts"},"find_by":"Email","file_id":")" + other + "\"", "upsert");
  run_jobs();
  const Answer shown = bulk(Method::get, "/write/" + id);
  EXPECT_THAT(shown.body, HasSubstr("\"added_count\":1,\"updated_count\":1"));
  EXPECT_EQ(portal_.call(edition_, Method::get, "/Contacts/" + silva).at("data.0.Last_Name"),
            "Souto");
}

TEST_P(CrmBulk, LookupsAreFoundByAFieldAndColumnsByTheirHeading) {
  const std::string firm = portal_.made(edition_, "Accounts", R"({"Account_Name":"Orchid"})");
  const std::string file = uploaded("Who,Works for\nSilva,Orchid\nLim,Nowhere\n");
  const std::string id =
      started_write(R"("module":{"api_name":"Contacts"},"file_id":")" + file +
                        R"(","field_mappings":[{"api_name":"Last_Name","header":"who"},
             {"api_name":"Account_Name","header":"Works for","find_by":"name"}])",
                    "insert");
  run_jobs();
  EXPECT_THAT(unzipped(bulk(Method::get, "/write/" + id + "/result").body),
              HasSubstr("INVALID_DATA:Account_Name,3,"));
  const Answer found = portal_.call(edition_, Method::get, "/Accounts/" + firm + "/Contacts");
  EXPECT_EQ(found.at("data.0.Last_Name"), "Silva") << found.body;
}

TEST_P(CrmBulk, AReadGivesThoseThatMeetItsCriteria) {
  const std::string silva = contact("Silva", "maria@x.example");
  contact("Lim", "lim@x.example");
  const std::string id = started_read(
      R"({"module":{"api_name":"contacts"},"fields":["Last_Name","Email","Owner"],"page":1,
          "criteria":{"group_operator":"and","group":[
            {"field":{"api_name":"Email"},"comparator":"equal","value":"maria@x.example"},
            {"api_name":"Last_Name","comparator":"starts_with","value":"Si"}]}})");
  EXPECT_EQ(bulk(Method::get, "/read/" + id).at("data.0.state"), "ADDED");
  run_jobs();
  const Answer shown = bulk(Method::get, "/read/" + id);
  EXPECT_EQ(shown.at("data.0.state"), "COMPLETED") << shown.body;
  EXPECT_EQ(shown.at("data.0.query.module.api_name"), "contacts");
  EXPECT_EQ(shown.at("data.0.result.download_url"), bulk_face() + "/read/" + id + "/result");
  EXPECT_THAT(shown.body, HasSubstr("\"page\":1,\"count\":1,"));
  EXPECT_THAT(shown.body, HasSubstr("\"per_page\":200000,\"more_records\":false,"
                                    "\"next_page_token\":null"));
  const Answer result = bulk(Method::get, "/read/" + id + "/result");
  EXPECT_EQ(unzipped(result.body), "Id,Last_Name,Email,Owner\r\n" + silva +
                                       ",Silva,maria@x.example," + to_string(ada().agent) + "\r\n");
}

TEST_P(CrmBulk, AReadWithoutFieldsGivesAllAndAViewNarrowsIt) {
  contact("Silva", "maria@x.example");
  const Answer views =
      portal_.call(edition_, Method::get, "/settings/custom_views?module=Contacts");
  const std::string id = started_read(R"({"module":{"api_name":"Contacts"},"cvid":")" +
                                      views.at("custom_views.1.id") + "\"}");
  run_jobs();
  const std::string table = unzipped(bulk(Method::get, "/read/" + id + "/result").body);
  EXPECT_THAT(table, HasSubstr("Id,"));
  EXPECT_THAT(table, HasSubstr("Mailing_City"));
  EXPECT_THAT(table, HasSubstr("Created_Time"));
  EXPECT_THAT(table, HasSubstr("maria@x.example"));
}

TEST_P(CrmBulk, ATableThatWasReadIsWrittenAgain) {
  const std::string silva = contact("Silva", "maria@x.example");
  const std::string read = started_read(R"({"module":{"api_name":"Contacts"}})");
  run_jobs();
  std::string table = unzipped(bulk(Method::get, "/read/" + read + "/result").body);
  table.replace(table.find("Silva"), 5, "Sousa");
  const std::string write = started_write(
      R"("module":{"api_name":"Contacts"},"file_id":")" + uploaded(table) + "\"", "update");
  run_jobs();
  EXPECT_THAT(bulk(Method::get, "/write/" + write).body, HasSubstr("\"updated_count\":1"));
  EXPECT_EQ(portal_.call(edition_, Method::get, "/Contacts/" + silva).at("data.0.Last_Name"),
            "Sousa");
}

struct BadCall {
  std::string address;
  std::string body;
  std::string code;
};

TEST_P(CrmBulk, WrongCallsAreRefusedInTheWordsOfTheDialect) {
  const std::string file = uploaded("Last_Name,Email,Shoe_Size\nSilva,maria@x.example,38\n");
  const std::string resource = R"({"type":"data","module":{"api_name":"Contacts"},"file_id":")" +
                               file + R"(","field_mappings":[)";
  const auto write = [&](const std::string& mappings, const std::string& more = "") {
    return R"({"operation":"insert","resource":[)" + resource + mappings + "]" + more + "}]}";
  };
  const std::vector<BadCall> calls{
      {"/read", "{}", "REQUIRED_PARAM_MISSING"},
      {"/read", "nonsense", "INVALID_DATA"},
      {"/read", R"({"query":{}})", "REQUIRED_PARAM_MISSING"},
      {"/read", R"({"query":{"module":{"api_name":"Unicorns"}}})", "INVALID_MODULE"},
      {"/read", R"({"query":{"module":"Contacts","fields":["Shoe_Size"]}})", "INVALID_DATA"},
      {"/read", R"({"query":{"module":"Contacts"},"file_type":"ics"})", "NOT_SUPPORTED"},
      {"/read", R"({"query":{"module":"Contacts"},"callback":{"url":"ftp://x"}})", "INVALID_DATA"},
      {"/read", R"({"query":{"module":"Contacts"},"callback":{"url":"https://x.example:0/"}})",
       "INVALID_DATA"},
      {"/read", R"({"query":{"module":"Contacts","page_token":"x"}})", "INVALID_DATA"},
      {"/read", R"({"query":{"module":"Contacts","cvid":"5"}})", "INVALID_DATA"},
      {"/read",
       R"({"query":{"module":"Contacts","criteria":{"api_name":"Email","comparator":"sounds_like",
           "value":"x"}}})",
       "INVALID_DATA"},
      {"/read", R"({"query":{"module":"Contacts","criteria":{"group_operator":"and","group":[]}}})",
       "INVALID_DATA"},
      {"/write", "{}", "REQUIRED_PARAM_MISSING"},
      {"/write", R"({"operation":"merge","resource":[{}]})", "REQUIRED_PARAM_MISSING"},
      {"/write", R"({"operation":"insert","resource":[{"module":"Contacts"}]})",
       "REQUIRED_PARAM_MISSING"},
      {"/write", R"({"operation":"insert","resource":[{"module":"Contacts","file_id":"5"}]})",
       "INVALID_DATA"},
      {"/write", R"({"operation":"insert","resource":[)" + resource + "]}]}", "INVALID_DATA"},
      {"/write", write(R"({"api_name":"Last_Name","index":3})"), "INVALID_DATA"},
      {"/write", write(R"({"api_name":"Created_Time","index":0})"), "INVALID_DATA"},
      {"/write", write(R"({"api_name":"Last_Name","header":"Nobody"})"), "INVALID_DATA"},
      {"/write", write(R"({"api_name":"Last_Name","index":0,"format":"dd.MM.yyyy"})"),
       "NOT_SUPPORTED"},
      {"/write", write(R"({"api_name":"Email","index":0,"find_by":"Email"})"), "INVALID_DATA"},
      {"/write",
       R"({"operation":"insert","character_encoding":"UTF-16","resource":[)" + resource + "]}]}",
       "NOT_SUPPORTED"},
  };
  for (const BadCall& bad : calls) {
    const Answer answer = bulk(Method::post, bad.address, bad.body);
    EXPECT_GE(answer.status, 400) << bad.body << answer.body;
    EXPECT_LT(answer.status, 500) << bad.body << answer.body;
    EXPECT_EQ(answer.at("code"), bad.code) << bad.body << answer.body;
    EXPECT_EQ(answer.at("status"), "error") << bad.body;
  }
  EXPECT_EQ(bulk(Method::get, "/read/5").status, 404);
  EXPECT_EQ(bulk(Method::get, "/write/x/result").status, 404);
  EXPECT_EQ(bulk(Method::del, "/read").at("code"), "INVALID_REQUEST_METHOD");
  EXPECT_EQ(bulk(Method::get, "/nothing/at/all").at("code"), "INVALID_URL_PATTERN");
}

TEST_P(CrmBulk, WhatIsNoZipOfATableIsRefused) {
  EXPECT_EQ(send_file(ada(), "/upload", "Last_Name\nSilva\n").at("code"), "INVALID_DATA");
  EXPECT_EQ(send_file(ada(), "/upload", zipped("x", "people.txt")).at("code"), "INVALID_DATA");
  EXPECT_EQ(send_file(ada(), "/upload", zipped(std::string(4 << 20, 'x'))).status, 413);
  EXPECT_EQ(send_file(ada(), "/upload", zipped("a\n"), {{"feature", "photo"}}).at("code"),
            "NOT_SUPPORTED");
  EXPECT_EQ(call(ada(), Method::post, face() + "/upload", "a,b").at("code"),
            "REQUIRED_PARAM_MISSING");
}

TEST_P(CrmBulk, AFileIsFetchedAgainByWhoSentItForADay) {
  const Answer sent = send_file(ada(), "/files", "some bytes");
  EXPECT_EQ(sent.at("data.0.code"), "SUCCESS") << sent.body;
  EXPECT_EQ(sent.at("data.0.details.name"), "people.zip");
  const std::string address = face() + "/files?id=" + sent.at("data.0.details.id");
  const Answer fetched = call(ada(), Method::get, address);
  EXPECT_EQ(fetched.status, 200);
  EXPECT_EQ(fetched.body, "some bytes");
  EXPECT_EQ(call(ben(), Method::get, address).status, 404) << "somebody else's";
  EXPECT_EQ(call(ada(), Method::get, face() + "/files?id=nonsense").status, 404);
  EXPECT_EQ(call(ada(), Method::get, face() + "/files").at("code"), "REQUIRED_PARAM_MISSING");
  EXPECT_EQ(send_file(ada(), "/files", "").status, 400);
  EXPECT_EQ(send_file(ada(), "/files", std::string((20 << 20) + 1, 'x')).status, 413);
}

TEST_P(CrmBulk, AnAttachmentIsFetchedByTheIdOfItsFile) {
  const std::string silva = contact("Silva", "maria@x.example");
  const Answer made = send_file(ada(), "/Contacts/" + silva + "/Attachments", "offer");
  ASSERT_EQ(made.status, 200) << made.body;
  const Answer listed = portal_.call(edition_, Method::get, "/Contacts/" + silva + "/Attachments");
  const std::string address = face() + "/files?id=" + listed.at("data.0.$file_id");
  EXPECT_EQ(call(ada(), Method::get, address).body, "offer");
  portal_.call(edition_, Method::del, "/Contacts?ids=" + silva);
  EXPECT_EQ(call(ada(), Method::get, address).status, 404) << "its contact is in the recycle bin";
}

TEST_P(CrmBulk, ScopesAreAskedForTheJobAndForItsModule) {
  const std::string service = edition_ == Edition::crm ? "ZohoCRM" : "ZohoBigin";
  SalesPortal::Seller narrow = ada();
  const std::string query = R"({"query":{"module":{"api_name":"Contacts"}}})";
  narrow.access_token = portal_.token(edition_, {service + ".modules.ALL"});
  EXPECT_EQ(call(narrow, Method::post, bulk_face() + "/read", query).at("code"),
            "OAUTH_SCOPE_MISMATCH");
  narrow.access_token =
      portal_.token(edition_, {service + ".bulk.ALL", service + ".modules.accounts.ALL"});
  EXPECT_EQ(call(narrow, Method::post, bulk_face() + "/read", query).at("code"),
            "OAUTH_SCOPE_MISMATCH");
  narrow.access_token =
      portal_.token(edition_, {service + ".bulk.READ", service + ".modules.contacts.READ"});
  EXPECT_EQ(call(narrow, Method::post, bulk_face() + "/read", query).status, 201);
  EXPECT_EQ(send_file(narrow, "/upload", zipped("a\n")).at("code"), "OAUTH_SCOPE_MISMATCH");
  narrow.access_token = portal_.token(edition_, {service + ".modules.ALL", "ZohoFiles.files.ALL"});
  EXPECT_EQ(send_file(narrow, "/files", "x").status, 200);
  EXPECT_EQ(send_file(narrow, "/upload", zipped("a\n")).status, 200);
}

TEST_P(CrmBulk, AJobOfAnotherPersonOrFirmIsNotThere) {
  const std::string read = started_read(R"({"module":{"api_name":"Contacts"}})");
  run_jobs();
  const SalesPortal::Firm others = portal_.add_firm(edition_);
  for (const SalesPortal::Seller& seller : {ben(), others.ada}) {
    for (const char* const rest : {"", "/result"}) {
      const Answer answer = call(seller, Method::get, bulk_face() + "/read/" + read + rest);
      EXPECT_EQ(answer.status, 404) << answer.body;
    }
  }
}

TEST_P(CrmBulk, EveryVersionIsServed) {
  for (const std::string_view version : api::crm_dialect::versions(edition_)) {
    const std::string path =
        "/" + std::string(crm::word(edition_)) + "/bulk/" + std::string(version) + "/read";
    const Answer answer =
        call(ada(), Method::post, path, R"({"query":{"module":"Contacts","fields":["id"]}})");
    EXPECT_EQ(answer.status, 201) << path << answer.body;
    run_jobs();
    EXPECT_EQ(call(ada(), Method::get, path + "/" + answer.at("data.0.details.id"))
                  .at("data.0.result.download_url"),
              path + "/" + answer.at("data.0.details.id") + "/result");
  }
}

TEST_P(CrmBulk, ACallbackSaysWhatGetShows) {
  const Answer started =
      bulk(Method::post, "/read",
           R"({"query":{"module":"Contacts"},"callback":{"url":"https://x.example/done",
               "method":"post"}})");
  const std::string id = started.at("data.0.details.id");
  run_jobs();
  const std::string body = bulk_.database.read([&](db::Transaction& tx) {
    const auto row = tx.row("SELECT org_id, payload FROM jobs WHERE kind = 'bulk_callback'");
    const auto job = crm::bulk_job_of(tx, {.org = {row->integer(0)}, .payload_json = row->text(1)});
    return api::crm_dialect::bulk_callback_body(tx, bulk_.applications, "http://sales.example",
                                                *job);
  });
  EXPECT_THAT(body, HasSubstr("\"job_id\":\"" + id + "\""));
  EXPECT_THAT(body, HasSubstr("\"state\":\"COMPLETED\""));
  EXPECT_THAT(body, HasSubstr("https://x.example/done"));
}

}  // namespace
}  // namespace tandem::test
