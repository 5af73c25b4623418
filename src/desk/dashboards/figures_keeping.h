#pragma once

#include <string>
#include <vector>

#include "base/stop_sign.h"
#include "db/database.h"

// Keeps the figures of dashboards. They follow the change log: a ticket that is written costs
// nothing more, and a moment later it is counted anew, in one transaction with the place in the
// log, so that a crash counts nothing twice and leaves nothing out. What was counted of it before
// is kept (ticket_facts.h) and taken out first. So counting a ticket once more is harmless, and a
// count of all tickets may run beside the changes, in small steps and behind people's own writes.

namespace tandem::desk {

constexpr int64_t figures_period_ms = 2'000;
/// Tickets counted in one transaction.
constexpr int tickets_counted_max = 200;

/// Counts what changed since the last time, and goes on with counts of all tickets that are under
/// way: of a new organisation, after an upgrade, of a new time zone. Answers whether there is more
/// to do at once.
bool count_some(db::Database& database);

/// A part of it that ends soon, for the schedule; what is left goes on at the next look.
void keep_figures(db::Database& database, const StopSign& stop = {});
/// All that is to do, for commands.
void finish_figures(db::Database& database);

/// Begins to count everything anew. The figures of the organisation are shown again when it is
/// done.
void count_anew(db::Transaction& tx, OrgId org);

/// What of an organisation's figures differs from its tickets, a line each, at most 20. Reads every
/// ticket. Empty also while they are being counted.
std::vector<std::string> wrong_figures(db::Transaction& tx, OrgId org);

}  // namespace tandem::desk
