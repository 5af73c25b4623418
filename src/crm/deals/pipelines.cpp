#include "crm/deals/pipelines.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "crm/modules.h"
#include "records/store.h"

namespace tandem::crm {

namespace {

using records::Change;
using records::Verb;

constexpr std::string_view stage_columns = "id, name, probability, outcome, COALESCE(forecast, '')";
constexpr std::string_view pipeline_columns =
    "id, name, team_pipeline, COALESCE(is_default, 0), stages";

Stage stage_of(const db::Row& row) {
  return {.id = RecordId{row.integer(0)},
          .name = row.text(1),
          .probability = row.integer(2),
          .outcome = row.text(3),
          .forecast = row.text(4)};
}

std::vector<RecordId> ids_in(const std::string& json_text) {
  std::vector<RecordId> ids;
  const Result<Json> json = json_from_text(json_text);
  if (!json || !json->is_array()) return ids;
  for (const Json& item : json->get_array()) {
    if (!item.is_string()) continue;
    if (const std::optional<int64_t> id = id_from_text(item.get_string()))
      ids.push_back(RecordId{*id});
  }
  return ids;
}

Pipeline pipeline_of(db::Transaction& tx, OrgId org, const db::Row& row) {
  Pipeline pipeline{.id = RecordId{row.integer(0)},
                    .name = row.text(1),
                    .team_pipeline = RecordId{row.integer(2)},
                    .is_default = row.integer(3) != 0};
  for (const RecordId id : ids_in(row.text(4))) {
    if (const std::optional<Stage> stage = find_stage(tx, org, id))
      pipeline.stages.push_back(*stage);
  }
  return pipeline;
}

bool is_used(Change& change, const std::string& sql, const db::Args& args) {
  return change.tx.row(sql, args).has_value();
}

bool removes(const Change& change) { return change.verb == Verb::deleted; }

Refusal pipeline_in_use(const std::string& message) { return conflict("pipeline_in_use", message); }

}  // namespace

std::vector<Pipeline> list_pipelines(db::Transaction& tx, OrgId org, RecordId team_pipeline) {
  std::vector<Pipeline> found;
  const std::string sql = fmt::format(
      "SELECT {} FROM crm_pipelines WHERE org_id = $1 AND deleted_at IS NULL "
      "AND ($2 = 0 OR team_pipeline = $2) ORDER BY id",
      pipeline_columns);
  for (const db::Row& row : tx.rows(sql, {org.value, team_pipeline.value}))
    found.push_back(pipeline_of(tx, org, row));
  return found;
}

std::optional<Pipeline> find_pipeline(db::Transaction& tx, OrgId org, RecordId id) {
  const auto row = tx.row(fmt::format("SELECT {} FROM crm_pipelines WHERE org_id = $1 AND id = $2 "
                                      "AND deleted_at IS NULL",
                                      pipeline_columns),
                          {org.value, id.value});
  if (!row) return std::nullopt;
  return pipeline_of(tx, org, *row);
}

std::optional<Pipeline> default_pipeline(db::Transaction& tx, OrgId org, RecordId team_pipeline) {
  const auto row =
      tx.row(fmt::format("SELECT {} FROM crm_pipelines WHERE org_id = $1 AND deleted_at IS NULL "
                         "AND is_default = 1 AND ($2 = 0 OR team_pipeline = $2) "
                         "ORDER BY team_pipeline, id LIMIT 1",
                         pipeline_columns),
             {org.value, team_pipeline.value});
  if (!row) return std::nullopt;
  return pipeline_of(tx, org, *row);
}

std::optional<Stage> find_stage(db::Transaction& tx, OrgId org, RecordId id) {
  const auto row =
      tx.row(fmt::format("SELECT {} FROM crm_stages WHERE org_id = $1 AND id = $2", stage_columns),
             {org.value, id.value});
  if (!row) return std::nullopt;
  return stage_of(*row);
}

bool has_stage(const Pipeline& pipeline, RecordId stage) {
  return std::any_of(pipeline.stages.begin(), pipeline.stages.end(),
                     [stage](const Stage& one) { return one.id == stage; });
}

Result<void> only_who_manages_fields(Change& change) {
  return access::require_duty(change.actor, access::Duty::manage_fields);
}

namespace {

Result<void> are_few(Change& change, const std::string& table, int64_t most,
                     const std::string& what) {
  if (!change.is_new() && change.verb != Verb::restored) return {};
  const std::string sql = fmt::format(
      "SELECT COUNT(*) FROM (SELECT 1 FROM {} WHERE org_id = $1 AND deleted_at IS NULL "
      "LIMIT $2) AS counted",
      table);
  const std::optional<db::Row> row = change.tx.row(sql, {change.org.value, most});
  if (!row || row->integer(0) < most) return {};
  return invalid("name", "too_many",
                 fmt::format("Delete one first; there may be {} {}.", most, what));
}

bool has_deals(Change& stage) {
  return is_used(stage, "SELECT 1 FROM crm_deals WHERE org_id = $1 AND stage = $2 LIMIT 1",
                 {stage.org.value, stage.before.id.value});
}

Result<void> its_deals_stay_what_they_are(Change& stage) {
  stage.tx.run_alone();
  if (!has_deals(stage)) return {};
  return conflict(
      "stage_in_use",
      "Deals stand on this stage, perhaps in the recycle bin. Make another stage for what "
      "is won or lost.",
      "outcome");
}

}  // namespace

Result<void> stages_are_few(Change& stage) {
  return are_few(stage, "crm_stages", stages_max, "stages");
}

Result<void> pipelines_are_few(Change& pipeline) {
  return are_few(pipeline, "crm_pipelines", pipelines_max, "pipelines");
}

Result<void> team_pipelines_are_few(Change& team_pipeline) {
  return are_few(team_pipeline, "crm_team_pipelines", team_pipelines_max, "team pipelines");
}

Result<void> a_stage_in_use_stays(Change& stage) {
  if (stage.verb == Verb::updated && stage.changes("outcome"))
    return its_deals_stay_what_they_are(stage);
  if (!removes(stage)) return {};
  stage.tx.run_alone();
  const bool is_in_pipeline =
      is_used(stage, "SELECT 1 FROM crm_pipelines WHERE org_id = $1 AND stages LIKE $2 LIMIT 1",
              {stage.org.value, fmt::format("%\"{}\"%", stage.before.id.value)});
  if (is_in_pipeline) {
    return conflict("stage_in_use",
                    "Take this stage out of its pipelines first, also those in the recycle bin.");
  }
  if (!has_deals(stage)) return {};
  return conflict("stage_in_use",
                  "Move the deals of this stage to another one first, also those in the recycle "
                  "bin.");
}

Result<void> a_pipeline_stays_in_its_team(Change& pipeline) {
  if (pipeline.verb != Verb::updated || !pipeline.changes("team_pipeline")) return {};
  return conflict("team_pipeline_stays", "Make a new pipeline in the other team pipeline instead.",
                  "team_pipeline");
}

namespace {

/// Whether another pipeline outside the bin is there, of the team pipeline or, with 0, of any.
bool has_another(Change& pipeline, RecordId team) {
  return is_used(pipeline,
                 "SELECT 1 FROM crm_pipelines WHERE org_id = $1 AND deleted_at IS NULL "
                 "AND id <> $2 AND ($3 = 0 OR team_pipeline = $3) LIMIT 1",
                 {pipeline.org.value, pipeline.before.id.value, team.value});
}

Result<void> the_default_goes_last(Change& pipeline) {
  if (!pipeline.before.get("is_default").truth()) return {};
  if (has_another(pipeline, pipeline.before.get("team_pipeline").id()))
    return conflict("last_default", "Make another pipeline the default first.");
  if (has_another(pipeline, {})) return {};
  return conflict("last_default", "Make another pipeline first; deals need one.");
}

/// Past the rules of pipelines, which ask for a default: there is another one by now.
Result<void> give_up_default(Change& next, RecordId held) {
  const std::optional<records::Record> before = TRY(records::select_one(
      next.tx, next.org, next.proposed.shape, held, records::everything(), records::Bin::outside));
  if (!before) return {};
  records::Record proposed = *before;
  proposed.set("is_default", int64_t{0});
  Change change{next.tx, next.org, next.actor, Verb::updated, *before, std::move(proposed), "", ""};
  TRY(records::store(change, next.actor.author()));
  return {};
}

}  // namespace

Result<void> one_pipeline_is_the_default(Change& pipeline) {
  if (removes(pipeline)) return the_default_goes_last(pipeline);
  if (pipeline.verb == Verb::purged) return {};
  const RecordId team = pipeline.get("team_pipeline").id();
  const std::optional<Pipeline> held = default_pipeline(pipeline.tx, pipeline.org, team);
  const bool is_another = held && held->id != pipeline.proposed.id;
  if (is_another && pipeline.verb == Verb::restored) {
    pipeline.set("is_default", int64_t{0});
  } else if (is_another && pipeline.get("is_default").truth()) {
    return give_up_default(pipeline, held->id);
  } else if (!is_another && !pipeline.get("is_default").truth()) {
    const bool was_default = held && pipeline.verb == Verb::updated;
    if (was_default) return conflict("last_default", "Make another pipeline the default instead.");
    pipeline.set("is_default", int64_t{1});
  }
  return {};
}

Result<void> a_pipeline_in_use_stays(Change& pipeline) {
  if (pipeline.get("stages").list().size() > stages_per_pipeline_max) {
    return invalid("stages", "too_many",
                   fmt::format("Choose at most {} stages.", stages_per_pipeline_max));
  }
  if (pipeline.is_new()) return {};
  pipeline.tx.run_alone();
  const int64_t org = pipeline.org.value;
  const int64_t id = pipeline.before.id.value;
  if (removes(pipeline)) {
    if (!is_used(pipeline, "SELECT 1 FROM crm_deals WHERE org_id = $1 AND pipeline = $2 LIMIT 1",
                 {org, id}))
      return {};
    return pipeline_in_use(
        "Move the deals of this pipeline to another one first, also those in the recycle bin.");
  }
  if (pipeline.verb != Verb::updated) return {};
  const std::vector<std::string>& kept = pipeline.get("stages").list();
  for (const std::string& stage : pipeline.before.get("stages").list()) {
    if (std::find(kept.begin(), kept.end(), stage) != kept.end()) continue;
    const int64_t gone = id_from_text(stage).value_or(0);
    if (is_used(pipeline,
                "SELECT 1 FROM crm_deals WHERE org_id = $1 AND pipeline = $2 AND stage = $3 "
                "LIMIT 1",
                {org, id, gone}))
      return pipeline_in_use("Move the deals of the stage that you take out to another one first.");
  }
  return {};
}

Result<void> a_team_pipeline_in_use_stays(Change& team_pipeline) {
  if (!removes(team_pipeline)) return {};
  team_pipeline.tx.run_alone();
  if (!is_used(team_pipeline,
               "SELECT 1 FROM crm_pipelines WHERE org_id = $1 AND team_pipeline = $2 LIMIT 1",
               {team_pipeline.org.value, team_pipeline.before.id.value}))
    return {};
  return pipeline_in_use(
      "Delete the pipelines of this team pipeline first, also those in the recycle bin.");
}

}  // namespace tandem::crm
