#pragma once

#include <functional>
#include <string>

#include "base/stop_sign.h"
#include "db/database.h"

// Tickets whose moment has come: a table holds one row for each ticket that waits, with the moment
// of what comes next, and an index leads to those that are due.

namespace tandem::desk {

struct DueTicket {
  OrgId org;
  RecordId ticket;
  int64_t due_at_ms = 0;
};

/// Where the moments stand, and what comes then, for the log.
struct Moments {
  std::string table;   // "ticket_clocks": org_id, ticket_id and the column
  std::string column;  // "next_event_at"
  std::string what;    // "service levels"
};

/// Acts on each ticket that is due, in a transaction of its own, at most 5,000 of them; what is
/// left waits for the next look. The moment is taken from the row first, so that nodes side by side
/// act once, and the sign is asked before each. A ticket whose act refuses loses its moment and is
/// logged, so that it does not stand before all others. Answers how many acted.
int act_on_due_tickets(db::Database& database, const Moments& moments,
                       const std::function<Result<void>(db::Transaction&, const DueTicket&)>& act,
                       const StopSign& stop = {});

}  // namespace tandem::desk
