#include <gtest/gtest.h>

#include "api/crm/coql/coql.h"
#include "tests/api/sales_portal.h"

// Search criteria and COQL: docs/api/crm.md.

namespace tandem {

namespace {

using crm::Edition;
using http::Method;
using test::Answer;

struct CrmQueries : testing::Test {
  test::SalesPortal portal;
  std::string kunde =
      portal.made(Edition::crm, "Accounts",
                  R"({"Account_Name":"Kunde Ltd","Industry":"Retail","Employees":12})");
  std::string other = portal.made(Edition::crm, "Accounts",
                                  R"({"Account_Name":"Other (North), Inc","Employees":50})");
  std::string maria =
      portal.made(Edition::crm, "Contacts",
                  R"({"Last_Name":"Silva","First_Name":"Maria","Email":"maria+fair@kunde.example",
                      "Account_Name":{"id":")" +
                      kunde + R"("}})");
  std::string jun =
      portal.made(Edition::crm, "Contacts", R"({"Last_Name":"田中","Phone":"+81 3 1"})");

  Answer get(const std::string& address) { return portal.call(Edition::crm, Method::get, address); }
  Answer coql(const std::string& query) {
    JsonWriter json;
    json.begin_object().string("select_query", query).end_object();
    return portal.call(Edition::crm, Method::post, "/coql", json.take());
  }
  /// The last names, or account names, of an answer, with spaces.
  static std::string names(const Answer& answer) {
    std::string all;
    for (int row = 0;; ++row) {
      const std::string at = "data." + std::to_string(row);
      if (answer.at(at).empty()) return all;
      const std::string last_name = answer.at(at + ".Last_Name");
      const std::string name = last_name.empty() ? answer.at(at + ".Account_Name") : last_name;
      all += (all.empty() ? "" : " | ") + name;
    }
  }
};

TEST_F(CrmQueries, CriteriaAskFieldsByTheirApiNames) {
  EXPECT_EQ(names(get("/Accounts/search?criteria=(Account_Name:equals:Kunde Ltd)")), "Kunde Ltd");
  EXPECT_EQ(names(get("/Accounts/search?criteria=(Employees:greater_than:20)")),
            "Other (North), Inc");
  EXPECT_EQ(names(get("/Accounts/search?criteria=((Industry:equals:Retail)and(Employees:less_than:"
                      "20))")),
            "Kunde Ltd");
  EXPECT_EQ(names(get("/Accounts/search?criteria=((Industry:equals:Retail)or(Employees:between:40,"
                      "60))&sort_by=id")),
            "Other (North), Inc | Kunde Ltd");
  EXPECT_EQ(names(get("/Accounts/search?criteria=(Employees:in:12,13)")), "Kunde Ltd");
}

TEST_F(CrmQueries, BracketsAndCommasOfValuesStandBehindABackslash) {
  EXPECT_EQ(names(get(R"(/Accounts/search?criteria=(Account_Name:equals:Other \(North\)\, Inc))")),
            "Other (North), Inc");
}

TEST_F(CrmQueries, WhatIsNoCriteriaIsRefused) {
  for (const std::string criteria :
       {"(", "()", "Last_Name", "(Last_Name:is:x)", "(Last_Name:equals:x", "((a:equals:b)and)",
        "(Spaceship:equals:x)", "(Employees:equals:many)"}) {
    const Answer answer = get("/Accounts/search?criteria=" + criteria);
    EXPECT_EQ(answer.status, 400) << criteria << answer.body;
    EXPECT_EQ(answer.at("code"), "INVALID_DATA") << criteria;
  }
}

TEST_F(CrmQueries, APlusInAnAddressIsAPlus) {
  EXPECT_EQ(names(get("/Contacts/search?email=maria+fair@kunde.example")), "Silva");
  EXPECT_EQ(names(get("/Contacts/search?email=maria%2Bfair@kunde.example")), "Silva");
}

TEST_F(CrmQueries, WordsAreFoundInEveryScript) {
  EXPECT_EQ(names(get("/Contacts/search?word=田中")), "田中");
  EXPECT_EQ(get("/Contacts/search?word=x").at("code"), "INVALID_DATA");
  EXPECT_EQ(get("/Contacts/search").at("code"), "REQUIRED_PARAM_MISSING");
  EXPECT_EQ(get("/Contacts/search?word=nobody").status, 204);
}

TEST_F(CrmQueries, CountsAreOfAllOrOfWhatIsAskedFor) {
  EXPECT_EQ(get("/Contacts/actions/count").at("count"), "2");
  EXPECT_EQ(get("/Contacts/actions/count?criteria=(Last_Name:starts_with:Si)").at("count"), "1");
}

TEST_F(CrmQueries, CoqlAsksAsSqlDoes) {
  EXPECT_EQ(names(coql("select Last_Name from Contacts where Last_Name like 'Sil%'")), "Silva");
  EXPECT_EQ(names(coql("SELECT Last_Name FROM contacts WHERE Email is null")), "田中");
  EXPECT_EQ(names(coql("select Account_Name from Accounts where Employees in (12, 50) and "
                       "(Industry = 'Retail' or Employees > 40) order by Account_Name desc "
                       "limit 0, 1")),
            "Other (North), Inc");
  EXPECT_EQ(names(coql("select Last_Name from Contacts where Account_Name.Industry = 'Retail'")),
            "Silva");
  EXPECT_EQ(names(coql("select Last_Name from Contacts where Account_Name = 'Kunde Ltd'")),
            "Silva");
  EXPECT_EQ(names(coql("select Account_Name from Accounts where Industry != 'Retail'")),
            "Other (North), Inc")
      << "what is empty is not equal";
}

TEST_F(CrmQueries, CoqlSaysWhatIsWrong) {
  const Answer no_where = coql("select Last_Name from Contacts");
  EXPECT_EQ(no_where.at("code"), "SYNTAX_ERROR");
  EXPECT_EQ(no_where.at("details.clause"), "where");
  const Answer near = coql("select Last_Name\nfrom Contacts where Last_Name ~ 'x'");
  EXPECT_EQ(near.at("code"), "SYNTAX_ERROR");
  EXPECT_EQ(near.at("details.line"), "2");
  const Answer column = coql("select Spaceship from Contacts where id is not null");
  EXPECT_EQ(column.at("code"), "INVALID_QUERY");
  EXPECT_EQ(column.at("details.column_name"), "Spaceship");
  EXPECT_EQ(coql("select id from Contacts where id is not null limit 5000").at("code"),
            "LIMIT_EXCEEDED");
  EXPECT_EQ(coql("select id as a, Email as a from Contacts where id is not null").at("code"),
            "DUPLICATE_ALIAS");
  EXPECT_EQ(coql("select id from Spaceships where id is not null").at("code"), "INVALID_QUERY");
}

TEST(Coql, NoTextBreaksTheParser) {
  const std::string whole =
      "select a, b.c as d, count(id) from M where ((a = 'x\\'y' and b not in (1, 2.5)) or c like "
      "'x%') and d is not null group by a order by a desc, b limit 5, 10";
  ASSERT_TRUE(api::crm_dialect::coql::parse(whole));
  for (size_t end = 0; end < whole.size(); ++end) {
    (void)api::crm_dialect::coql::parse(whole.substr(0, end));
    std::string changed = whole;
    changed[end] = char(changed[end] ^ 0x15);
    (void)api::crm_dialect::coql::parse(changed);
  }
  const std::string deep = "select a from M where " + std::string(5'000, '(');
  EXPECT_EQ(api::crm_dialect::coql::parse(deep).error().code, "LIMIT_EXCEEDED");
}

}  // namespace

}  // namespace tandem
