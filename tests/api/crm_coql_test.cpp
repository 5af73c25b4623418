#include <gtest/gtest.h>

#include "records/groups.h"
#include "tests/api/sales_portal.h"

// COQL with figures and orders, docs/api/crm.md. crm_operators_test.cpp tries every operator on
// every kind of field, crm_query_fuzz_test.cpp texts that are no queries.

namespace tandem {

namespace {

using crm::Edition;
using http::Method;
using test::Answer;

struct CrmCoql : testing::Test {
  test::SalesPortal portal;

  std::string made(const std::string& module, const std::string& item) {
    return portal.made(Edition::crm, module, item);
  }
  Answer coql(const std::string& query) {
    JsonWriter json;
    json.begin_object().string("select_query", query).end_object();
    return portal.call(Edition::crm, Method::post, "/coql", json.take());
  }
  /// "Retail 2, Energy 1": two members of each row; the code when the query is refused.
  static std::string rows(const Answer& answer, const std::string& first,
                          const std::string& second = "") {
    if (answer.status != 200 && answer.status != 204) return answer.at("code");
    std::string all;
    for (int row = 0;; ++row) {
      const std::string at = "data." + std::to_string(row) + ".";
      if (answer.at(at.substr(0, at.size() - 1)).empty()) return all;
      all += (all.empty() ? "" : ", ") + member(answer, row, first);
      if (!second.empty()) all += " " + member(answer, row, second);
    }
  }
  /// A member whose name may have dots and brackets.
  static std::string member(const Answer& answer, int row, const std::string& name) {
    const Json* data = find(answer.json, "data");
    const Json* value = data ? find(data->as_array()[size_t(row)], name) : nullptr;
    if (!value) return "";
    return value->is_string() ? std::string(value->get_string()) : json_to_text(*value);
  }
};

struct CrmFigures : CrmCoql {
  CrmFigures() {
    account("Kunde", "Retail", 12, "100.50");
    account("Laden", "Retail", 30, "50");
    account("Netz", "Energy", 7, "-20.25");
    made("Accounts", R"({"Account_Name":"Leer"})");
  }
  void account(const std::string& name, const std::string& industry, int employees,
               const std::string& revenue) {
    made("Accounts", R"({"Account_Name":")" + name + R"(","Industry":")" + industry +
                         R"(","Employees":)" + std::to_string(employees) + R"(,"Annual_Revenue":)" +
                         revenue + "}");
  }
};

TEST_F(CrmFigures, RecordsAreCountedInGroups) {
  EXPECT_EQ(rows(coql("select Industry, COUNT(id) from Accounts where id is not null "
                      "group by Industry"),
                 "Industry", "COUNT(id)"),
            "Energy 1, Retail 2, null 1");
  EXPECT_EQ(rows(coql("select count(Industry) as n from Accounts where id is not null"), "n"), "3")
      << "what has a value";
  EXPECT_EQ(rows(coql("select Industry as branch, count(id) as n from Accounts "
                      "where Employees > 1 group by Industry order by n desc, branch"),
                 "branch", "n"),
            "Retail 2, Energy 1");
}

TEST_F(CrmFigures, NumbersAreSummedAndAveraged) {
  const Answer all = coql(
      "select sum(Annual_Revenue), avg(Annual_Revenue), min(Annual_Revenue), max(Annual_Revenue), "
      "avg(Employees), max(Created_Time) from Accounts where id is not null");
  ASSERT_EQ(all.status, 200) << all.body;
  EXPECT_EQ(member(all, 0, "SUM(Annual_Revenue)"), "1.3025E2");
  EXPECT_EQ(member(all, 0, "AVG(Annual_Revenue)"), "4.34167E1");
  EXPECT_EQ(member(all, 0, "MIN(Annual_Revenue)"), "-2.025E1");
  EXPECT_EQ(member(all, 0, "MAX(Annual_Revenue)"), "1.005E2");
  EXPECT_EQ(member(all, 0, "AVG(Employees)"), "1.633E1");
  EXPECT_EQ(member(all, 0, "MAX(Created_Time)"), "2026-03-02T09:00:00+00:00");
  EXPECT_EQ(rows(coql("select sum(Employees) as n from Accounts where Industry = 'Retail'"), "n"),
            "42");
  EXPECT_EQ(rows(coql("select sum(Employees) as n from Accounts where Industry is null"), "n"),
            "null")
      << "a sum of nothing is nothing";
  EXPECT_EQ(rows(coql("select Industry, sum(Annual_Revenue) from Accounts where id is not null "
                      "group by Industry order by sum(Annual_Revenue) desc limit 1, 1"),
                 "Industry"),
            "Energy");
}

