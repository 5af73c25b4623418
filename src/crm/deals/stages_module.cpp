#include "crm/common_fields.h"
#include "crm/deals/pipelines.h"
#include "crm/modules.h"
#include "records/custom_fields.h"

namespace tandem::crm {

namespace {

using records::Change;
using records::FieldDef;
using records::FieldKind;
using records::Verb;

Result<void> it_is_a_probability(Change& stage) {
  const records::Value& probability = stage.get("probability");
  if (probability.number() >= 0 && probability.number() <= 100) return {};
  return invalid("probability", "out_of_range", "Give a probability from 0 to 100 per cent.");
}

/// Pipelines offer the stages as choices, by their names.
Result<void> the_choices_follow_the_stages(Change& stage) {
  if (stage.verb == Verb::updated && !stage.changes("name")) return {};
  records::renew_shapes(stage.tx, stage.org);
  return {};
}

std::vector<FieldDef> stage_fields() {
  return {
      {.name = "name",
       .label = "Stage name",
       .required = true,
       .unique = true,
       .searchable = true,
       .sortable = true,
       .max_chars = 100},
      {.name = "probability",
       .label = "Probability",
       .kind = FieldKind::number,
       .required = true,
       .default_value = int64_t{0}},
      {.name = "outcome",
       .label = "Outcome",
       .kind = FieldKind::choice,
       .required = true,
       .choices = {{"open", "Open"}, {"won", "Closed Won"}, {"lost", "Closed Lost"}},
       .default_value = "open"},
      {.name = "forecast",
       .label = "Forecast category",
       .kind = FieldKind::choice,
       .choices = {{"pipeline", "Pipeline"},
                   {"best_case", "Best Case"},
                   {"commit", "Committed"},
                   {"closed", "Closed"},
                   {"omitted", "Omitted"}}},
  };
}

}  // namespace

const records::ModuleDef& stages_module() {
  static const records::ModuleDef module{
      .name = "stages",
      .label = "Stage",
      .label_plural = "Stages",
      .table = "crm_stages",
      .fields = stage_fields(),
      .visible_to = visible_to_members,
      .before_save = {only_who_manages_fields, it_is_a_probability, stages_are_few,
                      a_stage_in_use_stays},
      .after_save = {the_choices_follow_the_stages},
      .custom_fields = false,
  };
  return module;
}

}  // namespace tandem::crm
