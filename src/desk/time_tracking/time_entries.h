#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/actor.h"
#include "records/record.h"

// Time that people worked on tickets: who, when, how long, billable or not. A part of the ticket:
// whoever sees the ticket as a colleague sees its time, customers never do. Manual, Time entries.

namespace tandem::desk {

constexpr int64_t time_entry_seconds_max = 1'000 * 60 * 60;
constexpr int64_t time_note_chars_max = 2'000;
/// How far in the past work may be noted.
constexpr int64_t time_entry_age_ms_max = 5 * 366 * day_ms;
constexpr int64_t time_entries_per_ticket_max = 2'000;
constexpr int time_entries_shown_max = 200;

/// Written by this header and ticket_timers.h only.
const records::ModuleDef& time_entries_module();

/// Worked time as it is noted.
struct WorkedTime {
  RecordId agent = {};     // 0: the actor
  Instant worked_at = {};  // when the work began; 0: now less its length
  int64_t seconds = 0;
  bool is_billable = true;
  std::string note = {};
  std::string source = "manual";  // manual, timer
};
/// What of it changes; absent stays.
struct WorkedTimeChange {
  std::optional<RecordId> agent = {};
  std::optional<Instant> worked_at = {};
  std::optional<int64_t> seconds = {};
  std::optional<bool> is_billable = {};
  std::optional<std::string> note = {};
};

/// Notes worked time. One's own takes the act "log_time", that of others "correct_time". Refuses:
/// not_found, forbidden, conflict (in the bin, merged, 2,000 entries), invalid (agent, worked_at,
/// seconds, note). Manual, Time entries 1.1 to 1.4.
Result<records::Record> log_time(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                                 const WorkedTime& worked);
/// Changes or removes an entry of the ticket; the acts and refusals are the same.
Result<records::Record> change_time(db::Transaction& tx, const access::Actor& actor,
                                    RecordId ticket, RecordId entry,
                                    const WorkedTimeChange& change);
Result<void> remove_time(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                         RecordId entry);

struct TimeTotals {
  int64_t count = 0;
  int64_t seconds = 0;
  int64_t billable_seconds = 0;
};
struct TicketTime {
  std::vector<records::Record> entries;  // newest work first, time_entries_shown_max
  TimeTotals totals;                     // of all
};
/// Refuses: not_found, and with forbidden customers.
Result<TicketTime> time_of_ticket(db::Transaction& tx, const access::Actor& actor, RecordId ticket);
Result<records::Record> read_time(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                                  RecordId entry);
/// "update" and "delete" when the actor may.
std::vector<std::string> may_with_time(const access::Actor& actor, const records::Record& ticket,
                                       const records::Record& entry);

}  // namespace tandem::desk
