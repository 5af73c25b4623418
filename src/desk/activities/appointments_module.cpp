#include "desk/activities/activities.h"
#include "desk/activities/activity_module.h"

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

std::vector<records::FieldDef> own_fields() {
  return {
      {.name = "starts_at",
       .label = "Begins",
       .kind = FieldKind::instant,
       .required = true,
       .sortable = true},
      {.name = "ends_at", .label = "Ends", .kind = FieldKind::instant, .required = true},
      {.name = "place", .label = "Place", .searchable = true},
  };
}

}  // namespace

const records::ModuleDef& appointments_module() {
  static const records::ModuleDef module = activity_module({.name = "appointments",
                                                            .label = "Appointment",
                                                            .label_plural = "Appointments",
                                                            .fields = own_fields(),
                                                            .indexes = {{"owner", "starts_at"},
                                                                        {"ticket", "id"},
                                                                        {"department", "starts_at"},
                                                                        {"remind_at"}}},
                                                           it_ends_after_it_begins);
  return module;
}

}  // namespace tandem::desk