TEST_F(CrmFigures, GroupsOfLookupsShowThem) {
  const std::string account = made("Accounts", R"({"Account_Name":"Haus"})");
  made("Contacts", R"({"Last_Name":"Silva","Account_Name":{"id":")" + account + R"("}})");
  const Answer answer = coql(
      "select Account_Name, Owner, count(id) from Contacts where id is not null "
      "group by Account_Name, Owner");
  EXPECT_EQ(answer.at("data.0.Account_Name.name"), "Haus") << answer.body;
  EXPECT_EQ(answer.at("data.0.Owner.name"), "ada");
}

TEST_F(CrmFigures, AQueryWithFiguresIsWellFormed) {
  for (const std::string query :
       {"select Account_Name, count(id) from Accounts where id is not null",
        "select sum(Account_Name) from Accounts where id is not null",
        "select count(Spaceship) from Accounts where id is not null",
        "select count(id) from Accounts where id is not null group by Tag",
        "select count(id) from Accounts where id is not null group by Industry order by Phone",
        "select count(id) from Accounts where id is not null order by sum(Employees)"}) {
    EXPECT_EQ(coql(query).at("code"), "INVALID_QUERY") << query;
  }
  EXPECT_EQ(coql("select median(Employees) from Accounts where id is not null").at("code"),
            "SYNTAX_ERROR");
}

TEST_F(CrmFigures, RowsAreOrderedBySeveralColumns) {
  const std::string query =
      "select Account_Name from Accounts where id is not null order by Industry asc, Employees "
      "desc";
  EXPECT_EQ(rows(coql(query), "Account_Name"), "Netz, Laden, Kunde, Leer")
      << "what has no value comes last";
  EXPECT_EQ(rows(coql(query + " limit 1, 2"), "Account_Name"), "Laden, Kunde");
  EXPECT_EQ(coql(query + " limit 1, 2").at("info.more_records"), "true");
  EXPECT_EQ(coql(query + " limit 2, 2").at("info.more_records"), "false");
  EXPECT_EQ(rows(coql("select Account_Name as name from Accounts where Employees is not null "
                      "order by Employees"),
                 "name"),
            "Netz, Kunde, Laden");
}

TEST_F(CrmFigures, ColumnsMayBeOfTheLinkedRecord) {
  const std::string account = made("Accounts", R"({"Account_Name":"Haus","Industry":"Retail"})");
  made("Contacts", R"({"Last_Name":"Silva","Account_Name":{"id":")" + account + R"("}})");
  made("Contacts", R"({"Last_Name":"Alone"})");
  EXPECT_EQ(rows(coql("select Last_Name, Account_Name.Industry from Contacts where id is not null "
                      "order by Last_Name"),
                 "Last_Name", "Account_Name.Industry"),
            "Alone null, Silva Retail");
  EXPECT_EQ(coql("select Account_Name.Spaceship from Contacts where id is not null").at("code"),
            "INVALID_QUERY");
}

TEST_F(CrmFigures, AQueryTakesTheScopeOfItsModule) {
  portal.firm(Edition::crm).ada.access_token =
      portal.token(Edition::crm, {"ZohoCRM.coql.READ", "ZohoCRM.modules.accounts.READ"});
  EXPECT_EQ(coql("select id from Accounts where id is not null").status, 200);
  EXPECT_EQ(coql("select id from Contacts where id is not null").at("code"),
            "OAUTH_SCOPE_MISMATCH");
}

