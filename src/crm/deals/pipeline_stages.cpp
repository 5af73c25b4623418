#include "crm/deals/pipeline_stages.h"

#include <algorithm>

#include "crm/modules.h"
#include "operations/visible.h"

namespace tandem::crm {

namespace {

using access::Actor;
using records::Record;
using records::Value;

using StageIds = std::vector<std::string>;

bool has(const StageIds& stages, RecordId stage) {
  return std::find(stages.begin(), stages.end(), to_string(stage)) != stages.end();
}

Result<Record> stage_to_add(db::Transaction& tx, const Actor& actor, const AddedStage& added) {
  if (!added.existing) return operations::create_record(tx, actor, stages_module(), added.values);
  Result<Record> found = operations::read_record(tx, actor, stages_module(), added.existing);
  if (found || found.error().kind != RefusalKind::not_found) return found;
  return invalid("stage", "not_found", "Choose a stage that exists.");
}

/// Where a stage comes to stand: what closes deals stays behind what leads there.
StageIds with_stage(db::Transaction& tx, OrgId org, StageIds stages, const Record& added) {
  const auto closes = [&](const std::string& id) {
    const std::optional<Stage> stage = find_stage(tx, org, RecordId{id_from_text(id).value_or(0)});
    return stage && stage->outcome != "open";
  };
  const bool is_open = added.get("outcome") == Value("open");
  const auto place = is_open ? std::find_if(stages.begin(), stages.end(), closes) : stages.end();
  stages.insert(place, to_string(added.id));
  return stages;
}

/// One step: answers how many deals were moved. As in every change of many records, nobody is told
/// of theirs.
Result<int> move_some_deals(db::Transaction& tx, const Actor& actor, const RetiredStage& retired) {
  const records::ModuleDef& module = *actor.catalogue->find("deals");
  const records::ShapeRef deals = actor.catalogue->shape(tx, actor.org, module);
  records::Query query;
  query.filter = records::all_of({records::field("pipeline").is(Value(retired.pipeline)),
                                  records::field("stage").is(Value(retired.stage))});
  query.sort = {"updated_at", false};
  query.bin = records::Bin::either;
  query.limit = db::bulk_rows_max;
  Actor mover = actor;
  mover.path = access::Path::bulk;
  int moved = 0;
  while (moved < deals_moved_at_once_max) {
    const records::Page page = TRY(records::select_page(tx, actor.org, deals, query));
    if (page.records.empty()) break;
    if (!retired.target)
      return invalid("target", "required", "Choose the stage to which its deals go.");
    for (const Record& before : page.records) {
      Record proposed = before;
      proposed.set("stage", Value(retired.target));
      records::Change change{tx,     actor.org,           mover, records::Verb::updated,
                             before, std::move(proposed), "",    ""};
      TRY(operations::save_change(change));
      ++moved;
    }
  }
  return moved;
}

}  // namespace

Result<Record> add_stage(db::Transaction& tx, const Actor& actor, RecordId pipeline,
                         const AddedStage& added) {
  TRY(access::require_duty(actor, access::Duty::manage_fields));
  const Record before = TRY(operations::read_record(tx, actor, pipelines_module(), pipeline));
  const Record stage = TRY(stage_to_add(tx, actor, added));
  const StageIds& stages = before.get("stages").list();
  if (has(stages, stage.id))
    return conflict("stage_there", "The pipeline has this stage already.", "stage");
  return operations::update_record(tx, actor, pipelines_module(), pipeline,
                                   {{"stages", Value(with_stage(tx, actor.org, stages, stage))}});
}

Result<Retirement> retire_stage(db::Transaction& tx, const Actor& actor,
                                const RetiredStage& retired) {
  TRY(access::require_duty(actor, access::Duty::manage_fields));
  tx.run_alone();
  const Record pipeline =
      TRY(operations::read_record(tx, actor, pipelines_module(), retired.pipeline));
  StageIds stages = pipeline.get("stages").list();
  if (!has(stages, retired.stage)) return not_found("The pipeline has no such stage.");
  if (stages.size() == 1)
    return invalid("stage", "last_stage", "Add another stage first; a pipeline needs one.");
  if (retired.target && (retired.target == retired.stage || !has(stages, retired.target)))
    return invalid("target", "not_found", "Choose another stage of the same pipeline.");
  Retirement retirement;
  retirement.moved = TRY(move_some_deals(tx, actor, retired));
  if (retirement.moved >= deals_moved_at_once_max) return retirement;
  std::erase(stages, to_string(retired.stage));
  TRY(operations::update_record(tx, actor, pipelines_module(), retired.pipeline,
                                {{"stages", Value(stages)}}));
  retirement.is_done = true;
  return retirement;
}

}  // namespace tandem::crm
