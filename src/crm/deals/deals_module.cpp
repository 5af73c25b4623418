#include "crm/common_fields.h"
#include "crm/deals/deal_rules.h"
#include "crm/modules.h"
#include "crm/notes/parents.h"
#include "crm/signals/signals.h"
#include "crm/tags/tags.h"

namespace tandem::crm {

namespace {

using records::FieldDef;
using records::FieldKind;
using records::WrittenBy;

FieldDef type_field() {
  return {
      .name = "deal_type",
      .label = "Type",
      .kind = FieldKind::choice,
      .choices = {{"existing_business", "Existing Business"}, {"new_business", "New Business"}}};
}

FieldDef loss_field() {
  return {.name = "reason_for_loss",
          .label = "Reason for loss",
          .kind = FieldKind::choice,
          .choices = {{"price", "Price"},
                      {"competition", "Competition"},
                      {"expectation_mismatch", "Expectation Mismatch"},
                      {"unqualified_customer", "Unqualified Customer"},
                      {"lack_of_response", "Lack of Response"},
                      {"missed_follow_ups", "Missed Follow Ups"},
                      {"wrong_target", "Wrong Target"},
                      {"future_interest", "Future Interest"},
                      {"other", "Other"}}};
}

std::vector<FieldDef> deal_fields() {
  return {
      {.name = "name",
       .label = "Deal name",
       .required = true,
       .searchable = true,
       .sortable = true,
       .max_chars = 120},
      link_field("account", "Account", "accounts"),
      link_field("contact", "Contact", "contacts"),
      {.name = "amount", .label = "Amount", .kind = FieldKind::money, .sortable = true},
      {.name = "closes_on",
       .label = "Closing date",
       .kind = FieldKind::date,
       .required = true,
       .sortable = true},
      link_field("pipeline", "Pipeline", "pipelines"),
      {.name = "stage",
       .label = "Stage",
       .kind = FieldKind::link,
       .required = true,
       .link_to = "stages"},
      {.name = "probability", .label = "Probability", .kind = FieldKind::number},
      type_field(),
      lead_source_field(),
      {.name = "next_step", .label = "Next step", .max_chars = 100},
      loss_field(),
      link_field("campaign", "Campaign source", "campaigns"),
  };
}

/// Written by the deal's rules alone.
std::vector<FieldDef> kept_fields() {
  std::vector<FieldDef> fields{
      link_field("team_pipeline", "Team pipeline", "team_pipelines"),
      {.name = "outcome",
       .label = "Outcome",
       .kind = FieldKind::choice,
       .choices = {{"open", "Open"}, {"won", "Won"}, {"lost", "Lost"}},
       .computed_from = {"stage"}},
      {.name = "expected_revenue",
       .label = "Expected revenue",
       .kind = FieldKind::money,
       .computed_from = {"amount", "probability"}},
      {.name = "stage_changed_at",
       .label = "Stage changed",
       .kind = FieldKind::instant,
       .computed_from = {"stage"}},
      {.name = "closed_at",
       .label = "Closed",
       .kind = FieldKind::instant,
       .computed_from = {"stage"}},
  };
  fields.front().computed_from = {"pipeline"};
  for (FieldDef& field : fields) field.written_by = WrittenBy::system;
  return fields;
}

records::ModuleDef crm_deals() {
  return {
      .name = "deals",
      .label = "Deal",
      .label_plural = "Deals",
      .table = "crm_deals",
      .fields = joined({deal_fields(), kept_fields(), working_fields()}),
      // The sums are carried for the board, which so reads no deal.
      .indexes = {{"pipeline", "stage", "updated_at", "id", "amount", "expected_revenue"},
                  {"owner", "outcome", "closes_on"},
                  {"outcome", "closes_on"},
                  {"account", "closes_on"},
                  {"contact", "closes_on"}},
      .visible_to = visible_to_members,
      .before_save = {it_has_an_owner, it_stands_on_a_stage_of_its_pipeline, it_knows_its_chances,
                      only_a_lost_deal_says_why, its_notes_and_files_go_along},
      .after_save = {its_tags_are_known, its_people_hear_of_it},
  };
}

records::ModuleDef bigin_deals() {
  records::ModuleDef module = with_fields(crm_deals(), {"name",
                                                        "account",
                                                        "contact",
                                                        "amount",
                                                        "closes_on",
                                                        "pipeline",
                                                        "stage",
                                                        "probability",
                                                        "deal_type",
                                                        "lead_source",
                                                        "next_step",
                                                        "reason_for_loss",
                                                        "team_pipeline",
                                                        "outcome",
                                                        "expected_revenue",
                                                        "stage_changed_at",
                                                        "closed_at",
                                                        "owner",
                                                        "tags",
                                                        "description"});
  for (FieldDef& field : module.fields) {
    if (field.name == "account") field.label = "Company";
    if (field.name == "pipeline") field.label = "Sub-pipeline";
    if (field.name == "closes_on") field.required = false;
  }
  return module;
}

}  // namespace

const records::ModuleDef& deals_module(Edition edition) {
  static const records::ModuleDef crm = crm_deals();
  static const records::ModuleDef bigin = bigin_deals();
  return edition == Edition::crm ? crm : bigin;
}

}  // namespace tandem::crm
