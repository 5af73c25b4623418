#include "desk/ticket_parts.h"

namespace tandem::desk {

records::FieldDef ticket_link() {
  return {.name = "ticket",
          .label = "Ticket",
          .kind = records::FieldKind::link,
          .required = true,
          .link_to = "tickets"};
}

records::ModuleDef part_of_tickets(records::ModuleDef module) {
  module.part_of = "tickets";
  module.custom_fields = false;
  module.generic_writes = false;
  return module;
}

}  // namespace tandem::desk