struct CrmGrammar : CrmCoql {
  std::string head = made("Accounts", R"({"Account_Name":"Ärztehaus","Industry":"Retail"})");
  std::string branch =
      made("Accounts", R"({"Account_Name":"Branch","Parent_Account":{"id":")" + head + R"("}})");

  CrmGrammar() {
    person("Silva",
           R"("Account_Name":")" + branch + R"(","Email_Opt_Out":true,"Tag":[{"name":"VIP"}])");
    person("Souza", R"("Account_Name":")" + head + R"(","Email_Opt_Out":false)");
    person("O'Neil", R"("Email":"o@x.example")");
  }
  void person(const std::string& name, const std::string& more) {
    made("Contacts", R"({"Last_Name":")" + name + "\"," + more + "}");
  }
  std::string people(const std::string& condition) {
    const Answer answer = coql("select Last_Name from Contacts where " + condition);
    return rows(answer, "Last_Name");
  }
  static std::string fault(const Answer& answer) {
    return answer.at("code") + " " + answer.at("details.near") + " " + answer.at("details.line") +
           ":" + answer.at("details.column");
  }
};

TEST_F(CrmGrammar, ATextMayBeAskedHowItEnds) {
  EXPECT_EQ(people("Last_Name like '%A'"), "Silva, Souza") << "in any case, as 'x%' and '%x%'";
  EXPECT_EQ(people("Last_Name not like '%za'"), "Silva, O'Neil");
  EXPECT_EQ(people("Email not like '%example'"), "Silva, Souza") << "what is empty does not end so";
  EXPECT_EQ(people("Account_Name like '%haus'"), "Souza") << "of a lookup its name";
  EXPECT_EQ(people("Last_Name like '%'"), "Silva, Souza, O'Neil") << "whatever has a value";
  EXPECT_EQ(people("Account_Name like '%'"), "Silva, Souza");
  EXPECT_EQ(fault(coql("select id from Contacts where Last_Name like 's%a'")),
            "SYNTAX_ERROR s%a 1:46")
      << "nothing is left open in between";
}

TEST_F(CrmGrammar, ALookupIsAskedByIdByNameOrByBoth) {
  EXPECT_EQ(people("Account_Name = '" + head + "'"), "Souza");
  EXPECT_EQ(people("Account_Name = 'Branch'"), "Silva");
  EXPECT_EQ(people("Account_Name in ('" + head + "', 'Branch')"), "Silva, Souza");
  EXPECT_EQ(people("Account_Name not in ('Branch')"), "Souza, O'Neil");
  EXPECT_EQ(people("Owner = 'ada'"), "Silva, Souza, O'Neil");
  EXPECT_EQ(people("Created_By = 'ben'"), "");
  EXPECT_EQ(people("Account_Name > 'A'"), "INVALID_QUERY");
}

TEST_F(CrmGrammar, ConditionsAndColumnsGoThroughTwoLookups) {
  EXPECT_EQ(people("Account_Name.Parent_Account.Industry = 'Retail'"), "Silva");
  EXPECT_EQ(people("Account_Name.Parent_Account.Account_Name = 'Ärztehaus'"), "Silva");
  EXPECT_EQ(people("Account_Name.Industry is null"), "Silva, O'Neil")
      << "where nothing is linked there is no value either";
  EXPECT_EQ(people("Account_Name.Industry != 'Retail'"), "Silva, O'Neil");
  EXPECT_EQ(people("Account_Name.Parent_Account.Parent_Account.Industry is null"), "INVALID_QUERY");
  EXPECT_EQ(people("Account_Name..Industry is null"), "INVALID_QUERY");
  EXPECT_EQ(people("Owner.Email is null"), "INVALID_QUERY");
  const Answer answer = coql(
      "select Last_Name, Account_Name.Parent_Account.Account_Name as top, "
      "Account_Name.Account_Name "
      "from Contacts where id is not null");
  EXPECT_EQ(rows(answer, "Last_Name", "top"), "Silva Ärztehaus, Souza null, O'Neil null");
  EXPECT_EQ(rows(answer, "Account_Name.Account_Name"), "Branch, Ärztehaus, null");
  for (const std::string column : {"Account_Name.Parent_Account.Parent_Account.Phone",
                                   "Account_Name..Phone", "Account_Name.Spaceship", "Owner.Email"})
    EXPECT_EQ(coql("select " + column + " from Contacts where id is not null").at("code"),
              "INVALID_QUERY")
        << column;
}

