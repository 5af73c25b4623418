#pragma once

#include "records/module.h"

namespace tandem::desk {

/// The link of what belongs to one ticket.
records::FieldDef ticket_link();

/// Completes a module whose records are parts of tickets: the role's rights on tickets hold for it,
/// nobody adds fields to it, and only the desk's own verbs write it.
records::ModuleDef part_of_tickets(records::ModuleDef module);

}  // namespace tandem::desk
