#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "db/database.h"
#include "desk/dashboards/local_days.h"

// What dashboards count of a ticket. It is kept beside the figures, so that a change takes out
// exactly what was put in, however often it is counted.

namespace tandem::desk {

/// The day on which open tickets are closed.
constexpr int64_t never_closed = 9'999'999;

struct TicketFacts {
  RecordId ticket = {};
  RecordId department = {};
  RecordId owner = {};
  std::string channel = {};
  std::string priority = {};
  std::vector<std::string> tags = {};  // in small letters
  int64_t created_day = 0;
  int64_t hour_of_week = 0;
  int64_t closed_day = never_closed;  // never before created_day
  std::optional<int64_t> resolution_minutes = {};
  std::string resolution_outcome = {};  // kept, missed, "" without a target
  std::optional<int64_t> responded_day = {};
  std::optional<int64_t> answer_minutes = {};
  std::string response_outcome = {};
  std::optional<int64_t> rated_day = {};
  std::string rating = {};
  std::optional<int64_t> due_day = {};  // of an open ticket
  std::optional<Instant> due_at = {};

  bool is_open() const { return closed_day == never_closed; }
};

/// As the ticket is now. Nothing when it does not count: it is gone, in the recycle bin, spam, or
/// was merged into another one. Manual, Dashboards 1.4.
std::optional<TicketFacts> facts_of_ticket(db::Transaction& tx, OrgId org, RecordId ticket,
                                           const LocalDays& days);

struct KeptFacts {
  int64_t generation = 0;
  TicketFacts facts = {};
};
/// As they were counted last.
std::optional<KeptFacts> kept_facts(db::Transaction& tx, OrgId org, RecordId ticket);
void keep_facts(db::Transaction& tx, OrgId org, const KeptFacts& kept);
void forget_facts(db::Transaction& tx, OrgId org, RecordId ticket);

/// Durations are counted in bands: the last minute of each, and one more band without an end.
constexpr std::array<int64_t, 11> band_ends_minutes{15,   60,   120,  240,   480,  1440,
                                                    2880, 4320, 7200, 14400, 43200};
size_t band_of(int64_t minutes);

}  // namespace tandem::desk
