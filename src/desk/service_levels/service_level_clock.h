#pragma once

#include <optional>
#include <string>
#include <vector>

#include "desk/service_levels/service_levels.h"
#include "desk/service_levels/working_time.h"
#include "records/record.h"

// The clock of a ticket: how long it was worked on, by which policy it is measured, and when the
// next thing is due. One number, worked_ms, is all the past that matters: while the clock runs it
// is worked_ms plus the working time since running_since. A pause, another policy or another
// department only ends one such stretch and begins the next. Manual, Service levels 3.1.

namespace tandem::desk {

struct TicketClock {
  RecordId service_level = {};                // 0: no policy fits
  RecordId hours = {};                        // in which it counts since running_since; 0: always
  int64_t worked_ms = 0;                      // up to running_since
  std::optional<Instant> running_since = {};  // nothing while it stands still
  std::vector<std::string> raised = {};       // keys of the events that happened
  std::optional<Instant> next_event_at = {};
};

/// Something that happens once on a ticket: a target is missed, or a level of escalation reached.
/// Once for good, so that two policies that send a ticket to each other come to an end.
struct ClockEvent {
  std::string key = {};  // with the policy's id: "17:resolution", "17:resolution:-30"
  Target target = Target::resolution;
  int64_t due_ms = 0;                      // of working time
  const EscalationLevel* level = nullptr;  // of the policy; null when the target is missed
};

std::optional<TicketClock> read_clock(db::Transaction& tx, OrgId org, RecordId ticket);
void write_clock(db::Transaction& tx, OrgId org, RecordId ticket, const TicketClock& clock);

/// Counts what was worked until `now` into worked_ms.
void count_up(TicketClock& clock, const BusinessHours& hours, Instant now);

/// What the policy still has in store for a ticket, what happened already left out, soonest first.
/// `policy` must outlive the answer.
std::vector<ClockEvent> events_to_come(const ServiceLevel& policy, const TicketClock& clock,
                                       const records::Record& ticket);

/// When the first of them is due, for a clock that was counted up to `now`; nothing when it stands
/// still.
std::optional<Instant> next_event_at(const ServiceLevel& policy, const TicketClock& clock,
                                     const records::Record& ticket, const BusinessHours& hours,
                                     Instant now);

/// The rule of tickets that keeps the clock and what is due by it. Runs when all other fields are
/// settled, also on the way into the recycle bin and back. Manual, Service levels 3.1 and 3.5.
Result<void> the_clock_is_kept(records::Change& ticket);

/// What the rule above would do to a ticket if it were written now, and no more than that: for a
/// policy, hours or holidays that changed. True when something differs and was written. Manual,
/// Service levels 2.4.
Result<bool> count_anew(db::Transaction& tx, const access::Actor& program,
                        const records::Record& ticket);

}  // namespace tandem::desk
