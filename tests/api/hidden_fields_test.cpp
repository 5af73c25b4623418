#include <gtest/gtest.h>

#include "tests/api/portal.h"

// A field that is hidden from a role is hidden on every way round, too.

namespace tandem::test {
namespace {

using http::Method;

class HiddenFields : public testing::Test {
 protected:
  HiddenFields() {
    const Answer role = portal_.native(
        administrator_, Method::post, Portal::desk(ours_, "/roles"),
        R"({"name":"Clerk","rights":{"contacts":["read","update"],"tickets":["read"]},)"
        R"("fields":{"contacts":{"email":"hidden","phone":"read"}}})");
    EXPECT_EQ(role.status, 201) << role.body;
    const Answer changed = portal_.native(administrator_, Method::patch,
                                          Portal::desk(ours_, "/people/" + to_string(clerk_.agent)),
                                          R"({"role_id":")" + role.at("id") + R"("})");
    EXPECT_EQ(changed.status, 200) << changed.body;
  }
  Answer get(const std::string& rest) {
    return portal_.native(clerk_, Method::get, Portal::desk(ours_, rest));
  }

  Portal portal_;
  Company& ours_ = portal_.ours();
  Member& administrator_ = ours_.members["administrator"];
  Member& clerk_ = ours_.members["light_agent"];
};

TEST_F(HiddenFields, AHiddenFieldIsNotShownWrittenFilteredOrSortedBy) {  // S127
  const std::string contact = "/contacts/" + to_string(ours_.contact);
  EXPECT_EQ(get(contact).body.find("kim@orchid"), std::string::npos) << get(contact).body;
  EXPECT_EQ(get("/contacts").body.find("kim@orchid"), std::string::npos);
  EXPECT_EQ(get("/tickets/" + to_string(ours_.ticket)).at("contact.email"), "")
      << "nor behind a link";
  const Answer filtered = get(R"(/contacts?filter={"field":"email","starts_with":"k"})");
  EXPECT_EQ(filtered.status, 422);
  EXPECT_EQ(filtered.at("error.code"), "unknown_field");
  EXPECT_EQ(get("/contacts?sort=email").status, 422);
  EXPECT_EQ(
      get(R"(/contacts?filter={"any_of":[{"field":"last_name","is":"x"},{"field":"email","is":"y"}]})")
          .status,
      422);
  const Answer written = portal_.native(clerk_, Method::patch, Portal::desk(ours_, contact),
                                        R"({"email":"x@y.example"})");
  EXPECT_EQ(written.status, 422);
}

TEST_F(HiddenFields, WhatARecordIsCalledByCannotBeHidden) {  // S127
  for (const std::string field : {"tickets\":{\"subject", "contacts\":{\"last_name"}) {
    const Answer role =
        portal_.native(administrator_, Method::post, Portal::desk(ours_, "/roles"),
                       R"({"name":"Blind","rights":{"tickets":["read"]},"fields":{")" + field +
                           R"(":"hidden"}}})");
    EXPECT_EQ(role.status, 422) << role.body;
    EXPECT_EQ(role.at("error.code"), "names_the_record") << role.body;
  }
}

TEST_F(HiddenFields, WhatDecidesWhoSeesARecordCannotBeHidden) {  // S055, S127
  for (const std::string field : {"department", "shares"}) {
    const Answer role = portal_.native(
        administrator_, Method::post, Portal::desk(ours_, "/roles"),
        R"({"name":"Blind","rights":{"tickets":["read"]},"fields":{"tickets":{")" + field +
            R"(":"hidden"}}})");
    EXPECT_EQ(role.at("error.code"), "decides_who_sees") << role.body;
  }
}

TEST_F(HiddenFields, PartsOfRecordsAreReadWithTheRecordAlone) {  // S062
  for (const std::string part : {"threads", "comments", "attachments"}) {
    EXPECT_EQ(portal_.native(administrator_, Method::get, Portal::desk(ours_, "/" + part)).status,
              404)
        << part;
    EXPECT_EQ(portal_.native(administrator_, Method::get,
                             Portal::desk(ours_, "/recycle_bin?module=" + part))
                  .status,
              422)
        << part;
  }
}

TEST_F(HiddenFields, WordsOfAHiddenFieldFindNothing) {  // S127
  const Answer by_field = get("/search?q=orchid&module=contacts");
  EXPECT_EQ(by_field.status, 200) << by_field.body;
  EXPECT_EQ(by_field.body.find(to_string(ours_.contact)), std::string::npos) << by_field.body;
  const Answer by_name = get("/search?q=kim&module=contacts");
  EXPECT_NE(by_name.body.find(to_string(ours_.contact)), std::string::npos)
      << "what the role reads is found: " << by_name.body;
}

TEST_F(HiddenFields, AFieldThatMayBeReadIsShownAndNotWritten) {  // S127
  const std::string contact = "/contacts/" + to_string(ours_.contact);
  EXPECT_NE(get(contact).body.find("\"phone\""), std::string::npos);
  const Answer written = portal_.native(clerk_, Method::patch, Portal::desk(ours_, contact),
                                        R"({"phone":"+49 30 1"})");
  EXPECT_EQ(written.status, 422);
  EXPECT_EQ(written.at("error.code"), "no_field_right");
}

}  // namespace
}  // namespace tandem::test
