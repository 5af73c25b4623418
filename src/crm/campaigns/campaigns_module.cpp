#include "crm/common_fields.h"
#include "crm/modules.h"
#include "crm/notes/parents.h"
#include "crm/signals/signals.h"
#include "crm/tags/tags.h"

namespace tandem::crm {

namespace {

using records::FieldDef;
using records::FieldKind;

FieldDef type_field() {
  return {.name = "campaign_type",
          .label = "Type",
          .kind = FieldKind::choice,
          .choices = {{"conference", "Conference"},
                      {"webinar", "Webinar"},
                      {"trade_show", "Trade Show"},
                      {"public_relations", "Public Relations"},
                      {"partners", "Partners"},
                      {"referral_program", "Referral Program"},
                      {"advertisement", "Advertisement"},
                      {"banner_ads", "Banner Ads"},
                      {"direct_mail", "Direct mail"},
                      {"email", "Email"},
                      {"telemarketing", "Telemarketing"},
                      {"others", "Others"}}};
}

FieldDef status_field() {
  return {.name = "status",
          .label = "Status",
          .kind = FieldKind::choice,
          .choices = {{"planning", "Planning"},
                      {"active", "Active"},
                      {"inactive", "Inactive"},
                      {"complete", "Complete"}}};
}

Result<void> it_ends_after_it_starts(records::Change& campaign) {
  const records::Value& starts_on = campaign.get("starts_on");
  const records::Value& ends_on = campaign.get("ends_on");
  if (starts_on.is_null() || ends_on.is_null() || starts_on.number() <= ends_on.number()) return {};
  if (!campaign.changes("starts_on") && !campaign.changes("ends_on")) return {};
  return invalid("ends_on", "ends_too_early", "Give an end that is not before the start.");
}

std::vector<FieldDef> campaign_fields() {
  return {
      {.name = "name",
       .label = "Campaign name",
       .required = true,
       .searchable = true,
       .sortable = true,
       .max_chars = 200},
      type_field(),
      status_field(),
      {.name = "starts_on", .label = "Start date", .kind = FieldKind::date, .sortable = true},
      {.name = "ends_on", .label = "End date", .kind = FieldKind::date},
      {.name = "expected_revenue", .label = "Expected revenue", .kind = FieldKind::money},
      {.name = "budgeted_cost", .label = "Budgeted cost", .kind = FieldKind::money},
      {.name = "actual_cost", .label = "Actual cost", .kind = FieldKind::money},
      {.name = "expected_response", .label = "Expected response", .kind = FieldKind::number},
      {.name = "numbers_sent", .label = "Numbers sent", .kind = FieldKind::number},
  };
}

}  // namespace

const records::ModuleDef& campaigns_module() {
  static const records::ModuleDef module{
      .name = "campaigns",
      .label = "Campaign",
      .label_plural = "Campaigns",
      .table = "crm_campaigns",
      .fields = joined({campaign_fields(), working_fields()}),
      .visible_to = visible_to_members,
      .before_save = {it_has_an_owner, it_ends_after_it_starts, its_notes_and_files_go_along},
      .after_save = {its_tags_are_known, its_people_hear_of_it},
  };
  return module;
}

}  // namespace tandem::crm
