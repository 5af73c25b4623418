#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <random>

#include "api/crm/bulk_criteria.h"
#include "api/crm/coql/coql.h"
#include "base/text.h"
#include "tests/api/sales_portal.h"

// Queries, criteria and filters as nobody would write them: read or refused, always in the words of
// the face, never a failure. TANDEM_SEED repeats a run.

namespace tandem {

namespace {

using crm::Edition;
using http::Method;
using test::Answer;

uint64_t test_seed() {
  const char* given = std::getenv("TANDEM_SEED");
  return given ? std::strtoull(given, nullptr, 10) : 20'261'123;
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
                                           "'%a'",
                                           "\"",
                                           "\\",
                                           "1",
                                           "-2.5",
                                           "9999999999999999999",
                                           "Last_Name",
                                           "Account_Name.Industry",
                                           "Account_Name.Parent_Account.Owner",
                                           "What_Id",
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
                                               "ends_with",
                                               "${EMPTY}",
                                               "Owner",
                                               "a",
                                               "12",
                                               "2026-03-01T00:00:00Z",
                                               "田中",
                                               " ",
                                               std::string(1, '\0'),
                                               "\xff"};

const std::vector<std::string> whole_queries{
    "select Last_Name, count(id) as n from Leads where ((Last_Name = 'x\\'y' and No_of_Employees "
    "not in (1, 25)) or City like 'x%') and Email is not null group by Last_Name order by n desc, "
    "Last_Name limit 5, 10",
    "select Last_Name, Account_Name.Parent_Account.Owner as boss from Contacts where "
    "Account_Name.Industry = 'Retail' and (Owner in ('ada', '5') or Email_Opt_Out = false) order "
    "by "
    "Account_Name desc, Last_Name",
    "select sum(Amount), avg(Amount), min(Closing_Date) from Deals where Stage not like '%n' and "
    "Closing_Date between '2026-01-01' and '2026-12-31'",
    "select Subject from Tasks where What_Id is not null and Created_Time >= "
    "'2026-03-01T00:00:00+00:00' and \"Tag\" = 'vip' limit 10 offset 5"};
const std::vector<std::string> whole_criteria{
    "((Last_Name:equals:a\\,b)and((City:starts_with:x)or(No_of_Employees:between:1,5)))",
    "(Created_Time:greater_equal:2026-03-01T00:00:00Z)or(Owner:in:ada,5)",
    "((Email:ends_with:example)and(Lead_Source:not_equal:Chat)and(Email_Opt_Out:equals:false))",
    "(Annual_Revenue:not_between:1.5,20)and(Phone:equals:${EMPTY})"};
const std::vector<std::string> whole_groups{
    R"({"group_operator":"or","group":[{"field":{"api_name":"Email"},"comparator":"equal","value":"a"},)"
    R"({"field":{"api_name":"City"},"comparator":"in","value":["a","b",5]}]})",
    R"({"field":{"api_name":"Owner"},"comparator":"not_equal","value":{"id":"5"}})"};
const std::vector<std::string> whole_filters{
    R"({"all_of":[{"field":"last_name","contains":"a"},{"none_of":[{"field":"employees","at_least":3}]}]})",
    R"({"field":"created_at","in_last_days":7})",
    R"({"any_of":[{"field":"email","ends_with":"example"},{"field":"owner","is":"me"}]})",
    R"({"field":"annual_revenue","between":["1.50","20"]})",
    R"({"field":"lead_source","is_one_of":["chat","partner"]})"};
const std::vector<std::string> json_pieces{"{",
                                           "}",
                                           "[",
                                           "]",
                                           ":",
                                           ",",
                                           "\"",
                                           "null",
                                           "true",
                                           "1",
                                           "-2.5",
                                           "1e400",
                                           "\"is\"",
                                           "\"field\"",
                                           "\"is_one_of\"",
                                           "\"starts_with\"",
                                           "\"value\"",
                                           "\"group\"",
                                           "\"and\"",
                                           "\\u0000",
                                           "田中"};

const std::string& one_of(const std::vector<std::string>& all, int round) {
  return all[size_t(round) % all.size()];
}

TEST(QueryTexts, ThousandsOfQueriesAreReadOrRefused) {
  Texts texts(coql_pieces);
  std::printf("seed %llu\n", (unsigned long long)test_seed());
  for (const std::string& query : whole_queries)
    EXPECT_TRUE(api::crm_dialect::coql::parse(query)) << query;
  for (int round = 0; round < 20'000; ++round) {
    const std::string text =
        round % 2 == 0 ? texts.of_pieces() : texts.mutated(one_of(whole_queries, round / 2));
    const auto query = api::crm_dialect::coql::parse(text);
    if (query) continue;
    const std::string& code = query.error().code;
    EXPECT_TRUE(code == "SYNTAX_ERROR" || code == "LIMIT_EXCEEDED" || code == "DUPLICATE_ALIAS" ||
                code == "INVALID_ALIAS")
        << code << " of " << text;
    EXPECT_TRUE(query.error().line >= 1 && query.error().column >= 1) << text;
  }
}

TEST(QueryTexts, ThousandsOfCriteriaAreReadOrRefused) {
  Texts texts(criteria_pieces);
  for (const std::string& criteria : whole_criteria)
    EXPECT_TRUE(api::crm_dialect::condition_of_criteria(criteria)) << criteria;
  for (int round = 0; round < 20'000; ++round) {
    const std::string text =
        round % 2 == 0 ? texts.of_pieces() : texts.mutated(one_of(whole_criteria, round / 2));
    const auto condition = api::crm_dialect::condition_of_criteria(text);
    EXPECT_TRUE(condition || condition.error().code == "invalid_criteria") << text;
  }
}

TEST(QueryTexts, ThousandsOfGroupsAreReadOrRefused) {
  Texts texts(json_pieces);
  int answered = 0;
  for (int round = 0; round < 20'000; ++round) {
    const Result<Json> json = json_from_text(texts.mutated(one_of(whole_groups, round)));
    if (!json) continue;
    const auto condition = api::crm_dialect::condition_of_bulk(*json);
    EXPECT_TRUE(condition || condition.error().code == "invalid_criteria" ||
                condition.error().code == "unsupported_operator")
        << json_to_text(*json);
    ++answered;
  }
  EXPECT_GT(answered, 1'000) << "some stay JSON";
}

/// So many conditions, each in brackets with all that follow it.
std::string nested(const std::string& open, const std::string& close, int depth) {
  std::string text;
  for (int level = 0; level < depth; ++level) text += open;
  for (int level = 0; level < depth; ++level) text += close;
  return text;
}

TEST(QueryTexts, DepthAndNumberOfConditionsAreBounded) {
  namespace dialect = api::crm_dialect;
  const auto query_of = [](const std::string& where) {
    return "select id from Leads where " + where;
  };
  const auto code = [&](const std::string& where) {
    const auto query = dialect::coql::parse(query_of(where));
    return query ? "" : query.error().code;
  };
  // As the real service asks for it: pairs of pairs.
  std::string pairs = "id is not null";
  for (int count = 1; count < int(dialect::coql::conditions_max); ++count)
    pairs = "(" + pairs + " and id is not null)";
  EXPECT_EQ(code(pairs), "");
  EXPECT_EQ(code("(" + pairs + ") or id is null"), "LIMIT_EXCEEDED");
  EXPECT_EQ(code(std::string(50'000, '(')), "LIMIT_EXCEEDED");
  EXPECT_EQ(code(nested("(", ")", 9'000)), "LIMIT_EXCEEDED");
  EXPECT_FALSE(dialect::condition_of_criteria(nested("(", ")", 2'000)));
  EXPECT_FALSE(dialect::condition_of_criteria(std::string(4'999, '(')));
  const auto deep =
      json_from_text(nested(R"({"group_operator":"and","group":[)", "]}", json_depth_max / 2 - 1));
  ASSERT_TRUE(deep);
  EXPECT_FALSE(dialect::condition_of_bulk(*deep));
  std::string many = R"({"group_operator":"and","group":[)";
  for (int count = 0; count < 26; ++count)
    many += std::string(count > 0 ? "," : "") +
            R"({"field":{"api_name":"Email"},"comparator":"equal","value":"a"})";
  EXPECT_FALSE(dialect::condition_of_bulk(json_from_text(many + "]}").value()));
}

struct QueryFaces : testing::Test {
  test::SalesPortal portal;

  Answer coql(const std::string& query) {
    JsonWriter json;
    json.begin_object().string("select_query", query).end_object();
    return portal.call(Edition::crm, Method::post, "/coql", json.take());
  }
  Answer search(const std::string& criteria) {
    http::Request request;
    request.path = "/crm/v8/Leads/search";
    request.query = {{"criteria", criteria}};
    request.headers = {
        {"Authorization", "Zoho-oauthtoken " + portal.firm(Edition::crm).ada.access_token}};
    return portal.send(std::move(request));
  }
  Answer list(const std::string& filter) {
    const test::SalesPortal::Firm& firm = portal.firm(Edition::crm);
    http::Request request = test::Portal::request_of(
        {.session_token = firm.ada.session_token, .csrf_token = firm.ada.csrf_token}, Method::get,
        test::SalesPortal::face(Edition::crm, firm, "/leads"));
    request.query = {{"filter", filter}};
    return portal.send(std::move(request));
  }
  static bool is_found(const Answer& answer) {
    return answer.status == 200 || answer.status == 204;
  }
};

TEST_F(QueryFaces, WhateverIsAskedIsAnsweredInTheDialect) {
  portal.made(Edition::crm, "Leads", R"({"Last_Name":"Silva","Company":"c","No_of_Employees":3})");
  portal.made(Edition::crm, "Contacts", R"({"Last_Name":"Silva"})");
  Texts queries(coql_pieces);
  Texts criteria(criteria_pieces);
  for (const std::string& query : whole_queries) EXPECT_TRUE(is_found(coql(query))) << query;
  for (const std::string& one : whole_criteria) EXPECT_TRUE(is_found(search(one))) << one;
  // INVALID_DATA of a body that is no JSON: a zero byte is none.
  const std::vector<std::string> query_codes{"SYNTAX_ERROR",    "INVALID_QUERY", "LIMIT_EXCEEDED",
                                             "DUPLICATE_ALIAS", "INVALID_ALIAS", "INVALID_DATA"};
  const std::string error = R"("status":"error"})";
  for (int round = 0; round < 2'000; ++round) {
    const std::string query = queries.mutated(one_of(whole_queries, round));
    const Answer answer = coql(query);
    const bool is_known = is_found(answer) || std::find(query_codes.begin(), query_codes.end(),
                                                        answer.at("code")) != query_codes.end();
    ASSERT_TRUE(is_known) << answer.status << " " << answer.body << " to " << query;
    const std::string asked = criteria.mutated(one_of(whole_criteria, round));
    const Answer searched = search(asked);
    const bool is_right =
        is_found(searched) || (searched.status == 400 && searched.body.ends_with(error));
    ASSERT_TRUE(is_right) << searched.status << " " << searched.body << " to " << asked;
  }
}

TEST_F(QueryFaces, WhateverIsFilteredByIsAnsweredOrRefused) {
  portal.made(Edition::crm, "Leads", R"({"Last_Name":"Silva","Company":"c","No_of_Employees":3})");
  Texts texts(json_pieces);
  for (const std::string& filter : whole_filters) EXPECT_TRUE(is_found(list(filter))) << filter;
  for (int round = 0; round < 2'000; ++round) {
    const std::string filter = texts.mutated(one_of(whole_filters, round));
    const Answer answer = list(filter);
    const bool is_refused =
        (answer.status == 400 || answer.status == 422) && !answer.at("error.code").empty();
    ASSERT_TRUE(is_found(answer) || is_refused)
        << answer.status << " " << answer.body << " to " << filter;
  }
}

}  // namespace

}  // namespace tandem
