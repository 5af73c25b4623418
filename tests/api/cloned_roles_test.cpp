#include <gtest/gtest.h>

#include <functional>

#include "tests/api/sales_portal.h"

// A role is cloned by making one with what the first one was read with: manual, People and roles.

namespace tandem::test {
namespace {

using crm::Edition;
using http::Method;

using Ask = std::function<Answer(Method, const std::string& rest, const std::string& body)>;

/// Clones every role that the organisation has and compares what the copy may.
void expect_each_role_to_be_cloned(const Ask& ask) {
  const Answer roles = ask(Method::get, "/roles", "");
  ASSERT_EQ(roles.status, 200) << roles.body;
  const JsonArray& list = find(roles.json, "roles")->as_array();
  ASSERT_GE(list.size(), 3u) << roles.body;
  for (const Json& role : list) {
    const std::string name = text_of(role, "name");
    Json draft = JsonObject{{"name", "Clone of " + name}};
    for (const char* const part : {"rights", "fields", "duties"}) {
      draft.as_object()[part] = *find(role, part);
    }
    const Answer copy = ask(Method::post, "/roles", json_to_text(draft));
    ASSERT_EQ(copy.status, 201) << name << ": " << copy.body;
    for (const char* const part : {"rights", "fields", "duties"}) {
      EXPECT_EQ(*find(copy.json, part), *find(role, part)) << name << ": " << part;
    }
    EXPECT_EQ(copy.at("is_system"), "false");
    EXPECT_EQ(ask(Method::post, "/roles", json_to_text(draft)).at("error.code"), "duplicate")
        << "a second role of the same name";
  }
}

TEST(ClonedRoles, OfTheDeskMayWhatTheirOriginalMay) {  // S127
  Portal portal;
  Company& ours = portal.ours();
  expect_each_role_to_be_cloned(
      [&](Method method, const std::string& rest, const std::string& body) {
        return portal.native(ours.members["administrator"], method, Portal::desk(ours, rest), body);
      });
}

TEST(ClonedRoles, OfCrmAndBiginMayWhatTheirOriginalMay) {  // S127
  SalesPortal portal;
  for (const Edition edition : {Edition::crm, Edition::bigin}) {
    SCOPED_TRACE(crm::word(edition));
    SalesPortal::Firm& firm = portal.firm(edition);
    expect_each_role_to_be_cloned(
        [&](Method method, const std::string& rest, const std::string& body) {
          return portal.native(firm.ada, method, SalesPortal::face(edition, firm, rest), body);
        });
  }
}

}  // namespace
}  // namespace tandem::test
