#include <gtest/gtest.h>

#include "records/custom_fields.h"
#include "tests/api/sales_portal.h"

// Custom fields whose names are like those that the dialect has already: docs/api/crm.md.

namespace tandem::test {
namespace {

using crm::Edition;
using http::Method;

class CrmCustomWords : public testing::TestWithParam<Edition> {
 protected:
  Answer add_field(const std::string& module, const std::string& definition) {
    return portal_.native(firm_.ada, Method::post,
                          SalesPortal::face(GetParam(), firm_, "/fields/" + module), definition);
  }
  Answer get(const std::string& address) { return portal_.call(GetParam(), Method::get, address); }
  Answer coql(const std::string& query) {
    JsonWriter json;
    json.begin_object().string("select_query", query).end_object();
    return portal_.call(GetParam(), Method::post, "/coql", json.take());
  }
  /// As it was stored by versions that let a custom field be called so.
  void call_field(const std::string& name, const std::string& new_name) {
    ASSERT_TRUE(portal_.program().database().write([&](db::Transaction& tx) -> Result<void> {
      tx.execute("UPDATE custom_fields SET name = $3 WHERE org_id = $1 AND name = $2",
                 {firm_.org.value, name, new_name});
      records::renew_shapes(tx, firm_.org);
      return {};
    }));
  }

  SalesPortal portal_;
  SalesPortal::Firm& firm_ = portal_.firm(GetParam());
};

INSTANTIATE_TEST_SUITE_P(Editions, CrmCustomWords, testing::Values(Edition::crm, Edition::bigin),
                         [](const auto& one) { return std::string(crm::word(one.param)); });

TEST_P(CrmCustomWords, NoCustomFieldTakesTheNameOfWhatARecordIsCalled) {
  const Answer labelled = add_field("accounts", R"({"label":"Title","kind":"text"})");
  ASSERT_EQ(labelled.status, 201) << labelled.body;
  EXPECT_EQ(labelled.at("name"), "title_2");
  const Answer named = add_field("accounts", R"({"label":"Name","name":"title","kind":"text"})");
  EXPECT_EQ(named.status, 422) << named.body;
  EXPECT_EQ(named.at("error.code"), "bad_name") << named.body;
}

TEST_P(CrmCustomWords, WhereOneHasItTheNameOfTheRecordIsShownAndNotAskedFor) {
  ASSERT_EQ(add_field("accounts", R"({"label":"Title","kind":"text"})").status, 201);
  call_field("title_2", "title");
  portal_.made(GetParam(), "Accounts", R"({"Account_Name":"Silva"})");
  for (const std::string address : {"/Accounts/search?criteria=(Full_Name:equals:Silva)",
                                    "/Accounts/actions/count?criteria=(Full_Name:equals:Silva)",
                                    "/Accounts?sort_by=Full_Name"}) {
    const Answer answer = get(address);
    EXPECT_EQ(answer.at("code"), "INVALID_DATA") << address << " " << answer.body;
  }
  for (const std::string query :
       {"select id from Accounts where Full_Name = 'Silva'",
        "select id from Accounts where id is not null order by Full_Name",
        "select count(id), Full_Name from Accounts where id is not null group by Full_Name"}) {
    const Answer answer = coql(query);
    EXPECT_EQ(answer.at("code"), "INVALID_QUERY") << query << " " << answer.body;
  }
  EXPECT_EQ(coql("select Full_Name from Accounts where id is not null").at("data.0.Full_Name"),
            "Silva");
}

TEST_P(CrmCustomWords, AWordThatIsTakenHasANumberBehindIt) {
  for (const char* label : {"Modified time", "Tag", "Full name"}) {
    const Answer made =
        add_field("contacts", R"({"label":")" + std::string(label) + R"(","kind":"text"})");
    ASSERT_EQ(made.status, 201) << made.body;
  }
  const std::string contact = portal_.made(
      GetParam(), "Contacts",
      R"({"Last_Name":"Silva","Modified_Time_1":"noon","Tag_1":"blue","Full_Name_1":"Ana S.",)"
      R"("Tag":[{"name":"Fair"}]})");
  const Answer read = get("/Contacts/" + contact);
  EXPECT_EQ(read.at("data.0.Modified_Time_1"), "noon");
  EXPECT_EQ(read.at("data.0.Modified_Time"), "2026-03-02T09:00:00+00:00");
  EXPECT_EQ(read.at("data.0.Tag_1"), "blue");
  EXPECT_EQ(read.at("data.0.Tag.0.name"), "Fair");
  EXPECT_EQ(read.at("data.0.Full_Name"), "Silva");
  const size_t first = read.body.find("\"Modified_Time\"");
  EXPECT_EQ(read.body.find("\"Modified_Time\"", first + 1), std::string::npos) << read.body;
  EXPECT_EQ(get("/Contacts?sort_by=Modified_Time").status, 200);
  EXPECT_EQ(get("/Contacts/search?criteria=(Tag_1:equals:blue)").at("data.0.id"), contact);
  EXPECT_NE(get("/settings/fields?module=Contacts").body.find("\"Full_Name_1\""),
            std::string::npos);
}

}  // namespace
}  // namespace tandem::test