TEST_F(CrmGrammar, LookupsAreOrderedByWhatTheirRecordsAreCalled) {
  const std::string all = "select Last_Name from Contacts where id is not null order by ";
  EXPECT_EQ(rows(coql(all + "Account_Name"), "Last_Name"), "Silva, Souza, O'Neil")
      << "what has no value comes last";
  EXPECT_EQ(rows(coql(all + "Account_Name desc"), "Last_Name"), "Souza, Silva, O'Neil");
  EXPECT_EQ(rows(coql(all + "Owner, Last_Name desc"), "Last_Name"), "Souza, Silva, O'Neil");
  EXPECT_EQ(rows(coql("select Account_Name, count(id) as n from Contacts where Account_Name is not "
                      "null group by Account_Name order by Account_Name desc"),
                 "n"),
            "1, 1");
  EXPECT_EQ(coql("select Account_Name, count(id) from Contacts where Account_Name is not null "
                 "group by Account_Name order by Account_Name desc")
                .at("data.0.Account_Name.name"),
            "Ärztehaus");
}

TEST_F(CrmGrammar, AFlagThatNobodySetIsFalse) {
  EXPECT_EQ(people("Email_Opt_Out = true"), "Silva");
  EXPECT_EQ(people("Email_Opt_Out = false"), "Souza, O'Neil") << "as it is shown";
  EXPECT_EQ(people("Email_Opt_Out != true"), "Souza, O'Neil");
  EXPECT_EQ(people("Email_Opt_Out is null"), "");
  EXPECT_EQ(people("Email_Opt_Out in (true, false)"), "Silva, Souza, O'Neil");
}

