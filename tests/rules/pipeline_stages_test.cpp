#include "crm/deals/pipeline_stages.h"

#include "crm/signals/signals.h"
#include "tests/rules/sales_office.h"

// How pipelines get and lose stages. Manual, Deals 2.

namespace tandem::crm {

namespace {

using records::Value;

struct PipelineStages : testing::Test {
  test::SalesOffice office{Edition::crm};
  RecordId pipeline = office.named("pipelines", "Standard (Standard)");

  RecordId stage(const std::string& name) { return office.named("stages", name); }
  RecordId deal(const std::string& on_stage) {
    const auto made = office.create(office.ada, "deals",
                                    {{"name", "Vans"},
                                     {"closes_on", Value(int64_t{20'600})},
                                     {"stage", Value(stage(on_stage))}});
    EXPECT_TRUE(made) << made.error().message;
    return made->id;
  }
  Result<records::Record> add(const access::Actor& actor, const AddedStage& added) {
    return office.database->write([&](db::Transaction& tx) -> Result<records::Record> {
      return add_stage(tx, actor, pipeline, added);
    });
  }
  Result<records::Record> add(const std::string& name, const std::string& outcome) {
    return add(office.ada, {.values = {{"name", Value(name)},
                                       {"probability", Value(int64_t{50})},
                                       {"outcome", Value(outcome)}}});
  }
  Result<Retirement> retire(const std::string& name, RecordId target = {}) {
    return retire_by(office.ada, name, target);
  }
  Result<Retirement> retire_by(const access::Actor& actor, const std::string& name,
                               RecordId target = {}) {
    const RetiredStage retired{pipeline, stage(name), target};
    return office.database->write([&](db::Transaction& tx) -> Result<Retirement> {
      return retire_stage(tx, actor, retired);
    });
  }
  std::vector<std::string> names() {
    return office.database->read([&](db::Transaction& tx) {
      std::vector<std::string> names;
      const std::optional<Pipeline> found = find_pipeline(tx, office.org, pipeline);
      for (const Stage& each : found->stages) names.push_back(each.name);
      return names;
    });
  }
  template <class T>
  static std::string code(const Result<T>& result) {
    return result ? "" : result.error().code;
  }
};

TEST_F(PipelineStages, AnOpenStageComesBeforeThoseThatCloseDealsAndAnotherComesLast) {
  ASSERT_TRUE(add("Trial", "open"));
  ASSERT_TRUE(add("Given up", "lost"));
  const std::vector<std::string> now = names();
  ASSERT_EQ(now.size(), 11U);
  EXPECT_EQ(now[6], "Trial");
  EXPECT_EQ(now[7], "Closed Won");
  EXPECT_EQ(now.back(), "Given up");
}

TEST_F(PipelineStages, AStageThatIsThereIsAddedOnce) {
  ASSERT_TRUE(retire("Value Proposition"));
  const RecordId kept = stage("Value Proposition");
  ASSERT_TRUE(add(office.ada, {.existing = kept}));
  EXPECT_EQ(code(add(office.ada, {.existing = kept})), "stage_there");
  EXPECT_EQ(code(add(office.ada, {.existing = pipeline})), "not_found");
  EXPECT_EQ(code(add("Qualification", "open")), "duplicate");
}

TEST_F(PipelineStages, WhoDoesNotManageFieldsAddsAndRetiresNone) {
  const access::Actor ben = office.member("Ben", office.made.agent_role);
  EXPECT_FALSE(add(ben, {.existing = stage("Qualification")}));
  const auto retired = retire_by(ben, "Qualification");
  ASSERT_FALSE(retired);
  EXPECT_EQ(retired.error().kind, RefusalKind::forbidden);
}

TEST_F(PipelineStages, TheDealsOfARetiredStageGoToAnotherAlsoThoseInTheBin) {
  const RecordId kept = deal("Value Proposition");
  const RecordId binned = deal("Value Proposition");
  const RecordId elsewhere = deal("Qualification");
  ASSERT_TRUE(office.remove(office.ada, "deals", binned));
  EXPECT_EQ(code(retire("Value Proposition")), "required");
  const auto retired = retire("Value Proposition", stage("Closed Won"));
  ASSERT_TRUE(retired) << retired.error().message;
  EXPECT_EQ(retired->moved, 2);
  EXPECT_TRUE(retired->is_done);
  EXPECT_EQ(names().size(), 8U);
  EXPECT_EQ(office.read("deals", kept).get("outcome").text(), "won");
  EXPECT_EQ(office.read("deals", elsewhere).get("stage").id(), stage("Qualification"));
  const auto restored = office.database->write([&](db::Transaction& tx) {
    return operations::restore_record(tx, office.ada, office.module("deals"), binned);
  });
  ASSERT_TRUE(restored);
  EXPECT_EQ(restored->get("stage").id(), stage("Closed Won"));
}

TEST_F(PipelineStages, NobodyIsToldOfTheirDealsOnARetiredStage) {
  const access::Actor ben = office.member("Ben", office.made.agent_role);
  const RecordId his = deal("Value Proposition");
  ASSERT_TRUE(office.change(ben, "deals", his, {{"owner", Value(ben.id)}}));
  ASSERT_TRUE(retire("Value Proposition", stage("Closed Won")));
  const auto told =
      office.database->read([&](db::Transaction& tx) { return list_signals(tx, ben, 50); });
  ASSERT_TRUE(told);
  EXPECT_TRUE(told->newest.empty());
}

TEST_F(PipelineStages, ManyDealsAreMovedInSteps) {
  for (int made = 0; made <= deals_moved_at_once_max; ++made) deal("Value Proposition");
  const auto first = retire("Value Proposition", stage("Qualification"));
  ASSERT_TRUE(first);
  EXPECT_EQ(first->moved, deals_moved_at_once_max);
  EXPECT_FALSE(first->is_done);
  EXPECT_EQ(names().size(), 9U);
  const auto second = retire("Value Proposition", stage("Qualification"));
  ASSERT_TRUE(second);
  EXPECT_EQ(second->moved, 1);
  EXPECT_TRUE(second->is_done);
}

TEST_F(PipelineStages, ARetiredStagesDealsGoToAnotherStageOfThePipeline) {
  deal("Value Proposition");
  const auto lone = office.create(office.ada, "stages", {{"name", "Trial"}});
  ASSERT_TRUE(lone);
  EXPECT_EQ(code(retire("Value Proposition", lone->id)), "not_found");
  EXPECT_EQ(code(retire("Value Proposition", stage("Value Proposition"))), "not_found");
  const auto absent = retire("Trial", stage("Qualification"));
  ASSERT_FALSE(absent);
  EXPECT_EQ(absent.error().kind, RefusalKind::not_found);
}

TEST_F(PipelineStages, APipelineKeepsItsLastStage) {
  const auto made = office.create(
      office.ada, "pipelines",
      {{"name", "Renewals"},
       {"team_pipeline", Value(office.named("team_pipelines", "Standard"))},
       {"stages", Value(std::vector<std::string>{to_string(stage("Qualification"))})}});
  ASSERT_TRUE(made);
  pipeline = made->id;
  EXPECT_EQ(code(retire("Qualification")), "last_stage");
}

TEST_F(PipelineStages, AStageWithDealsKeepsWhatItMeans) {
  const RecordId changed = stage("Value Proposition");
  const auto mean = [&] {
    return office.change(office.ada, "stages", changed,
                         {{"outcome", "won"}, {"probability", Value(int64_t{100})}});
  };
  deal("Value Proposition");
  EXPECT_EQ(code(mean()), "stage_in_use");
  ASSERT_TRUE(retire("Value Proposition", stage("Qualification")));
  EXPECT_TRUE(mean());
}

TEST_F(PipelineStages, WhatIsRestoredCountsAmongThem) {
  const RecordId binned = office.create(office.ada, "team_pipelines", {{"name", "Binned"}})->id;
  ASSERT_TRUE(office.remove(office.ada, "team_pipelines", binned));
  for (int64_t at = 1; at < team_pipelines_max; ++at)
    ASSERT_TRUE(office.create(office.ada, "team_pipelines", {{"name", Value(std::to_string(at))}}));
  const auto restored = office.database->write([&](db::Transaction& tx) {
    return operations::restore_record(tx, office.ada, office.module("team_pipelines"), binned);
  });
  EXPECT_EQ(code(restored), "too_many");
}

TEST_F(PipelineStages, AStageThatNoPipelineHasIsDeletedAndComesBack) {
  const RecordId trial = stage("Value Proposition");
  EXPECT_EQ(code(office.remove(office.ada, "stages", trial)), "stage_in_use");
  deal("Value Proposition");
  ASSERT_TRUE(retire("Value Proposition", stage("Qualification")));
  ASSERT_TRUE(office.remove(office.ada, "stages", trial));
  EXPECT_EQ(code(add(office.ada, {.existing = trial})), "not_found");
  ASSERT_TRUE(office.database->write([&](db::Transaction& tx) {
    return operations::restore_record(tx, office.ada, office.module("stages"), trial);
  }));
  EXPECT_TRUE(add(office.ada, {.existing = trial}));
}

TEST_F(PipelineStages, AStageOfAPipelineInTheRecycleBinStays) {
  const RecordId trial = office.create(office.ada, "stages", {{"name", "Trial"}})->id;
  const auto other =
      office.create(office.ada, "pipelines",
                    {{"name", "Renewals"},
                     {"team_pipeline", Value(office.named("team_pipelines", "Standard"))},
                     {"stages", Value(std::vector<std::string>{to_string(trial)})}});
  ASSERT_TRUE(other) << other.error().message;
  ASSERT_TRUE(office.remove(office.ada, "pipelines", other->id));
  EXPECT_EQ(code(office.remove(office.ada, "stages", trial)), "stage_in_use");
  ASSERT_TRUE(office.database->write([&](db::Transaction& tx) {
    return operations::purge_record(tx, office.ada, office.module("pipelines"), other->id);
  }));
  EXPECT_TRUE(office.remove(office.ada, "stages", trial));
}

TEST_F(PipelineStages, ThereAreOnlySoManyOfEach) {
  const RecordId team = office.named("team_pipelines", "Standard");
  const std::vector<std::string> one{to_string(stage("Qualification"))};
  std::vector<std::string> many;
  for (int64_t at = 9; at < stages_max; ++at) {
    const auto made = office.create(office.ada, "stages", {{"name", Value(std::to_string(at))}});
    ASSERT_TRUE(made) << made.error().message;
    many.push_back(to_string(made->id));
  }
  EXPECT_EQ(code(office.create(office.ada, "stages", {{"name", "One more"}})), "too_many");
  many.resize(stages_per_pipeline_max + 1);
  const auto pipeline_of = [&](const std::string& name, const std::vector<std::string>& stages) {
    return office.create(
        office.ada, "pipelines",
        {{"name", Value(name)}, {"team_pipeline", Value(team)}, {"stages", Value(stages)}});
  };
  EXPECT_EQ(code(pipeline_of("Long", many)), "too_many");
  for (int64_t at = 1; at < pipelines_max; ++at) ASSERT_TRUE(pipeline_of(std::to_string(at), one));
  EXPECT_EQ(code(pipeline_of("One more", one)), "too_many");
  for (int64_t at = 1; at < team_pipelines_max; ++at)
    ASSERT_TRUE(office.create(office.ada, "team_pipelines", {{"name", Value(std::to_string(at))}}));
  EXPECT_EQ(code(office.create(office.ada, "team_pipelines", {{"name", "One more"}})), "too_many");
}

}  // namespace

}  // namespace tandem::crm
