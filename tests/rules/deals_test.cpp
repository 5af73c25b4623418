#include "crm/deals/pipelines.h"
#include "tests/rules/sales_office.h"

// Deals and the pipelines they go through. Manual, Deals and Pipelines.

namespace tandem::crm {

namespace {

using records::Value;

struct DealsTest : testing::Test {
  test::SalesOffice office{Edition::crm};

  RecordId stage(const std::string& name) { return office.named("stages", name); }
  Result<records::Record> deal(const records::Changes& more = {}) {
    records::Changes values{{"name", "Fleet of vans"}, {"closes_on", Value(int64_t{20'600})}};
    for (const auto& [name, value] : more) values.set(name, value);
    return office.create(office.ada, "deals", values);
  }
  Result<records::Record> pipeline(const std::string& name, const std::string& team,
                                   const records::Changes& more = {}) {
    records::Changes values{
        {"name", Value(name)},
        {"team_pipeline", Value(office.named("team_pipelines", team))},
        {"stages", Value(std::vector<std::string>{to_string(stage("Qualification"))})}};
    for (const auto& [field, value] : more) values.set(field, value);
    return office.create(office.ada, "pipelines", values);
  }
  Result<records::Record> restore(const std::string& module, RecordId id) {
    return office.database->write([&](db::Transaction& tx) {
      return operations::restore_record(tx, office.ada, office.module(module), id);
    });
  }
  template <class T>
  static std::string code(const Result<T>& result) {
    return result ? "" : result.error().code;
  }
};

TEST_F(DealsTest, ANewDealStandsOnTheFirstStageOfTheDefaultPipeline) {
  const auto made = deal({{"amount", Value(int64_t{10'000})}});
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(made->get("stage").id(), stage("Qualification"));
  EXPECT_EQ(made->get("probability").number(), 10);
  EXPECT_EQ(made->get("expected_revenue").number(), 1'000);
  EXPECT_EQ(made->get("outcome").text(), "open");
  EXPECT_EQ(made->get("owner").id(), office.ada.id);
  EXPECT_TRUE(made->get("closed_at").is_null());
}

TEST_F(DealsTest, AStageBringsItsProbabilityUnlessOneIsGivenWithIt) {
  const RecordId id = deal()->id;
  const auto moved =
      office.change(office.ada, "deals", id, {{"stage", Value(stage("Negotiation/Review"))}});
  ASSERT_TRUE(moved);
  EXPECT_EQ(moved->get("probability").number(), 90);
  const auto given = office.change(
      office.ada, "deals", id,
      {{"stage", Value(stage("Needs Analysis"))}, {"probability", Value(int64_t{35})}});
  ASSERT_TRUE(given);
  EXPECT_EQ(given->get("probability").number(), 35);
}

TEST_F(DealsTest, AWonDealIsClosedAndOneThatIsOpenedAgainIsNot) {
  const RecordId id = deal()->id;
  const auto won = office.change(office.ada, "deals", id, {{"stage", Value(stage("Closed Won"))}});
  ASSERT_TRUE(won);
  EXPECT_EQ(won->get("outcome").text(), "won");
  EXPECT_EQ(won->get("closed_at").instant(), office.clock.now());
  const auto open =
      office.change(office.ada, "deals", id, {{"stage", Value(stage("Qualification"))}});
  ASSERT_TRUE(open);
  EXPECT_EQ(open->get("outcome").text(), "open");
  EXPECT_TRUE(open->get("closed_at").is_null());
}

TEST_F(DealsTest, AWonDealThatIsLostAfterAllIsClosedAnew) {
  const RecordId won = deal({{"stage", Value(stage("Closed Won"))}})->id;
  const Instant first = office.clock.now();
  office.clock.advance_ms(day_ms);
  const auto lost =
      office.change(office.ada, "deals", won, {{"stage", Value(stage("Closed Lost"))}});
  ASSERT_TRUE(lost) << lost.error().message;
  EXPECT_EQ(lost->get("closed_at").instant(), office.clock.now());
  office.clock.advance_ms(day_ms);
  const auto still = office.change(office.ada, "deals", won,
                                   {{"stage", Value(stage("Closed Lost to Competition"))}});
  ASSERT_TRUE(still) << still.error().message;
  EXPECT_EQ(still->get("closed_at").instant().ms, first.ms + day_ms) << "it was lost before";
}

TEST_F(DealsTest, OnlyALostDealSaysWhyItWasLost) {
  const RecordId id = deal()->id;
  EXPECT_EQ(code(office.change(office.ada, "deals", id, {{"reason_for_loss", "price"}})),
            "not_lost");
  EXPECT_EQ(code(deal({{"reason_for_loss", "price"}, {"stage", Value(stage("Closed Won"))}})),
            "not_lost");
  const auto lost =
      office.change(office.ada, "deals", id,
                    {{"stage", Value(stage("Closed Lost"))}, {"reason_for_loss", "price"}});
  ASSERT_TRUE(lost) << lost.error().message;
  EXPECT_EQ(lost->get("reason_for_loss").text(), "price");
  const auto open =
      office.change(office.ada, "deals", id, {{"stage", Value(stage("Qualification"))}});
  ASSERT_TRUE(open);
  EXPECT_TRUE(open->get("reason_for_loss").is_null());
}

TEST_F(DealsTest, AStageOfAnotherPipelineIsRefused) {
  const RecordId lone =
      office.create(office.ada, "stages", {{"name", "Trial"}, {"probability", Value(int64_t{50})}})
          ->id;
  const auto made = deal({{"stage", Value(lone)}});
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, "stage_of_other_pipeline");
  EXPECT_EQ(made.error().field, "stage");
}

TEST_F(DealsTest, AProbabilityOutsideZeroToAHundredIsRefused) {
  EXPECT_EQ(code(deal({{"probability", Value(int64_t{101})}})), "out_of_range");
  EXPECT_EQ(code(deal({{"probability", Value(int64_t{-1})}})), "out_of_range");
}

TEST_F(DealsTest, TheLargestAmountHasAnExpectedRevenue) {
  const auto made = deal(
      {{"amount", Value(int64_t{900'000'000'000'000})}, {"stage", Value(stage("Closed Won"))}});
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(made->get("expected_revenue").number(), 900'000'000'000'000);
}

TEST_F(DealsTest, StagesOfAPipelineKeepTheOrderInWhichTheyWereChosen) {
  const std::vector<std::string> chosen{
      to_string(stage("Needs Analysis")), to_string(stage("Closed Won")),
      to_string(stage("Closed Lost")), to_string(stage("Qualification"))};
  const auto made =
      office.create(office.ada, "pipelines",
                    {{"name", "Renewals"},
                     {"team_pipeline", Value(office.named("team_pipelines", "Standard"))},
                     {"stages", Value(chosen)}});
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(made->get("stages").list(), chosen);
  EXPECT_FALSE(made->get("is_default").truth());
  const auto first = deal({{"pipeline", Value(made->id)}});
  ASSERT_TRUE(first);
  EXPECT_EQ(first->get("stage").id(), stage("Needs Analysis"));
}

TEST_F(DealsTest, OnePipelineIsTheDefault) {
  const RecordId team = office.named("team_pipelines", "Standard");
  const RecordId standard = office.named("pipelines", "Standard (Standard)");
  const auto made =
      office.create(office.ada, "pipelines",
                    {{"name", "Renewals"},
                     {"team_pipeline", Value(team)},
                     {"stages", Value(std::vector<std::string>{to_string(stage("Qualification"))})},
                     {"is_default", Value(int64_t{1})}});
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_FALSE(office.read("pipelines", standard).get("is_default").truth());
  EXPECT_EQ(
      code(office.change(office.ada, "pipelines", made->id, {{"is_default", Value(int64_t{0})}})),
      "last_default");
  EXPECT_EQ(code(office.remove(office.ada, "pipelines", made->id)), "last_default");
}

TEST_F(DealsTest, WhoeverWasTheDefaultTellsSoInItsHistory) {
  const RecordId standard = office.named("pipelines", "Standard (Standard)");
  const int64_t revision = office.read("pipelines", standard).revision;
  ASSERT_TRUE(pipeline("Renewals", "Standard", {{"is_default", Value(int64_t{1})}}));
  EXPECT_EQ(office.read("pipelines", standard).revision, revision + 1);
  const auto history = office.database->read([&](db::Transaction& tx) {
    return operations::record_history(tx, office.ada, office.module("pipelines"), standard, "", 10);
  });
  ASSERT_TRUE(history);
  EXPECT_EQ(history->entries.front().revision, revision + 1);
  EXPECT_NE(history->entries.front().changes_json.find("is_default"), std::string::npos);
}

TEST_F(DealsTest, APipelineStaysInItsTeamPipeline) {
  const RecordId other = office.create(office.ada, "team_pipelines", {{"name", "Partners"}})->id;
  const auto made = pipeline("Renewals", "Standard");
  ASSERT_TRUE(made) << made.error().message;
  for (const RecordId id : {made->id, office.named("pipelines", "Standard (Standard)")}) {
    EXPECT_EQ(code(office.change(office.ada, "pipelines", id, {{"team_pipeline", Value(other)}})),
              "team_pipeline_stays");
  }
}

TEST_F(DealsTest, TheDefaultOfATeamPipelineGoesWhenItIsTheLastOneThere) {
  ASSERT_TRUE(office.create(office.ada, "team_pipelines", {{"name", "Partners"}}));
  const auto first = pipeline("Resale", "Partners");
  const auto second = pipeline("Referrals", "Partners");
  ASSERT_TRUE(first && second);
  EXPECT_TRUE(first->get("is_default").truth());
  EXPECT_EQ(code(office.remove(office.ada, "pipelines", first->id)), "last_default");
  ASSERT_TRUE(office.remove(office.ada, "pipelines", second->id));
  EXPECT_TRUE(office.remove(office.ada, "pipelines", first->id));
  EXPECT_EQ(code(office.remove(office.ada, "pipelines",
                               office.named("pipelines", "Standard (Standard)"))),
            "last_default")
      << "deals need one";
  ASSERT_TRUE(restore("pipelines", second->id));
  EXPECT_TRUE(office.read("pipelines", second->id).get("is_default").truth());
  ASSERT_TRUE(restore("pipelines", first->id));
  EXPECT_FALSE(office.read("pipelines", first->id).get("is_default").truth())
      << "there is another one by now";
}

TEST_F(DealsTest, WhatAPipelineInTheBinNamesStays) {
  const RecordId fresh =
      office.create(office.ada, "stages", {{"name", "Trial"}, {"probability", int64_t{30}}})->id;
  ASSERT_TRUE(office.create(office.ada, "team_pipelines", {{"name", "Partners"}}));
  const auto binned = pipeline("Resale", "Partners",
                               {{"stages", Value(std::vector<std::string>{to_string(fresh)})}});
  ASSERT_TRUE(binned) << binned.error().message;
  ASSERT_TRUE(office.remove(office.ada, "pipelines", binned->id));
  EXPECT_EQ(code(office.remove(office.ada, "stages", fresh)), "stage_in_use");
  EXPECT_EQ(
      code(office.remove(office.ada, "team_pipelines", office.named("team_pipelines", "Partners"))),
      "pipeline_in_use");
}

TEST_F(DealsTest, WhatDealsStandOnStays) {
  const RecordId pipeline = office.named("pipelines", "Standard (Standard)");
  ASSERT_TRUE(deal());
  EXPECT_EQ(code(office.remove(office.ada, "stages", stage("Qualification"))), "stage_in_use");
  EXPECT_EQ(code(office.change(
                office.ada, "pipelines", pipeline,
                {{"stages", Value(std::vector<std::string>{to_string(stage("Closed Won"))})}})),
            "pipeline_in_use");
  EXPECT_EQ(
      code(office.remove(office.ada, "team_pipelines", office.named("team_pipelines", "Standard"))),
      "pipeline_in_use");
}

TEST_F(DealsTest, OnlyWhoManagesFieldsChangesPipelines) {
  const access::Actor ben = office.member("Ben", office.made.agent_role);
  const RecordId standard = office.named("pipelines", "Standard (Standard)");
  const RecordId team = office.named("team_pipelines", "Standard");
  const std::vector<std::string> stages{to_string(stage("Qualification"))};
  for (const auto& refused :
       {office.create(ben, "stages", {{"name", "Mine"}, {"probability", Value(int64_t{5})}}),
        office.create(
            ben, "pipelines",
            {{"name", "Mine"}, {"team_pipeline", Value(team)}, {"stages", Value(stages)}}),
        office.create(ben, "team_pipelines", {{"name", "Mine"}}),
        office.change(ben, "pipelines", standard, {{"name", "Mine"}}),
        office.change(ben, "stages", stage("Qualification"), {{"name", "Mine"}}),
        office.change(ben, "team_pipelines", team, {{"name", "Mine"}}),
        office.remove(ben, "pipelines", standard), office.remove(ben, "team_pipelines", team)}) {
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, RefusalKind::forbidden) << refused.error().message;
  }
}

TEST(BiginDeals, NeedNoClosingDateAndHaveNoCampaign) {
  test::SalesOffice office{Edition::bigin};
  EXPECT_TRUE(office.create(office.ada, "deals", {{"name", "Van"}}));
  EXPECT_EQ(office.catalogue->find("leads"), nullptr);
  EXPECT_EQ(office.catalogue->plain_shape(office.module("deals"))->find("campaign"), nullptr);
}

}  // namespace

}  // namespace tandem::crm
