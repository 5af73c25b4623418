#include <gtest/gtest.h>

#include <algorithm>

#include "tests/api/portal.h"

// A field that is hidden from a role is hidden on every way round, too.

namespace tandem::test {
namespace {

using http::Method;

bool choices_hold(const JsonArray& choices, std::string_view access) {
  return std::any_of(choices.begin(), choices.end(), [&](const Json& one) {
    return one.is_string() && std::string_view(one.as_string()) == access;
  });
}

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
  for (const std::string field : {"department", "shares", "status_type", "status"}) {
    const Answer role =
        portal_.native(administrator_, Method::post, Portal::desk(ours_, "/roles"),
                       R"({"name":"Blind","rights":{"tickets":["read"]},"fields":{"tickets":{")" +
                           field + R"(":"hidden"}}})");
    EXPECT_EQ(role.at("error.code"), "decides_who_sees") << role.body;
  }
}

TEST_F(HiddenFields, WhatIsOfferedOfAFieldIsTaken) {  // S127
  const std::string roles = Portal::desk(ours_, "/roles");
  const Answer made = portal_.native(administrator_, Method::post, roles, R"({"name":"Tried"})");
  const std::string role = roles + "/" + made.at("id");
  const Answer offered = portal_.native(administrator_, Method::get, roles);
  const JsonObject& modules = offered.json.as_object().at("field_choices").as_object();
  for (const char* module : {"tickets", "contacts", "accounts", "products"}) {
    for (const auto& [field, choices] : modules.at(module).as_object()) {
      for (const char* access : {"write", "read", "hidden"}) {
        const bool is_offered = choices_hold(choices.as_array(), access);
        const Answer saved = portal_.native(administrator_, Method::patch, role,
                                            R"({"fields":{")" + std::string(module) + R"(":{")" +
                                                std::string(field) + R"(":")" + access + R"("}}})");
        EXPECT_EQ(saved.status, is_offered ? 200 : 422) << module << "." << field << " " << access;
      }
    }
  }
  EXPECT_EQ(offered.at("field_choices.tickets.subject.1"), "read");
  EXPECT_EQ(offered.at("field_choices.tickets.subject.2"), "");
  EXPECT_EQ(offered.at("field_choices.tickets.due_at.2"), "hidden");
}

TEST_F(HiddenFields, ARoleThatMayMoreThanOnesOwnIsNotOffered) {
  const std::string roles = Portal::desk(ours_, "/roles");
  const Answer manager = portal_.native(
      administrator_, Method::post, roles,
      R"({"name":"Inviter","rights":{"tickets":["read"]},"duties":["manage_people"]})");
  ASSERT_EQ(manager.status, 201) << manager.body;
  EXPECT_EQ(manager.at("may_give"), "true") << "an administrator gives every role";
  ASSERT_EQ(portal_
                .native(administrator_, Method::patch,
                        Portal::desk(ours_, "/people/" + to_string(clerk_.agent)),
                        R"({"role_id":")" + manager.at("id") + R"("})")
                .status,
            200);
  const Answer listed = get("/roles");
  int given = 0;
  for (const Json& role : listed.json.as_object().at("roles").as_array()) {
    const std::string id(role.as_object().at("id").as_string());
    const Answer invited =
        portal_.native(clerk_, Method::post, Portal::desk(ours_, "/people"),
                       R"({"email":"p)" + id + R"(@orchid.example","name":"P","role_id":")" + id +
                           R"(","department_ids":[]})");
    const bool is_offered = role.as_object().at("may_give").as_bool();
    EXPECT_EQ(invited.status, is_offered ? 201 : 403) << invited.body;
    EXPECT_EQ(invited.at("error.code"), is_offered ? "" : "more_than_own");
    given += is_offered ? 1 : 0;
  }
  EXPECT_EQ(given, 1) << "their own";
}

TEST_F(HiddenFields, PartsOfRecordsAreReadWithTheRecordAlone) {  // S062
  for (const std::string part : {"threads", "comments", "attachments"}) {
    EXPECT_EQ(portal_.native(administrator_, Method::get, Portal::desk(ours_, "/" + part)).status,
              404)
        << part;
    EXPECT_EQ(
        portal_
            .native(administrator_, Method::get, Portal::desk(ours_, "/recycle_bin?module=" + part))
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

TEST_F(HiddenFields, AnExcerptShowsNoHiddenField) {  // S127; manual, Search 1.6
  const std::string search = "/search?q=kim&module=contacts";
  const Answer whole = portal_.native(administrator_, Method::get, Portal::desk(ours_, search));
  EXPECT_EQ(whole.at("groups.0.records.0.excerpt.field"), "email") << whole.body;
  EXPECT_EQ(whole.at("groups.0.records.0.excerpt.parts.0.text"), "kim");
  const Answer clerks = get(search);
  EXPECT_NE(clerks.body.find("title_parts"), std::string::npos) << clerks.body;
  EXPECT_EQ(clerks.body.find("excerpt"), std::string::npos) << clerks.body;
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
