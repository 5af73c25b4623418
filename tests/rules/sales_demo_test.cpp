#include "crm/demo/sales_demo.h"

#include "access/organisations.h"
#include "access/people.h"
#include "crm/deals/pipelines.h"
#include "crm/signals/signals.h"
#include "tests/rules/sales_office.h"

namespace tandem::test {
namespace {

using crm::Edition;

class SalesDemo : public testing::TestWithParam<Edition> {
 protected:
  SalesOffice office_{GetParam()};

  crm::SalesDemoPlan plan() {
    return {.until = office_.clock.now(),
            .organisation = "Aurora",
            .members = {{office_.ada.person, access::RoleKind::administrator}},
            .firms = {{.name = "Northwind Cafés",
                       .domain = "northwind.example",
                       .city = "Leeds",
                       .country = "United Kingdom",
                       .language = "en",
                       .people = {{"Emily", "Carter", "person1@northwind.example"}}}}};
  }
  Result<OrgId> make(const crm::SalesDemoPlan& plan) {
    return crm::make_sales_demo(*office_.database, *office_.catalogue, office_.clock, plan);
  }
  int64_t count(OrgId org, const std::string& from) {
    return office_.database->read([&](db::Transaction& tx) {
      return tx.integer("SELECT COUNT(*) FROM " + from + " AND org_id = $1", {org.value});
    });
  }
  /// Titles and owners of all deals in the order in which they were made.
  std::string deals_of(OrgId org) {
    return office_.database->read([&](db::Transaction& tx) {
      std::string all;
      for (const db::Row& row :
           tx.rows("SELECT d.title, s.title, d.created_at FROM crm_deals d JOIN crm_stages s ON "
                   "s.org_id = d.org_id AND s.id = d.stage WHERE d.org_id = $1 ORDER BY d.id",
                   {org.value})) {
        all += row.text(0) + " " + row.text(1) + " " + std::to_string(row.integer(2)) + "\n";
      }
      return all;
    });
  }
};

INSTANTIATE_TEST_SUITE_P(Editions, SalesDemo, testing::Values(Edition::crm, Edition::bigin),
                         [](const auto& one) { return std::string(crm::word(one.param)); });

TEST_P(SalesDemo, WhoHasColleaguesFindsSignals) {
  crm::SalesDemoPlan two = plan();
  two.members.push_back({office_.member("Ben", office_.made.agent_role).person});
  const auto made = make(two);
  ASSERT_TRUE(made) << made.error().message;
  for (const crm::DemoMember& one : two.members) {
    const auto told = office_.database->read([&](db::Transaction& tx) {
      const auto actor =
          access::actor_of(tx, *office_.catalogue, one.person, *made, access::Path::ui);
      return crm::list_signals(tx, *actor, 50);
    });
    ASSERT_TRUE(told);
    EXPECT_GT(told->unread_count, 1);
  }
}

TEST_P(SalesDemo, AFirmThatHasBeenSellingForWeeks) {
  const Instant now = office_.clock.now();
  const auto made = make(plan());
  ASSERT_TRUE(made) << made.error().code << ": " << made.error().message;
  EXPECT_EQ(office_.clock.now(), now);
  const std::vector<crm::Pipeline> pipelines =
      office_.database->read([&](db::Transaction& tx) { return crm::list_pipelines(tx, *made); });
  EXPECT_EQ(pipelines.size(), GetParam() == Edition::crm ? 2U : 3U);
  for (const crm::Pipeline& pipeline : pipelines) {
    for (const crm::Stage& stage : pipeline.stages) {
      EXPECT_GT(count(*made, "crm_deals WHERE pipeline = " + to_string(pipeline.id) +
                                 " AND stage = " + to_string(stage.id)),
                0)
          << pipeline.name << " " << stage.name;
    }
  }
  EXPECT_GT(count(*made, "crm_deals WHERE outcome = 'won' AND closed_at IS NOT NULL"), 3);
  EXPECT_EQ(count(*made, "crm_deals WHERE updated_at > " + std::to_string(now.ms)), 0);
  EXPECT_GT(count(*made, "crm_notes WHERE deal IS NOT NULL"), 10);
  EXPECT_GT(count(*made, "crm_calls WHERE deal IS NOT NULL"), 30);
  EXPECT_GT(count(*made, "crm_tasks WHERE status = 'completed'"), 5);
  EXPECT_GT(count(*made, "crm_tasks WHERE status <> 'completed'"), 15);
  EXPECT_GT(count(*made, "crm_events WHERE starts_at > " + std::to_string(now.ms)), 1);
  EXPECT_EQ(count(*made, "crm_contacts WHERE email = 'person1@northwind.example'"), 1);
  for (const char* word : {"日本", "中国", "Brasil", "United Kingdom"})
    EXPECT_GT(count(*made, "crm_accounts WHERE billing_country = '" + std::string(word) + "'"), 0);
  const int64_t leads = count(*made, "crm_leads WHERE converted_at IS NULL");
  EXPECT_EQ(leads > 10, GetParam() == Edition::crm) << leads;
  EXPECT_EQ(count(*made, "crm_leads WHERE converted_at IS NOT NULL") > 1,
            GetParam() == Edition::crm);
}

TEST_P(SalesDemo, TheSamePlanTellsTheSameStory) {
  const auto first = make(plan());
  const auto second = make(plan());
  ASSERT_TRUE(first && second);
  EXPECT_EQ(deals_of(*first), deals_of(*second));
}

TEST_P(SalesDemo, ItNeedsItsOwnClockAndSomebodyWhoSells) {
  StoppedClock other{office_.clock.now()};
  const auto with_other =
      crm::make_sales_demo(*office_.database, *office_.catalogue, other, plan());
  ASSERT_FALSE(with_other);
  EXPECT_EQ(with_other.error().code, "another_clock");
  crm::SalesDemoPlan lonely = plan();
  lonely.members.front().role = access::RoleKind::light_agent;
  const auto without = make(lonely);
  ASSERT_FALSE(without);
  EXPECT_EQ(without.error().field, "members");
}

}  // namespace
}  // namespace tandem::test
