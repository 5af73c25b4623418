#include "desk/activities/activities.h"
#include "desk/activities/activity_fields.h"

namespace tandem::desk {

namespace {

using records::FieldKind;

Result<void> it_ends_after_it_begins(records::Change& appointment) {
  const records::Value& starts_at = appointment.get("starts_at");
  const records::Value& ends_at = appointment.get("ends_at");
  const bool is_written =
      appointment.verb == records::Verb::created || appointment.verb == records::Verb::updated;
  if (!is_written || starts_at.is_null() || ends_at.is_null()) return {};
  if (starts_at.instant() < ends_at.instant()) return {};
  return invalid("ends_at", "ends_too_early", "Give an end after the beginning.");
}

std::vector<records::FieldDef> fields() {
  std::vector<records::FieldDef> fields{
      {.name = "subject", .label = "Subject", .required = true, .searchable = true},
      {.name = "description",
       .label = "Description",
       .kind = FieldKind::long_text,
       .searchable = true,
       .max_chars = 32'000},
      {.name = "starts_at",
       .label = "Begins",
       .kind = FieldKind::instant,
       .required = true,
       .sortable = true},
      {.name = "ends_at", .label = "Ends", .kind = FieldKind::instant, .required = true},
      {.name = "place", .label = "Place", .searchable = true},
  };
  for (records::FieldDef& field : activity_fields()) fields.push_back(std::move(field));
  return fields;
}

}  // namespace

const records::ModuleDef& appointments_module() {
  static const records::ModuleDef module = [] {
    std::vector<records::SaveRule> rules = activity_rules();
    rules.emplace_back(it_ends_after_it_begins);
    return records::ModuleDef{.name = "appointments",
                              .label = "Appointment",
                              .label_plural = "Appointments",
                              .fields = fields(),
                              .indexes = {{"owner", "starts_at"},
                                          {"ticket", "id"},
                                          {"department", "starts_at"},
                                          {"remind_at"}},
                              .visible_to = activities_visible_to,
                              .listed_to = activities_listed_to,
                              .before_save = std::move(rules)};
  }();
  return module;
}

}  // namespace tandem::desk
