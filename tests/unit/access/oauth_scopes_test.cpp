#include "access/oauth_scopes.h"

#include <gtest/gtest.h>

#include "tests/unit/access/office.h"

namespace tandem::access {

namespace {

TEST(OAuthScopes, CoverOperationsAndWhatLiesBelowTheirGroup) {
  struct Case {
    const char* granted;
    const char* wanted;
    bool allows;
  };
  const Case cases[] = {
      {"Desk.tickets.READ", "Desk.tickets.READ", true},
      {"Desk.tickets.READ", "Desk.tickets.CREATE", false},
      {"Desk.tickets.ALL", "Desk.tickets.DELETE", true},
      {"Desk.tickets.WRITE", "Desk.tickets.CREATE", true},
      {"Desk.tickets.WRITE", "Desk.tickets.UPDATE", true},
      {"Desk.tickets.WRITE", "Desk.tickets.DELETE", false},
      {"Desk.tickets.WRITE", "Desk.tickets.READ", false},
      {"Desk.tickets.ALL", "Desk.contacts.READ", false},
      {"desk.TICKETS.read", "Desk.tickets.READ", true},
      {"ZohoCRM.modules.ALL", "ZohoCRM.modules.leads.READ", true},
      {"ZohoCRM.modules.READ", "ZohoCRM.modules.leads.CREATE", false},
      {"ZohoCRM.modules.leads", "ZohoCRM.modules.leads.CREATE", true},
      {"ZohoCRM.modules.leads.ALL", "ZohoCRM.modules.contacts.READ", false},
      {"ZohoCRM.modules.leads.ALL", "ZohoCRM.modules.READ", false},
      {"ZohoInventory.fullaccess.all", "ZohoInventory.items.DELETE", true},
      {"ZohoInventory.fullaccess.all", "ZohoCRM.modules.READ", false},
      {"Desk.tick.ALL", "Desk.tickets.READ", false},
  };
  for (const Case& each : cases) {
    EXPECT_EQ(scope_allows({each.granted}, each.wanted), each.allows)
        << each.granted << " for " << each.wanted;
  }
  EXPECT_FALSE(scope_allows({}, "Desk.tickets.READ"));
  EXPECT_TRUE(scope_allows({"Desk.basic.READ", "Desk.tickets.READ"}, "Desk.tickets.READ"));
}

TEST(OAuthScopes, AreReadFromCommasAndSpaces) {
  const auto scopes = scopes_from_text("Desk.tickets.ALL,ZohoCRM.modules.ALL Desk.tickets.ALL");
  ASSERT_TRUE(scopes.has_value());
  EXPECT_EQ(scopes_to_text(*scopes), "Desk.tickets.ALL ZohoCRM.modules.ALL");
}

TEST(OAuthScopes, RefuseWhatIsNone) {
  for (const char* text :
       {"", " , ", "Desk", "Mars.rocks.READ", "Desk..READ", "Desk.tickets.<b>"}) {
    EXPECT_EQ(code_of(scopes_from_text(text)), "invalid_scope") << text;
  }
}

}  // namespace

}  // namespace tandem::access
