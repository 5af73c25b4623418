#include <gtest/gtest.h>

#include "tests/api/sales_portal.h"

// Records of CRM and Bigin by their dialects: docs/api/crm.md and docs/api/bigin.md.

namespace tandem {

namespace {

using crm::Edition;
using http::Method;
using test::Answer;

struct CrmRecords : testing::Test {
  test::SalesPortal portal;

  Answer get(const std::string& address, Edition edition = Edition::crm) {
    return portal.call(edition, Method::get, address);
  }
  Answer post(const std::string& address, const std::string& body, Edition edition = Edition::crm) {
    return portal.call(edition, Method::post, address, body);
  }
  Answer put(const std::string& address, const std::string& body) {
    return portal.call(Edition::crm, Method::put, address, body);
  }
  Answer with_header(const std::string& address, const std::string& name,
                     const std::string& value) {
    http::Request request;
    request.path = "/crm/v8" + address;
    request.headers = {
        {"Authorization", "Zoho-oauthtoken " + portal.firm(Edition::crm).ada.access_token},
        {name, value}};
    return portal.send(std::move(request));
  }
  std::string lead(const std::string& name = "Silva") {
    return portal.made(Edition::crm, "Leads",
                       R"({"Last_Name":")" + name + R"(","Company":"Kunde Ltd"})");
  }
};

TEST_F(CrmRecords, AMadeRecordIsReadBackInTheDialectsWords) {
  const Answer made = post("/Leads", R"({"data":[{"Last_Name":"Silva","Company":"Kunde Ltd",
      "Lead_Source":"Cold Call","Annual_Revenue":1200.5,"No_of_Employees":12,"Email_Opt_Out":true,
      "Tag":[{"name":"fair"}],"Zip_Code":"4000"}],"trigger":["workflow"]})");
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.at("data.0.code"), "SUCCESS");
  EXPECT_EQ(made.at("data.0.message"), "record added");
  EXPECT_EQ(made.at("data.0.details.Created_Time"), "2026-03-02T09:00:00+00:00");
  EXPECT_EQ(made.at("data.0.details.Created_By.name"), "ada");
  const Answer read = get("/Leads/" + made.at("data.0.details.id"));
  ASSERT_EQ(read.status, 200);
  EXPECT_EQ(read.at("data.0.Last_Name"), "Silva");
  EXPECT_EQ(read.at("data.0.Lead_Source"), "Cold Call");
  EXPECT_EQ(read.at("data.0.Annual_Revenue"), "1.2005E3");
  EXPECT_EQ(read.at("data.0.No_of_Employees"), "12");
  EXPECT_EQ(read.at("data.0.Email_Opt_Out"), "true");
  EXPECT_EQ(read.at("data.0.Tag.0.name"), "fair");
  EXPECT_EQ(read.at("data.0.Zip_Code"), "4000");
  EXPECT_EQ(read.at("data.0.Owner.name"), "ada");
  EXPECT_EQ(read.at("data.0.$converted"), "false");
}

TEST_F(CrmRecords, ModulesAreKnownInAnyLetterCaseAndUnderEachVersion) {
  const std::string id = lead();
  EXPECT_EQ(get("/leads/" + id).status, 200);
  http::Request request;
  request.path = "/crm/v2/Leads/" + id;
  request.headers = {{"Authorization", "Bearer " + portal.firm(Edition::crm).ada.access_token}};
  EXPECT_EQ(portal.send(std::move(request)).status, 200);
}

TEST_F(CrmRecords, GoodRecordsOfACallAreSavedAndBadOnesAreTold) {
  const Answer made = post("/Leads", R"({"data":[{"Last_Name":"Good","Company":"A"},
      {"Company":"B"},{"Last_Name":"Wrong","Company":"C","Annual_Revenue":"much"}]})");
  EXPECT_EQ(made.status, 207);
  EXPECT_EQ(made.at("data.0.code"), "SUCCESS");
  EXPECT_EQ(made.at("data.1.code"), "MANDATORY_NOT_FOUND");
  EXPECT_EQ(made.at("data.1.details.api_name"), "Last_Name");
  EXPECT_EQ(made.at("data.1.details.json_path"), "$.data[1].Last_Name");
  EXPECT_EQ(made.at("data.2.code"), "INVALID_DATA");
  EXPECT_EQ(made.at("data.2.details.api_name"), "Annual_Revenue");
  EXPECT_EQ(made.at("data.2.details.expected_data_type"), "currency");
  EXPECT_EQ(get("/Leads").at("info.count"), "1");
}

TEST_F(CrmRecords, WhenAllAreBadTheCallIsRefused) {
  EXPECT_EQ(post("/Leads", R"({"data":[{"Company":"B"}]})").status, 400);
}

