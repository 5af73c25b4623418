#pragma once

#include <vector>

#include "records/module.h"

namespace tandem::desk {

/// Whose it is, what it belongs to, when it reminds: of tasks and of appointments.
inline std::vector<records::FieldDef> activity_fields() {
  using records::FieldKind;
  return {
      {.name = "owner", .label = "Owner", .kind = FieldKind::user, .link_to = "agents"},
      {.name = "department",
       .label = "Department",
       .kind = FieldKind::link,
       .required = true,
       .link_to = "departments"},
      {.name = "ticket", .label = "Ticket", .kind = FieldKind::link, .link_to = "tickets"},
      {.name = "contact", .label = "Contact", .kind = FieldKind::link, .link_to = "contacts"},
      {.name = "remind_at", .label = "Reminder", .kind = FieldKind::instant},
      {.name = "reminded_at",
       .label = "Reminded",
       .kind = FieldKind::instant,
       .written_by = records::WrittenBy::system},
  };
}

}  // namespace tandem::desk
