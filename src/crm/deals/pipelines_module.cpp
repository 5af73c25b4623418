#include "crm/common_fields.h"
#include "crm/deals/pipelines.h"
#include "crm/modules.h"

namespace tandem::crm {

namespace {

using records::FieldKind;

}  // namespace

const records::ModuleDef& pipelines_module() {
  static const records::ModuleDef module{
      .name = "pipelines",
      .label = "Pipeline",
      .label_plural = "Pipelines",
      .table = "crm_pipelines",
      .fields =
          {
              {.name = "name",
               .label = "Pipeline name",
               .required = true,
               .searchable = true,
               .sortable = true,
               .max_chars = 100},
              {.name = "team_pipeline",
               .label = "Team pipeline",
               .kind = FieldKind::link,
               .required = true,
               .link_to = "team_pipelines"},
              // Ids as choices, so that each is known by the name of its stage; in their order.
              {.name = "stages",
               .label = "Stages",
               .kind = FieldKind::multi_choice,
               .required = true,
               .link_to = "stages",
               .keeps_order = true},
              {.name = "is_default", .label = "Default", .kind = FieldKind::boolean},
          },
      .visible_to = visible_to_members,
      .before_save = {only_who_manages_fields, pipelines_are_few, a_pipeline_stays_in_its_team,
                      one_pipeline_is_the_default, a_pipeline_in_use_stays},
      .custom_fields = false,
  };
  return module;
}

const records::ModuleDef& team_pipelines_module() {
  static const records::ModuleDef module{
      .name = "team_pipelines",
      .label = "Team pipeline",
      .label_plural = "Team pipelines",
      .table = "crm_team_pipelines",
      .fields = {{.name = "name",
                  .label = "Name",
                  .required = true,
                  .unique = true,
                  .searchable = true,
                  .sortable = true,
                  .max_chars = 100}},
      .visible_to = visible_to_members,
      .before_save = {only_who_manages_fields, team_pipelines_are_few,
                      a_team_pipeline_in_use_stays},
      .custom_fields = false,
  };
  return module;
}

}  // namespace tandem::crm