TEST_F(CrmRecords, AnEmptyListIs204AndAnUnknownIdIsRefused) {
  const Answer none = get("/Contacts");
  EXPECT_EQ(none.status, 204);
  EXPECT_EQ(none.body, "");
  const Answer unknown = get("/Contacts/123456789012345678");
  EXPECT_EQ(unknown.status, 404);
  EXPECT_EQ(unknown.at("code"), "INVALID_DATA");
  EXPECT_EQ(unknown.at("status"), "error");
}

TEST_F(CrmRecords, AModuleThatIsNoneAndAnAddressThatIsNoneAreTold) {
  EXPECT_EQ(get("/Spaceships").at("code"), "INVALID_MODULE");
  EXPECT_EQ(get("/Leads/1/2/3/4").at("code"), "INVALID_URL_PATTERN");
  EXPECT_EQ(portal.call(Edition::crm, Method::patch, "/Leads").at("code"),
            "INVALID_REQUEST_METHOD");
  EXPECT_EQ(get("/Leads", Edition::bigin).at("code"), "INVALID_MODULE");
}

TEST_F(CrmRecords, AListGoesOnByPageAndByToken) {
  for (int number = 0; number < 5; ++number) lead("Lead " + std::to_string(number));
  const Answer first = get("/Leads?per_page=2&sort_by=id&sort_order=asc&fields=Last_Name");
  EXPECT_EQ(first.at("data.0.Last_Name"), "Lead 0");
  EXPECT_EQ(first.at("data.0.Company"), "");
  EXPECT_EQ(first.at("info.more_records"), "true");
  const Answer second = get("/Leads?per_page=2&sort_by=id&sort_order=asc&page=2");
  EXPECT_EQ(second.at("data.0.Last_Name"), "Lead 2");
  const Answer by_token = get("/Leads?per_page=2&sort_by=id&sort_order=asc&page_token=" +
                              first.at("info.next_page_token"));
  EXPECT_EQ(by_token.at("data.0.Last_Name"), "Lead 2");
  EXPECT_EQ(get("/Leads?page=11&per_page=200").at("code"), "DISCRETE_PAGINATION_LIMIT_EXCEEDED");
}

TEST_F(CrmRecords, WhatIsNotNewerIs304) {
  lead();
  EXPECT_EQ(with_header("/Leads", "If-Modified-Since", "2026-03-02T10:00:00+00:00").status, 304);
  EXPECT_EQ(with_header("/Leads", "If-Modified-Since", "2026-03-01T10:00:00+00:00").status, 200);
  EXPECT_EQ(with_header("/Leads", "If-Modified-Since", "yesterday").at("code"), "INVALID_DATA");
}

TEST_F(CrmRecords, UpsertFindsByTheFieldsItIsToldOrByTheUsualOne) {
  const Answer made =
      post("/Contacts/upsert", R"({"data":[{"Last_Name":"Silva","Email":"maria@kunde.example"}]})");
  ASSERT_EQ(made.status, 200) << made.body;
  EXPECT_EQ(made.at("data.0.action"), "insert");
  EXPECT_EQ(made.at("data.0.duplicate_field"), "null");
  const Answer same = post("/Contacts/upsert", R"({"data":[{"Last_Name":"Souza",
      "Email":"maria@kunde.example"}],"duplicate_check_fields":["Email"]})");
  EXPECT_EQ(same.at("data.0.action"), "update");
  EXPECT_EQ(same.at("data.0.duplicate_field"), "Email");
  EXPECT_EQ(same.at("data.0.details.id"), made.at("data.0.details.id"));
  EXPECT_EQ(get("/Contacts").at("data.0.Last_Name"), "Souza");
}

