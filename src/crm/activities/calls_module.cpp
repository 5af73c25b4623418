#include "crm/activities/activity_module.h"
#include "crm/modules.h"

namespace tandem::crm {

namespace {

using records::FieldDef;
using records::FieldKind;

FieldDef purpose_field() {
  return {.name = "call_purpose",
          .label = "Call purpose",
          .kind = FieldKind::choice,
          .choices = {{"prospecting", "Prospecting"},
                      {"administrative", "Administrative"},
                      {"negotiation", "Negotiation"},
                      {"demo", "Demo"},
                      {"project", "Project"},
                      {"desk", "Desk"}}};
}

FieldDef result_field() {
  return {.name = "call_result",
          .label = "Call result",
          .kind = FieldKind::choice,
          .choices = {{"interested", "Interested"},
                      {"not_interested", "Not interested"},
                      {"no_response", "No response/Busy"},
                      {"requested_more_info", "Requested more info"},
                      {"requested_call_back", "Requested call back"},
                      {"invalid_number", "Invalid number"}}};
}

std::vector<FieldDef> call_fields() {
  return {
      {.name = "subject", .label = "Subject", .searchable = true, .sortable = true},
      {.name = "call_type",
       .label = "Call type",
       .kind = FieldKind::choice,
       .required = true,
       .choices = {{"outbound", "Outbound"}, {"inbound", "Inbound"}, {"missed", "Missed"}},
       .default_value = "outbound"},
      {.name = "starts_at",
       .label = "Call start time",
       .kind = FieldKind::instant,
       .required = true,
       .sortable = true},
      {.name = "duration_s", .label = "Duration in seconds", .kind = FieldKind::number},
      purpose_field(),
      result_field(),
      {.name = "call_agenda", .label = "Call agenda", .max_chars = 2'000},
  };
}

Result<void> its_duration_is_a_time(records::Change& call) {
  constexpr int64_t day_s = 24 * 60 * 60;
  const records::Value& duration = call.get("duration_s");
  if (duration.is_null() || (duration.number() >= 0 && duration.number() <= day_s)) return {};
  return invalid("duration_s", "out_of_range", "Give a duration of at most a day.");
}

records::ModuleDef calls_of(Edition edition) {
  return activity_module(edition, {.name = "calls",
                                   .label = "Call",
                                   .label_plural = "Calls",
                                   .table = "crm_calls",
                                   .fields = call_fields(),
                                   .indexes = {{"owner", "starts_at"}},
                                   .before_save = {its_duration_is_a_time}});
}

}  // namespace

const records::ModuleDef& calls_module(Edition edition) {
  static const records::ModuleDef crm = calls_of(Edition::crm);
  static const records::ModuleDef bigin = calls_of(Edition::bigin);
  return edition == Edition::crm ? crm : bigin;
}

}  // namespace tandem::crm
