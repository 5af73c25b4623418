#pragma once

#include <compare>
#include <map>
#include <string>

#include "desk/dashboards/ticket_facts.h"

// The figures behind dashboards: how many tickets of a department something happened to on a day,
// as a whole and by agent, channel, priority, tag, hour of the week or length of time.

namespace tandem::desk {

/// The day on which open tickets stand.
constexpr int64_t no_day = 0;

/// One figure. Dimensions: total, owner, channel, priority, tag, hour, band, due. Measures:
/// created, closed, open, answered, resolved, response_kept, response_missed, resolution_kept,
/// resolution_missed, rated_good, rated_okay, rated_bad, due.
struct Cell {
  std::string dimension = {};
  int64_t department = 0;
  int64_t day = 0;
  std::string measure = {};
  std::string key = {};
  auto operator<=>(const Cell&) const = default;
};

struct Sum {
  int64_t count = 0;
  int64_t minutes = 0;  // how long it took, of answered and resolved
  bool operator==(const Sum&) const = default;
};

using Figures = std::map<Cell, Sum>;

/// What a ticket adds to the figures, `times` 1, or takes out of them, -1.
void count_facts(Figures& figures, const TicketFacts& facts, int64_t times);

/// Adds the differences to the table. A figure that becomes nothing leaves it.
void add_to_table(db::Transaction& tx, OrgId org, int64_t generation, const Figures& differences);

}  // namespace tandem::desk
