#include <gtest/gtest.h>

#include "tests/api/sales_portal.h"

// Merging and duplicates in the native API of CRM and Bigin: docs/api/native.md.

namespace tandem::test {
namespace {

using crm::Edition;
using http::Method;

struct SalesMergeApi : testing::TestWithParam<Edition> {
  SalesPortal portal;
  Edition edition = GetParam();

  Answer ask(Method method, const std::string& rest, const std::string& body = "") {
    const SalesPortal::Firm& firm = portal.firm(edition);
    return portal.native(firm.ada, method, SalesPortal::face(edition, firm, rest), body);
  }
  std::string contact(const std::string& body) {
    const Answer made = ask(Method::post, "/contacts", body);
    EXPECT_EQ(made.status, 201) << made.body;
    return made.at("id");
  }
  static std::string others(const std::string& id) {
    return R"({"records":[{"id":")" + id + "\"}]}";
  }
};

INSTANTIATE_TEST_SUITE_P(Editions, SalesMergeApi, testing::Values(Edition::crm, Edition::bigin),
                         [](const auto& one) { return std::string(crm::word(one.param)); });

TEST_P(SalesMergeApi, AMergeIsPreviewedDoneListedAndUndone) {
  const std::string maria = contact(R"({"last_name":"Silva","phone":"+49 30 1234567"})");
  const std::string twin = contact(R"({"last_name":"Sylva","email":"maria@kunde.example"})");
  const std::string path = "/contacts/" + maria;
  const Answer preview = ask(Method::post, path + "/merge/preview", others(twin));
  ASSERT_EQ(preview.status, 200) << preview.body;
  EXPECT_EQ(preview.at("records.0.title"), "Sylva");
  EXPECT_EQ(preview.at("fields.0.name"), "last_name");
  EXPECT_EQ(preview.at("fields.0.winner"), maria);
  EXPECT_EQ(preview.at("fields.0.values.1.text"), "Sylva");
  EXPECT_EQ(ask(Method::get, "/contacts/" + twin).at("last_name"), "Sylva") << "nothing is written";
  const Answer merged = ask(Method::post, path + "/merge", others(twin));
  ASSERT_EQ(merged.status, 200) << merged.body;
  EXPECT_EQ(merged.at("email"), "maria@kunde.example");
  const Answer merges = ask(Method::get, path + "/merges");
  EXPECT_EQ(merges.at("merges.0.records.0.id"), twin) << merges.body;
  const Answer undone =
      ask(Method::post, path + "/merges/" + merges.at("merges.0.id") + "/undo", "{}");
  EXPECT_EQ(undone.status, 200) << undone.body;
  EXPECT_EQ(ask(Method::get, "/contacts/" + twin).status, 200);
}

TEST_P(SalesMergeApi, WhatIsTypedIsComparedAndNeverRefused) {
  const std::string maria =
      contact(R"({"last_name":"Silva","email":"maria@kunde.example","phone":"+49 30 1234567"})");
  const Answer found =
      ask(Method::post, "/contacts/duplicates", R"({"email":"MARIA@kunde.example"})");
  ASSERT_EQ(found.status, 200) << found.body;
  EXPECT_EQ(found.at("duplicates.0.record.id"), maria);
  EXPECT_EQ(found.at("duplicates.0.reason"), "email");
  for (const char* typed :
       {R"({"email":"maria@"})", R"({"email":7})", "{}", R"({"nothing":"x"})"}) {
    const Answer none = ask(Method::post, "/contacts/duplicates", typed);
    EXPECT_EQ(none.status, 200) << typed << none.body;
    EXPECT_EQ(none.body, R"({"duplicates":[]})") << typed;
  }
  EXPECT_EQ(ask(Method::post, "/contacts/duplicates", "[]").status, 400);
  const Answer own = ask(Method::get, "/contacts/" + maria + "/duplicates");
  EXPECT_EQ(own.body, R"({"duplicates":[]})") << "it is no duplicate of itself";
}

TEST_P(SalesMergeApi, RecordsOfOtherKindsAreNotMerged) {
  const Answer one = ask(Method::post, "/products", R"({"name":"Lamp"})");
  const Answer other = ask(Method::post, "/products", R"({"name":"Lamps"})");
  EXPECT_EQ(
      ask(Method::post, "/products/" + one.at("id") + "/merge", others(other.at("id"))).status,
      404);
}

TEST_P(SalesMergeApi, RecordsOfOtherKindsHaveNoDuplicates) {
  const Answer lamp = ask(Method::post, "/products", R"({"name":"Lamp"})");
  const std::string none = R"({"duplicates":[]})";
  EXPECT_EQ(ask(Method::get, "/products/" + lamp.at("id") + "/duplicates").body, none);
  EXPECT_EQ(ask(Method::post, "/products/duplicates", R"({"name":"Lamp"})").body, none);
}

TEST_P(SalesMergeApi, BadBodiesAreRefusedByField) {
  const std::string path = "/contacts/" + contact(R"({"last_name":"Silva"})") + "/merge";
  for (const char* body : {"{}", R"({"records":[]})", R"({"records":["1"]})",
                           R"({"records":[{"id":"1"}],"winners":[]})", R"({"contacts":[]})"}) {
    EXPECT_EQ(ask(Method::post, path, body).status, 422) << body;
  }
}

}  // namespace
}  // namespace tandem::test
