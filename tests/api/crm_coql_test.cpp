#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

#include "api/crm/coql/coql.h"
#include "tests/api/sales_portal.h"

// COQL with figures and orders, every operator on every kind of field, and texts that are no
// queries: docs/api/crm.md.

namespace tandem {

namespace {

using crm::Edition;
using http::Method;
using test::Answer;

uint64_t test_seed() {
  const char* given = std::getenv("TANDEM_SEED");
  return given ? std::strtoull(given, nullptr, 10) : 20'261'123;
}

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
  Answer search(const std::string& module, const std::string& criteria) {
    http::Request request;
    request.path = "/crm/v8/" + module + "/search";
    request.query = {{"criteria", criteria}};
    request.headers = {
        {"Authorization", "Zoho-oauthtoken " + portal.firm(Edition::crm).ada.access_token}};
    return portal.send(std::move(request));
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

/// A kind of field with two values, of which the first is the smaller.
struct KindRow {
  std::string module;
  std::string field;
  std::string low;  // as a query writes it
  std::string high;
  std::string low_json;  // as a body writes it
  std::string high_json;
  bool has_order = false;
  std::string begin = {};  // of the low value, of kinds that are texts
};

class EveryOperator : public CrmCoql {
 protected:
  /// Low and High have a value, None has none.
  void make_three(const KindRow& kind) {
    for (const auto& [name, json] : std::vector<std::pair<std::string, std::string>>{
             {"Low", kind.low_json}, {"High", kind.high_json}, {"None", ""}}) {
      std::string item = R"({"Last_Name":")" + name + R"(","Company":"c","Subject":")" + name +
                         R"(","Account_Name":")" + name + R"(","Product_Name":")" + name + "\"";
      if (kind.module == "Contacts") item = R"({"Last_Name":")" + name + "\"";
      if (!json.empty()) item += ",\"" + kind.field + "\":" + json;
      made(kind.module, item + "}");
    }
  }
  std::string found(const KindRow& kind, const std::string& condition) {
    const std::string name = kind.module == "Tasks"      ? "Subject"
                             : kind.module == "Products" ? "Product_Name"
                                                         : "Last_Name";
    const Answer answer = coql("select " + name + " from " + kind.module + " where " + kind.field +
                               " " + condition + " order by id");
    const std::string names = rows(answer, name);
    return names.empty() ? "-" : names;
  }
  void check(const KindRow& kind) {
    SCOPED_TRACE(kind.module + "." + kind.field);
    make_three(kind);
    const auto expect = [&](const std::string& condition, const std::string& names) {
      EXPECT_EQ(found(kind, condition), names) << kind.field << " " << condition;
    };
    const std::string no = "INVALID_QUERY";
    const auto ordered = [&](const std::string& names) { return kind.has_order ? names : no; };
    expect("= " + kind.low, "Low");
    expect("!= " + kind.low, "High, None");
    expect("in (" + kind.low + ", " + kind.high + ")", "Low, High");
    expect("not in (" + kind.low + ")", "High, None");
    expect("is null", "None");
    expect("is not null", "Low, High");
    expect("< " + kind.high, ordered("Low"));
    expect("<= " + kind.low, ordered("Low"));
    expect("> " + kind.low, ordered("High"));
    expect(">= " + kind.high, ordered("High"));
    expect("between " + kind.low + " and " + kind.high, ordered("Low, High"));
    expect("not between " + kind.low + " and " + kind.low, ordered("High, None"));
    const bool is_text = !kind.begin.empty();
    expect("like '" + (is_text ? kind.begin : "x") + "%'", is_text ? "Low" : no);
    expect("not like '" + (is_text ? kind.begin : "x") + "%'", is_text ? "High, None" : no);
    if (is_text) expect("like '%" + kind.begin.substr(1) + "%'", "Low");
    if (is_text) expect("not like '%" + kind.begin.substr(1) + "%'", "High, None");
  }
};

TEST_F(EveryOperator, IsAnsweredOrRefusedForEachKindOfField) {
  const std::string one = made("Accounts", R"({"Account_Name":"One"})");
  const std::string two = made("Accounts", R"({"Account_Name":"Two"})");
  const std::vector<KindRow> kinds{
      {"Leads", "City", "'Braga'", "'Porto'", R"("Braga")", R"("Porto")", false, "bra"},
      {"Leads", "Description", "'alpha'", "'beta'", R"("alpha")", R"("beta")", false, "alp"},
      {"Leads", "Email", "'ana@x.example'", "'bob@x.example'", R"("ana@x.example")",
       R"("bob@x.example")", false, "ana@"},
      {"Leads", "Phone", "'+351 1'", "'+351 2'", R"("+351 1")", R"("+351 2")", false, "+351 1"},
      {"Leads", "Website", "'https://a.example'", "'https://b.example'", R"("https://a.example")",
       R"("https://b.example")", false, "https://a"},
      {"Leads", "Lead_Source", "'Chat'", "'Partner'", R"("Chat")", R"("Partner")", false},
      {"Leads", "No_of_Employees", "-3", "12", "-3", "12", true},
      {"Leads", "Annual_Revenue", "1.50", "200", "1.5", "200", true},
      {"Leads", "Email_Opt_Out", "false", "true", "false", "true", false},
      {"Leads", "Tag", "'fair'", "'vip'", R"([{"name":"Fair"}])", R"([{"name":"VIP"}])", false},
      {"Contacts", "Date_of_Birth", "'1980-02-29'", "'1990-01-01'", R"("1980-02-29")",
       R"("1990-01-01")", true},
      {"Contacts", "Account_Name", "'" + one + "'", "'" + two + "'", "{\"id\":\"" + one + "\"}",
       "{\"id\":\"" + two + "\"}", false, "one"},
      {"Tasks", "Remind_At", "'2026-03-05T09:00:00+00:00'", "'2026-03-06T09:00:00+01:00'",
       R"("2026-03-05T09:00:00Z")", R"("2026-03-06T08:00:00Z")", true},
      {"Products", "Qty_in_Stock", "0.25", "3", "0.25", "3", true},
  };
  for (const KindRow& kind : kinds) {
    check(kind);
    // The next kind begins with an empty module.
    const Answer all = coql("select id from " + kind.module + " where id is not null");
    std::string ids;
    for (int row = 0; row < 3; ++row)
      ids += (ids.empty() ? "" : ",") + all.at("data." + std::to_string(row) + ".id");
    EXPECT_EQ(portal.call(Edition::crm, Method::del, "/" + kind.module + "?ids=" + ids).status,
              200);
  }
}

/// Texts made of pieces of queries, and whole ones with a few bytes changed.
class Texts {
 public:
  explicit Texts(std::vector<std::string> pieces)
      : pieces_(std::move(pieces)), random_(test_seed()) {}

  std::string of_pieces() {
    std::string text;
    for (int count = below(24); count > 0; --count)
      text += pieces_[size_t(below(int(pieces_.size())))];
    return text;
  }
  std::string mutated(std::string text) {
    for (int count = 1 + below(4); count > 0 && !text.empty(); --count) {
      const size_t at = size_t(below(int(text.size())));
      switch (below(4)) {
        case 0: text[at] = char(below(256)); break;
        case 1: text.erase(at, size_t(1 + below(5))); break;
        case 2: text.insert(at, pieces_[size_t(below(int(pieces_.size())))]); break;
        default: text.insert(at, text.substr(at, size_t(below(20)))); break;
      }
    }
    return text;
  }

 private:
  int below(int limit) { return int(random_() % uint64_t(limit)); }

  std::vector<std::string> pieces_;
  std::mt19937_64 random_;
};

const std::vector<std::string> coql_pieces{"select ",
                                           " from ",
                                           " where ",
                                           " and ",
                                           " or ",
                                           " not ",
                                           " in ",
                                           " like ",
                                           " between ",
                                           " is null",
                                           " is not null",
                                           " group by ",
                                           " order by ",
                                           " desc",
                                           " limit ",
                                           " offset ",
                                           "(",
                                           ")",
                                           ",",
                                           "=",
                                           "!=",
                                           "<=",
                                           "'",
                                           "'a'",
                                           "'%a%'",
                                           "\\",
                                           "1",
                                           "-2.5",
                                           "9999999999999999999",
                                           "Last_Name",
                                           "Account_Name.Industry",
                                           "id",
                                           "count(id)",
                                           "sum(Annual_Revenue)",
                                           " as n",
                                           "Contacts",
                                           "Leads",
                                           ".",
                                           "%",
                                           "田中",
                                           std::string(1, '\0'),
                                           "\xff"};
const std::vector<std::string> criteria_pieces{"(",
                                               ")",
                                               "and",
                                               "or",
                                               ":",
                                               ",",
                                               "\\",
                                               "Last_Name",
                                               "Email",
                                               "Account_Name",
                                               "No_of_Employees",
                                               "Created_Time",
                                               "equals",
                                               "not_equal",
                                               "starts_with",
                                               "in",
                                               "between",
                                               "less_than",
                                               "greater_equal",
                                               "a",
                                               "12",
                                               "2026-03-01T00:00:00Z",
                                               "田中",
                                               " ",
                                               std::string(1, '\0'),
                                               "\xff"};

const std::string whole_query =
    "select Last_Name, count(id) as n from Leads where ((Last_Name = 'x\\'y' and No_of_Employees "
    "not in (1, 2.5)) or City like 'x%') and Email is not null group by Last_Name order by n desc, "
    "Last_Name limit 5, 10";
const std::string whole_criteria =
    "((Last_Name:equals:a\\,b)and((City:starts_with:x)or(No_of_Employees:between:1,5)))";

TEST(CoqlTexts, ThousandsOfTextsAreReadOrRefused) {
  Texts texts(coql_pieces);
  std::printf("seed %llu\n", (unsigned long long)test_seed());
  for (int round = 0; round < 20'000; ++round) {
    const std::string text = round % 2 == 0 ? texts.of_pieces() : texts.mutated(whole_query);
    const auto query = api::crm_dialect::coql::parse(text);
    if (query) continue;
    const std::string& code = query.error().code;
    EXPECT_TRUE(code == "SYNTAX_ERROR" || code == "LIMIT_EXCEEDED" || code == "DUPLICATE_ALIAS")
        << code << " of " << text;
  }
}

TEST(CoqlTexts, ThousandsOfCriteriaAreReadOrRefused) {
  Texts texts(criteria_pieces);
  for (int round = 0; round < 20'000; ++round) {
    const std::string text = round % 2 == 0 ? texts.of_pieces() : texts.mutated(whole_criteria);
    const auto condition = api::crm_dialect::condition_of_criteria(text);
    EXPECT_TRUE(condition || condition.error().code == "invalid_criteria") << text;
  }
}

TEST_F(CrmCoql, WhateverIsAskedIsAnsweredInTheDialect) {
  made("Leads", R"({"Last_Name":"Silva","Company":"c","No_of_Employees":3})");
  Texts queries(coql_pieces);
  Texts criteria(criteria_pieces);
  // INVALID_DATA of a body that is no JSON: a zero byte is none.
  const std::vector<std::string> query_codes{"SYNTAX_ERROR", "INVALID_QUERY", "LIMIT_EXCEEDED",
                                             "DUPLICATE_ALIAS", "INVALID_DATA"};
  const std::string error = R"("status":"error"})";
  for (int round = 0; round < 1'000; ++round) {
    const std::string query = queries.mutated(whole_query);
    const Answer answer = coql(query);
    const bool is_known =
        answer.status == 200 || answer.status == 204 ||
        std::find(query_codes.begin(), query_codes.end(), answer.at("code")) != query_codes.end();
    ASSERT_TRUE(is_known) << answer.status << " " << answer.body << " to " << query;
    const std::string asked = criteria.mutated(whole_criteria);
    const Answer searched = search("Leads", asked);
    const bool is_right = searched.status == 200 || searched.status == 204 ||
                          (searched.status == 400 && searched.body.ends_with(error));
    ASSERT_TRUE(is_right) << searched.status << " " << searched.body << " to " << asked;
  }
}

}  // namespace

}  // namespace tandem
