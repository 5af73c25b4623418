#include "crm/deals/shared_stages.h"

#include <algorithm>

#include "tests/rules/sales_office.h"

// To which stages several deals are brought together. Manual, Deals 2.9.

namespace tandem::crm {

namespace {

using records::Value;

struct SharedStagesTest : testing::Test {
  test::SalesOffice office{Edition::crm};
  RecordId standard = office.named("pipelines", "Standard (Standard)");

  RecordId stage(const std::string& name) { return office.named("stages", name); }
  RecordId pipeline(const std::string& name, const std::vector<std::string>& stage_names) {
    std::vector<std::string> stages;
    for (const std::string& each : stage_names) stages.push_back(to_string(stage(each)));
    const auto made =
        office.create(office.ada, "pipelines",
                      {{"name", Value(name)},
                       {"team_pipeline", Value(office.named("team_pipelines", "Standard"))},
                       {"stages", Value(stages)}});
    EXPECT_TRUE(made) << made.error().message;
    return made->id;
  }
  RecordId deal_in(RecordId pipeline) {
    const auto made = office.create(
        office.ada, "deals",
        {{"name", "Vans"}, {"closes_on", Value(int64_t{20'600})}, {"pipeline", Value(pipeline)}});
    EXPECT_TRUE(made) << made.error().message;
    return made->id;
  }
  Result<SharedStages> shared(const std::vector<RecordId>& deals) {
    return office.database->read(
        [&](db::Transaction& tx) { return stages_shared_by(tx, office.ada, deals); });
  }
  template <class Named>
  static std::vector<std::string> names(const std::vector<Named>& all) {
    std::vector<std::string> names;
    for (const Named& each : all) names.push_back(each.name);
    return names;
  }
};

using Names = std::vector<std::string>;

TEST_F(SharedStagesTest, DealsOfOnePipelineShareAllOfItsStages) {
  const RecordId renewals = pipeline("Renewals", {"Closed Won", "Qualification"});
  const auto found = shared({deal_in(renewals), deal_in(renewals)});
  ASSERT_TRUE(found) << found.error().message;
  EXPECT_EQ(names(found->stages), (Names{"Closed Won", "Qualification"})) << "in their order";
  EXPECT_EQ(names(found->pipelines), Names{"Renewals"});
}

TEST_F(SharedStagesTest, DealsOfSeveralPipelinesShareTheStagesThatAllOfTheseHave) {
  const RecordId renewals = pipeline("Renewals", {"Closed Won", "Needs Analysis", "Qualification"});
  const RecordId partners = pipeline("Partners", {"Closed Won", "Closed Lost", "Qualification"});
  const auto found = shared({deal_in(partners), deal_in(standard), deal_in(renewals)});
  ASSERT_TRUE(found) << found.error().message;
  EXPECT_EQ(names(found->stages), (Names{"Qualification", "Closed Won"}))
      << "in the order of the oldest pipeline";
  EXPECT_EQ(names(found->pipelines), (Names{"Standard (Standard)", "Renewals", "Partners"}));
}

TEST_F(SharedStagesTest, PipelinesWithoutACommonStageAreNamedAndShareNone) {
  const RecordId renewals = pipeline("Renewals", {"Closed Won"});
  const RecordId partners = pipeline("Partners", {"Qualification"});
  const auto found = shared({deal_in(renewals), deal_in(partners)});
  ASSERT_TRUE(found) << found.error().message;
  EXPECT_TRUE(found->stages.empty());
  EXPECT_EQ(names(found->pipelines), (Names{"Renewals", "Partners"}));
}

TEST_F(SharedStagesTest, AStageIsSharedExactlyWhenEveryDealTakesIt) {
  const RecordId renewals = pipeline("Renewals", {"Closed Won", "Needs Analysis"});
  const std::vector<RecordId> deals{deal_in(standard), deal_in(renewals)};
  const auto found = shared(deals);
  ASSERT_TRUE(found) << found.error().message;
  const Names offered = names(found->stages);
  ASSERT_EQ(offered.size(), 2U);
  for (const char* name :
       {"Qualification", "Needs Analysis", "Value Proposition", "Closed Won", "Closed Lost"}) {
    const RecordId target = stage(name);
    const auto outcomes = office.database->write([&](db::Transaction& tx) {
      return operations::bulk_update(tx, office.ada, office.module("deals"), deals,
                                     {{"stage", Value(target)}});
    });
    ASSERT_TRUE(outcomes);
    const bool all_took_it =
        std::none_of(outcomes->begin(), outcomes->end(),
                     [](const operations::BulkOutcome& one) { return one.refusal.has_value(); });
    EXPECT_EQ(std::count(offered.begin(), offered.end(), name) == 1, all_took_it) << name;
  }
}

TEST_F(SharedStagesTest, ManyDealsAreAskedAboutInParts) {
  const RecordId renewals = pipeline("Renewals", {"Closed Won"});
  std::vector<RecordId> deals(size_t(db::bulk_rows_max), deal_in(standard));
  deals.push_back(deal_in(renewals));
  const auto found = shared(deals);
  ASSERT_TRUE(found) << found.error().message;
  EXPECT_EQ(names(found->stages), Names{"Closed Won"});
}

TEST_F(SharedStagesTest, DealsThatAreNotThereArePassedOver) {
  const RecordId renewals = pipeline("Renewals", {"Closed Won"});
  const RecordId binned = deal_in(renewals);
  ASSERT_TRUE(office.remove(office.ada, "deals", binned));
  const auto found = shared({deal_in(standard), binned, RecordId{5}});
  ASSERT_TRUE(found) << found.error().message;
  EXPECT_EQ(names(found->pipelines), Names{"Standard (Standard)"});
  const auto none = shared({binned, RecordId{5}});
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().kind, RefusalKind::not_found);
}

TEST_F(SharedStagesTest, NobodyAsksAboutNoDealsOrTooMany) {
  EXPECT_EQ(shared({}).error().code, "required");
  const std::vector<RecordId> many(deals_asked_about_max + 1, RecordId{5});
  EXPECT_EQ(shared(many).error().code, "too_many");
}

}  // namespace

}  // namespace tandem::crm
