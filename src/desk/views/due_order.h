#pragma once

#include "desk/views/views.h"
#include "operations/operations.h"

// Tickets in the order of what is due. On a closed ticket nothing is due any more, whatever its
// date says, so that it stands behind all others. The date stays: it tells whether the ticket was
// late. So a list that may hold both is read as two, one behind the other, each in the order of the
// index (status_type, due_at): a page costs what it costs in a view of open tickets.

namespace tandem::desk {

/// Whether a list of tickets with this filter and order is one of these. What asks for a status is
/// not: there the person has chosen which ones they want, and they stay in one order.
bool closed_come_last(const records::ModuleDef& module, const records::Query& query);

/// A page of it. Refuses what operations::list_records() refuses.
Result<records::Page> list_by_due(db::Transaction& tx, const access::Actor& actor,
                                  const records::Query& query, operations::Reach reach);

}  // namespace tandem::desk
