#include "crm/deals/shared_stages.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "operations/visible.h"
#include "records/filter_compile.h"

namespace tandem::crm {

namespace {

/// Of up to db::bulk_rows_max deals.
Result<void> add_pipelines_of(db::Transaction& tx, const access::Actor& actor,
                              std::vector<records::Value> deals, std::set<int64_t>& pipelines) {
  const records::ModuleDef& module = *actor.catalogue->find("deals");
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, module);
  records::Statement statement(actor.org);
  statement.text = "SELECT DISTINCT pipeline FROM " + module.table_name() +
                   " WHERE org_id = $1 AND deleted_at IS NULL AND ";
  TRY(records::compile_filter(tx, actor.org, *shape,
                              records::all_of({records::field("id").is_one_of(std::move(deals)),
                                               operations::visible_filter(actor, module)}),
                              statement));
  for (const db::Row& row : tx.rows(statement.text, statement.args))
    if (!row.is_null(0)) pipelines.insert(row.integer(0));
  return {};
}

std::vector<Stage> stages_of_all(const std::vector<Pipeline>& pipelines) {
  std::vector<Stage> shared;
  for (const Stage& stage : pipelines.front().stages) {
    const bool is_in_all =
        std::all_of(pipelines.begin(), pipelines.end(),
                    [&](const Pipeline& pipeline) { return has_stage(pipeline, stage.id); });
    if (is_in_all) shared.push_back(stage);
  }
  return shared;
}

}  // namespace

Result<SharedStages> stages_shared_by(db::Transaction& tx, const access::Actor& actor,
                                      const std::vector<RecordId>& deals) {
  const records::ModuleDef& module = *actor.catalogue->find("deals");
  TRY(access::require_right(actor, module, access::Right::read));
  for (const char* field : {"pipeline", "stage"})
    TRY(operations::may_sort(actor, module, {field, false}));
  if (deals.empty()) return invalid("ids", "required", "Give the ids of deals.");
  if (deals.size() > deals_asked_about_max) {
    return invalid("ids", "too_many",
                   fmt::format("Ask about at most {} deals at a time.", deals_asked_about_max));
  }
  std::set<int64_t> found;
  for (size_t at = 0; at < deals.size(); at += size_t(db::bulk_rows_max)) {
    const size_t end = std::min(deals.size(), at + size_t(db::bulk_rows_max));
    std::vector<records::Value> some(deals.begin() + std::ptrdiff_t(at),
                                     deals.begin() + std::ptrdiff_t(end));
    TRY(add_pipelines_of(tx, actor, std::move(some), found));
  }
  SharedStages shared;
  for (Pipeline& pipeline : list_pipelines(tx, actor.org))
    if (found.contains(pipeline.id.value)) shared.pipelines.push_back(std::move(pipeline));
  if (shared.pipelines.empty()) return not_found("None of these deals is there.");
  shared.stages = stages_of_all(shared.pipelines);
  return shared;
}

}  // namespace tandem::crm