TEST_F(CrmRecords, UpsertFindsByFieldsThatHaveAnIndexOrWhoseValuesDiffer) {
  test::SalesPortal::Firm& firm = portal.firm(Edition::crm);
  const Answer field = portal.native(
      firm.ada, Method::post, test::SalesPortal::face(Edition::crm, firm, "/fields/contacts"),
      R"({"label":"Number there","kind":"text","unique":true})");
  ASSERT_EQ(field.status, 201) << field.body;
  const auto upsert = [&](const std::string& name, const std::string& fields) {
    return post("/Contacts/upsert", R"({"data":[{"Last_Name":")" + name +
                                        R"(","City":"Porto","Number_There":"A-7"}],)"
                                        R"("duplicate_check_fields":)" +
                                        fields + "}");
  };
  const Answer made = upsert("Silva", R"(["Number_There"])");
  ASSERT_EQ(made.at("data.0.action"), "insert") << made.body;
  const Answer same = upsert("Souza", R"(["Email","number_there"])");
  EXPECT_EQ(same.at("data.0.action"), "update") << same.body;
  EXPECT_EQ(same.at("data.0.duplicate_field"), "Number_There");
  EXPECT_EQ(same.at("data.0.details.id"), made.at("data.0.details.id"));
  for (const std::string fields : {R"(["Mailing_City"])", R"(["Email","Description"])"}) {
    const Answer refused = upsert("Lima", fields);
    EXPECT_EQ(refused.status, 400) << fields;
    EXPECT_EQ(refused.at("code"), "INVALID_DATA") << refused.body;
    EXPECT_EQ(refused.at("details.api_name"), "duplicate_check_fields");
  }
  std::string many = R"("Email")";
  for (int more = 0; more < 10; ++more) many += R"(,"Email")";
  EXPECT_EQ(upsert("Lima", "[" + many + "]").at("code"), "LIMIT_EXCEEDED");
  const Answer no_id = post("/Contacts/upsert", R"({"data":[{"Last_Name":"Lima","id":"abc"}]})");
  EXPECT_EQ(no_id.at("data.0.code"), "INVALID_DATA") << "what is no id is not made anew";
  EXPECT_EQ(no_id.at("data.0.details.api_name"), "id");
  EXPECT_EQ(get("/Contacts/actions/count").at("count"), "1");
}

TEST_F(CrmRecords, SeveralAreChangedAndDeletedInOneCall) {
  const std::string first = lead("One");
  const std::string second = lead("Two");
  const Answer changed =
      put("/Leads", R"({"data":[{"id":")" + first + R"(","City":"Porto"},{"City":"Lisboa"}]})");
  EXPECT_EQ(changed.status, 207);
  EXPECT_EQ(changed.at("data.0.message"), "record updated");
  EXPECT_EQ(changed.at("data.1.code"), "MANDATORY_NOT_FOUND");
  const Answer gone = portal.call(Edition::crm, Method::del,
                                  "/Leads?ids=" + first + "," + second + ",123456789012345678");
  EXPECT_EQ(gone.status, 207);
  EXPECT_EQ(gone.at("data.1.message"), "record deleted");
  EXPECT_EQ(gone.at("data.2.code"), "INVALID_DATA");
  EXPECT_EQ(get("/Leads").status, 204);
  const Answer bin = get("/Leads/deleted?type=recycle");
  EXPECT_EQ(bin.at("data.0.display_name"), "Two");
  EXPECT_EQ(bin.at("data.0.deleted_by.name"), "ada");
}

TEST_F(CrmRecords, ADealsStageIsKnownByItsName) {
  const Answer made = post("/Deals", R"({"data":[{"Deal_Name":"Vans","Closing_Date":"2026-04-01",
      "Stage":"Needs Analysis","Amount":100}]})");
  ASSERT_EQ(made.status, 201) << made.body;
  const Answer read = get("/Deals/" + made.at("data.0.details.id"));
  EXPECT_EQ(read.at("data.0.Stage"), "Needs Analysis");
  EXPECT_EQ(read.at("data.0.Pipeline"), "Standard (Standard)");
  EXPECT_EQ(read.at("data.0.Probability"), "20");
  EXPECT_EQ(read.at("data.0.Closing_Date"), "2026-04-01");
  const Answer wrong = post("/Deals", R"({"data":[{"Deal_Name":"Vans",
      "Closing_Date":"2026-04-01","Stage":"Nowhere"}]})");
  EXPECT_EQ(wrong.at("data.0.code"), "INVALID_DATA");
  EXPECT_EQ(wrong.at("data.0.details.api_name"), "Stage");
}

TEST_F(CrmRecords, LinksAreGivenByIdOrByName) {
  const std::string account =
      portal.made(Edition::crm, "Accounts", R"({"Account_Name":"Kunde Ltd"})");
  for (const std::string& given :
       {R"({"id":")" + account + R"("})", "\"" + account + "\"", std::string(R"("Kunde Ltd")")}) {
    const std::string id = portal.made(Edition::crm, "Contacts",
                                       R"({"Last_Name":"Silva","Account_Name":)" + given + "}");
    EXPECT_EQ(get("/Contacts/" + id).at("data.0.Account_Name.id"), account);
    EXPECT_EQ(get("/Contacts/" + id).at("data.0.Account_Name.name"), "Kunde Ltd");
  }
}

