#include "crm/activities/activity_module.h"
#include "crm/modules.h"

namespace tandem::crm {

namespace {

using records::FieldDef;
using records::FieldKind;

Result<void> it_ends_after_it_begins(records::Change& event) {
  if (!event.changes("starts_at") && !event.changes("ends_at")) return {};
  if (event.get("starts_at").number() <= event.get("ends_at").number()) return {};
  return invalid("ends_at", "ends_too_early", "Give an end that is not before the beginning.");
}

std::vector<FieldDef> event_fields() {
  return {
      {.name = "subject",
       .label = "Subject",
       .required = true,
       .searchable = true,
       .sortable = true},
      {.name = "starts_at",
       .label = "From",
       .kind = FieldKind::instant,
       .required = true,
       .sortable = true},
      {.name = "ends_at", .label = "To", .kind = FieldKind::instant, .required = true},
      {.name = "is_all_day", .label = "All day", .kind = FieldKind::boolean},
      {.name = "venue", .label = "Venue", .searchable = true},
      // Addresses: of people here, of contacts, and of anybody else.
      {.name = "participants", .label = "Participants", .kind = FieldKind::tags, .max_chars = 254},
  };
}

records::ModuleDef events_of(Edition edition) {
  return activity_module(edition, {.name = "events",
                                   .label = "Meeting",
                                   .label_plural = "Meetings",
                                   .table = "crm_events",
                                   .fields = event_fields(),
                                   .indexes = {{"owner", "starts_at"}},
                                   .before_save = {it_ends_after_it_begins}});
}

}  // namespace

const records::ModuleDef& events_module(Edition edition) {
  static const records::ModuleDef crm = events_of(Edition::crm);
  static const records::ModuleDef bigin = events_of(Edition::bigin);
  return edition == Edition::crm ? crm : bigin;
}

}  // namespace tandem::crm
