#include "desk/sharing/ticket_visibility.h"
#include "desk/ticket_parts.h"
#include "desk/time_tracking/time_entries.h"

namespace tandem::desk {

const records::ModuleDef& time_entries_module() {
  using records::FieldKind;
  static const records::ModuleDef module = part_of_tickets({
      .name = "time_entries",
      .label = "Time entry",
      .label_plural = "Time entries",
      .fields =
          {
              ticket_link(),
              {.name = "agent",
               .label = "Agent",
               .kind = FieldKind::user,
               .required = true,
               .link_to = "agents"},
              {.name = "worked_at",
               .label = "Worked at",
               .kind = FieldKind::instant,
               .required = true},
              {.name = "seconds", .label = "Seconds", .kind = FieldKind::number, .required = true},
              {.name = "is_billable",
               .label = "Billable",
               .kind = FieldKind::boolean,
               .default_value = int64_t{1}},
              {.name = "note",
               .label = "Note",
               .kind = FieldKind::long_text,
               .max_chars = int(time_note_chars_max)},
              {.name = "source",
               .label = "Source",
               .kind = FieldKind::choice,
               .choices = {{"manual", "Manual"}, {"timer", "Timer"}},
               .default_value = "manual"},
          },
      .indexes = {{"ticket", "worked_at"}, {"worked_at", "agent"}},
      .title_of = [](const records::Record& entry) { return entry.get("note").text(); },
      .visible_to = time_visible_to,
  });
  return module;
}

}  // namespace tandem::desk