TEST_F(CrmRecords, ANoteAndATaskNameWhatTheyBelongTo) {
  const std::string account =
      portal.made(Edition::crm, "Accounts", R"({"Account_Name":"Kunde Ltd"})");
  const std::string note =
      portal.made(Edition::crm, "Notes",
                  R"({"Note_Content":"Hm","Parent_Id":{"module":{"api_name":"Accounts"},"id":")" +
                      account + R"("}})");
  EXPECT_EQ(get("/Notes/" + note).at("data.0.Parent_Id.module.api_name"), "Accounts");
  EXPECT_EQ(get("/Notes/" + note).at("data.0.Parent_Id.name"), "Kunde Ltd");
  const std::string older = portal.made(
      Edition::crm, "Notes",
      R"({"Note_Content":"Hm","Parent_Id":")" + account + R"(","se_module":"Accounts"})");
  EXPECT_EQ(get("/Notes/" + older).at("data.0.$se_module"), "Accounts");
  const std::string task =
      portal.made(Edition::crm, "Tasks",
                  R"({"Subject":"Call","What_Id":{"id":")" + account +
                      R"("},"$se_module":"Accounts","Due_Date":"2026-03-05"})");
  EXPECT_EQ(get("/Tasks/" + task).at("data.0.What_Id.id"), account);
}

TEST_F(CrmRecords, BiginCallsDealsPipelines) {
  const Answer made = post("/Pipelines", R"({"data":[{"Deal_Name":"Vans",
      "Sub_Pipeline":"Sales Pipeline Standard","Stage":"Qualification"}]})",
                           Edition::bigin);
  ASSERT_EQ(made.status, 201) << made.body;
  const Answer read = get("/Pipelines/" + made.at("data.0.details.id"), Edition::bigin);
  EXPECT_EQ(read.at("data.0.Pipeline.name"), "Sales Pipeline");
  EXPECT_EQ(read.at("data.0.Sub_Pipeline"), "Sales Pipeline Standard");
  EXPECT_EQ(read.at("data.0.Campaign_Source"), "");
}

TEST_F(CrmRecords, AConvertedLeadAnswersWhatBecameOfIt) {
  const std::string id = lead();
  const Answer made =
      post("/Leads/" + id + "/actions/convert",
           R"({"data":[{"Deals":{"Deal_Name":"Vans","Closing_Date":"2026-04-01"}}]})");
  ASSERT_EQ(made.status, 200) << made.body;
  EXPECT_EQ(made.at("data.0.details.Accounts.name"), "Kunde Ltd");
  EXPECT_EQ(made.at("data.0.details.Deals.name"), "Vans");
  EXPECT_EQ(get("/Leads").status, 204);
  EXPECT_EQ(get("/Leads?converted=true").at("data.0.$converted"), "true");
  EXPECT_EQ(post("/Leads/" + id + "/actions/convert", R"({"data":[{}]})").at("code"),
            "ID_ALREADY_CONVERTED");
}

TEST_F(CrmRecords, AConversionMakesNoNewRecordInsteadOfTheOneItCantRead) {
  const std::string id = lead();
  const std::string convert = "/Leads/" + id + "/actions/convert";
  for (const std::string key : {"Contacts", "Accounts", "assign_to"}) {
    for (const std::string value :
         {R"({"id":"abc"})", R"({"name":"Silva"})", R"("-5")", "-5", "0", "[]", "true"}) {
      const Answer refused = post(convert, R"({"data":[{")" + key + "\":" + value + "}]}");
      EXPECT_EQ(refused.status, 400) << key << value << refused.body;
      EXPECT_EQ(refused.at("code"), "INVALID_DATA") << key << value;
      EXPECT_EQ(refused.at("details.api_name"), key) << refused.body;
    }
  }
  EXPECT_EQ(post(convert, R"({"data":[{"Deals":"Vans"}]})").at("code"), "INVALID_DATA");
  EXPECT_EQ(get("/Contacts").status, 204);
  const std::string contact = portal.made(Edition::crm, "Contacts", R"({"Last_Name":"Silva"})");
  const Answer made =
      post(convert, R"({"data":[{"Contacts":)" + contact + R"(,"Accounts":null,"Deals":null}]})");
  ASSERT_EQ(made.status, 200) << made.body;
  EXPECT_EQ(made.at("data.0.details.Contacts.id"), contact) << "a number does as well";
}

TEST_F(CrmRecords, ATokenIsGoodForItsOwnOrganisationAndScopes) {
  http::Request request;
  request.path = "/bigin/v2/Contacts";
  request.headers = {
      {"Authorization", "Zoho-oauthtoken " + portal.firm(Edition::crm).ada.access_token}};
  const Answer other = portal.send(request);
  EXPECT_EQ(other.status, 401);
  EXPECT_EQ(other.at("code"), "OAUTH_SCOPE_MISMATCH");
  request.headers = {{"Authorization", "Zoho-oauthtoken nonsense"}};
  EXPECT_EQ(portal.send(request).at("code"), "INVALID_TOKEN");
}

}  // namespace

}  // namespace tandem