TEST_F(CrmGrammar, NamesAndTextsStandInEitherQuote) {
  EXPECT_EQ(
      rows(coql("select 'Last_Name' from Contacts where \"Last_Name\" = 'O''Neil'"), "Last_Name"),
      "O'Neil");
  EXPECT_EQ(people(R"(Last_Name = 'O\'Neil')"), "O'Neil");
  EXPECT_EQ(people(R"(Last_Name = "O'Neil")"), "O'Neil");
}

TEST_F(CrmGrammar, AnAliasIsAWordOfItsOwn) {
  const auto with = [&](const std::string& columns) {
    return coql("select " + columns + " from Contacts where id is not null").at("code");
  };
  EXPECT_EQ(with("Last_Name as surname"), "");
  EXPECT_EQ(with("Last_Name as id"), "INVALID_ALIAS") << "each row has one";
  EXPECT_EQ(with("Last_Name as a.b"), "INVALID_ALIAS");
  EXPECT_EQ(with("Last_Name as from"), "INVALID_ALIAS");
  EXPECT_EQ(with("Last_Name as " + std::string(101, 'a')), "INVALID_ALIAS");
  EXPECT_EQ(with("Last_Name as '田中'"), "INVALID_ALIAS");
  EXPECT_EQ(with("Last_Name as a, Email as A"), "DUPLICATE_ALIAS");
  EXPECT_EQ(with("Last_Name, Email as Last_Name"), "DUPLICATE_ALIAS");
  EXPECT_EQ(with("Email, Email"), "") << "what is asked for twice is shown once";
  EXPECT_EQ(fault(coql("select Last_Name,\nEmail as id from Contacts where id is not null")),
            "INVALID_ALIAS id 2:10");
}

TEST_F(CrmGrammar, AFaultSaysWhereAndWhy) {
  EXPECT_EQ(fault(coql("select id from Contacts where Last_Name == 'x'")), "SYNTAX_ERROR = 1:42");
  EXPECT_EQ(fault(coql("select id from Contacts where Last_Name = 'x")), "SYNTAX_ERROR 'x 1:43");
  EXPECT_EQ(fault(coql("select id from Contacts where 田中太郎 = 'x'")).substr(0, 13),
            "SYNTAX_ERROR ");
  const auto reason = [&](const std::string& condition) {
    const Answer answer = coql("select id from Contacts where " + condition);
    return answer.at("code") + " " + answer.at("details.column_name") + " " +
           answer.at("details.reason");
  };
  EXPECT_EQ(reason("Spaceship = 'x'"), "INVALID_QUERY Spaceship invalid_column");
  EXPECT_EQ(reason("Date_of_Birth = 'soon'"), "INVALID_QUERY Date_of_Birth invalid_value");
  EXPECT_EQ(reason("Last_Name > 'x'"), "INVALID_QUERY Last_Name unsupported_operator");
  EXPECT_EQ(reason("Account_Name.Industry between 'a' and 'b'").substr(0, 36),
            "INVALID_QUERY Account_Name.Industry ");
  const std::string far = "select id from Contacts where id is not null limit 200000, 10";
  EXPECT_EQ(coql(far).at("code"), "LIMIT_EXCEEDED");
}

TEST_F(CrmGrammar, AnActivityIsAskedWhatItIsAbout) {
  made("Tasks",
       R"({"Subject":"Visit","$se_module":"Accounts","What_Id":{"id":")" + head + R"("}})");
  made("Tasks", R"({"Subject":"Rest"})");
  const auto tasks = [&](const std::string& condition) {
    return rows(coql("select Subject from Tasks where " + condition), "Subject");
  };
  EXPECT_EQ(tasks("What_Id = '" + head + "'"), "Visit");
  EXPECT_EQ(tasks("What_Id like 'ärz%'"), "") << "only ASCII letters have two cases";
  EXPECT_EQ(tasks("What_Id like 'Ärz%'"), "Visit");
  EXPECT_EQ(tasks("What_Id is null"), "Rest");
  EXPECT_EQ(tasks("What_Id != '" + head + "'"), "Rest");
}

TEST_F(CrmCoql, FiguresAndFreeOrdersOfTooManyRecordsAreRefused) {
  const test::SalesPortal::Firm& firm = portal.firm(Edition::crm);
  const auto filled = portal.program().database().write([&](db::Transaction& tx) -> Result<void> {
    tx.execute(
        "INSERT INTO crm_leads (org_id, id, revision, title, created_at, updated_at, last_name, "
        "company) WITH RECURSIVE counter (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counter "
        "WHERE n <= $2) SELECT $1, n, 1, 'x', 0, 0, 'x', 'c' FROM counter",
        {firm.org.value, records::rows_looked_at_max});
    return {};
  });
  ASSERT_TRUE(filled);
  for (const std::string query : {"select count(id) as n from Leads where id > 0",
                                  "select City, count(id) from Leads where id > 0 group by City",
                                  "select id from Leads where id > 0 order by City",
                                  "select id from Leads where id > 0 order by Owner desc"}) {
    const Answer answer = coql(query);
    EXPECT_EQ(answer.status, 400) << query;
    EXPECT_EQ(answer.at("code"), "LIMIT_EXCEEDED") << query << " " << answer.body;
    EXPECT_EQ(answer.at("status"), "error") << query;
  }
  EXPECT_EQ(coql("select count(id) as n from Leads where id > 1").at("data.0.n"), "100000");
  EXPECT_EQ(coql("select id from Leads where id > 0 order by Last_Name").status, 200)
      << "an index has this order";
}

}  // namespace

}  // namespace tandem
