#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/actor.h"
#include "records/record.h"

// Through which stages deals go. Manual, Pipelines.

namespace tandem::crm {

constexpr size_t stages_per_pipeline_max = 50;
/// Of an organisation. All are told with its modules, so there are only so many.
constexpr int64_t stages_max = 250;
constexpr int64_t pipelines_max = 100;
constexpr int64_t team_pipelines_max = 50;

struct Stage {
  RecordId id = {};
  std::string name = {};
  int64_t probability = 0;    // per cent
  std::string outcome = {};   // open, won, lost
  std::string forecast = {};  // "" when it has none
};

struct Pipeline {
  RecordId id = {};
  std::string name = {};
  RecordId team_pipeline = {};
  bool is_default = false;
  std::vector<Stage> stages = {};  // in their order
};

/// Of all team pipelines, or of one; by age.
std::vector<Pipeline> list_pipelines(db::Transaction& tx, OrgId org, RecordId team_pipeline = {});
std::optional<Pipeline> find_pipeline(db::Transaction& tx, OrgId org, RecordId id);
/// The one that deals of the team pipeline get when nobody says another; of the oldest team
/// pipeline when none is named.
std::optional<Pipeline> default_pipeline(db::Transaction& tx, OrgId org,
                                         RecordId team_pipeline = {});
std::optional<Stage> find_stage(db::Transaction& tx, OrgId org, RecordId id);
/// Whether deals of the pipeline may stand on the stage.
bool has_stage(const Pipeline& pipeline, RecordId stage);

/// The rules of their modules. Pipelines and stages are settings: who changes them needs the duty
/// to manage fields.
Result<void> only_who_manages_fields(records::Change& change);
/// Refuses with invalid "too_many" one more than there may be, also one that is restored.
Result<void> stages_are_few(records::Change& stage);
Result<void> pipelines_are_few(records::Change& pipeline);
Result<void> team_pipelines_are_few(records::Change& team_pipeline);
/// Refuses with conflict "stage_in_use" to delete a stage that a pipeline or a deal has, those in
/// the recycle bin counted in, and to let one that a deal has mean something else: whether its
/// deals are open, won or lost.
Result<void> a_stage_in_use_stays(records::Change& stage);
/// The first pipeline of a team pipeline is its default; who makes another the default takes it
/// from that one. Refuses with conflict "last_default" to leave none: a default goes when no other
/// pipeline of its team pipeline is left, and the last one of the organisation stays.
Result<void> one_pipeline_is_the_default(records::Change& pipeline);
/// A pipeline stays in its team pipeline, which its deals know as well. Refuses with conflict
/// "team_pipeline_stays".
Result<void> a_pipeline_stays_in_its_team(records::Change& pipeline);
/// Refuses with conflict "pipeline_in_use" to delete a pipeline that has deals, and to take a stage
/// from it that deals stand on.
Result<void> a_pipeline_in_use_stays(records::Change& pipeline);
/// Refuses with conflict "pipeline_in_use" to delete one that has pipelines, those in the recycle
/// bin counted in.
Result<void> a_team_pipeline_in_use_stays(records::Change& team_pipeline);

}  // namespace tandem::crm
