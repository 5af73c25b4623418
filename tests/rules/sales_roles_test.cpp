#include "tests/rules/sales_office.h"

// What the roles that come with Tandem may in CRM and Bigin: manual, People and roles 2.1.

namespace tandem::test {
namespace {

using crm::Edition;
using records::Value;

class SalesRoles : public testing::TestWithParam<Edition> {
 protected:
  SalesOffice office_{GetParam()};
};

INSTANTIATE_TEST_SUITE_P(Editions, SalesRoles, testing::Values(Edition::crm, Edition::bigin),
                         [](const auto& one) { return std::string(crm::word(one.param)); });

TEST_P(SalesRoles, ALightAgentReadsWhatIsSoldAndWritesNothing) {  // S123
  const access::Actor lea = office_.member("Lea", office_.made.light_agent_role);
  const auto deal =
      office_.create(office_.ada, "deals", {{"name", "Lamps"}, {"closes_on", int64_t{20'600}}});
  ASSERT_TRUE(deal) << deal.error().message;
  for (const records::ModuleDef* module : office_.catalogue->modules()) {
    const auto listed = office_.database->read(
        [&](db::Transaction& tx) { return operations::list_records(tx, lea, *module, {}); });
    EXPECT_TRUE(listed) << module->name;
    const auto made = office_.create(lea, module->name, {});
    ASSERT_FALSE(made) << module->name;
    EXPECT_EQ(made.error().kind, RefusalKind::forbidden) << module->name;
  }
  const auto changed = office_.change(lea, "deals", deal->id, {{"name", "Shades"}});
  ASSERT_FALSE(changed);
  EXPECT_EQ(changed.error().code, "right_missing");
  EXPECT_EQ(office_.read("deals", deal->id).title, "Lamps");
}

TEST_P(SalesRoles, AnAgentSellsAndLeavesPipelinesAlone) {  // S123
  const access::Actor ben = office_.member("Ben", office_.made.agent_role);
  const auto deal =
      office_.create(ben, "deals", {{"name", "Lamps"}, {"closes_on", int64_t{20'600}}});
  ASSERT_TRUE(deal) << deal.error().message;
  EXPECT_EQ(deal->get("owner"), Value(ben.id));
  for (const char* module : {"pipelines", "stages", "team_pipelines"}) {
    const auto made = office_.create(ben, module, {{"name", "New"}});
    ASSERT_FALSE(made) << module;
    EXPECT_EQ(made.error().kind, RefusalKind::forbidden) << module;
  }
}

TEST_P(SalesRoles, WhatIsComputedFromAHiddenFieldIsHidden) {  // S127
  access::Role role;
  role.kind = access::RoleKind::custom;
  role.fields["deals"]["amount"] = access::FieldAccess::hidden;
  role.fields["deals"]["next_step"] = access::FieldAccess::read;
  const access::Role limited = access::with_hidden_results(role, *office_.catalogue);
  EXPECT_EQ(limited.fields.at("deals").at("expected_revenue"), access::FieldAccess::hidden);
  EXPECT_FALSE(limited.fields.at("deals").contains("outcome"));
  EXPECT_EQ(limited.fields.at("deals").at("next_step"), access::FieldAccess::read);
  EXPECT_FALSE(role.fields.at("deals").contains("expected_revenue")) << "what is stored stays";
  role.fields["deals"] = {{"stage", access::FieldAccess::hidden}};
  const access::Role blind = access::with_hidden_results(role, *office_.catalogue);
  for (const char* result : {"outcome", "closed_at", "stage_changed_at"})
    EXPECT_EQ(blind.fields.at("deals").at(result), access::FieldAccess::hidden) << result;
}

}  // namespace
}  // namespace tandem::test
