#pragma once

#include <optional>
#include <string>
#include <vector>

#include "desk/time_tracking/time_entries.h"

// A stopwatch of one agent on one ticket, kept here so that it survives a reload and a change of
// the machine. Stopped, it becomes a time entry. Manual, Time entries 2.1.

namespace tandem::desk {

/// Stopwatches that somebody has at once, running and paused ones.
constexpr int64_t timers_per_agent_max = 20;

struct Timer {
  RecordId ticket;
  Instant started_at;
  bool is_running = false;
  int64_t seconds = 0;  // measured until now
};

/// The actor's on the ticket, also on one that they no longer see. Refuses with not_found when
/// there is neither.
Result<std::optional<Timer>> timer_of(db::Transaction& tx, const access::Actor& actor,
                                      RecordId ticket);
/// All of the actor's, the running one first.
struct NamedTimer {
  Timer timer;
  std::optional<records::Record> ticket = {};  // none: the actor no longer sees it
};
Result<std::vector<NamedTimer>> timers_of(db::Transaction& tx, const access::Actor& actor);

/// Starts or goes on; whatever else the actor measures is paused, because nobody works on two
/// tickets at once. Refuses: not_found, forbidden (act "log_time"), conflict (in the bin, merged,
/// 20 stopwatches).
Result<Timer> start_timer(db::Transaction& tx, const access::Actor& actor, RecordId ticket);
/// These two ask nothing of the ticket, which may be out of sight by now. They refuse with conflict
/// "no_timer" when there is none, not_found when the ticket isn't seen either.
Result<Timer> pause_timer(db::Transaction& tx, const access::Actor& actor, RecordId ticket);
Result<void> drop_timer(db::Transaction& tx, const access::Actor& actor, RecordId ticket);

/// What is noted of the measured time; `seconds` corrects what was measured.
struct StoppedTime {
  std::optional<int64_t> seconds = {};
  bool is_billable = true;
  std::string note = {};
};
/// Makes the measured time a time entry and ends the stopwatch. On a ticket out of sight what was
/// measured is kept as well, as it was measured or less of it. Refuses as log_time does, and
/// invalid (more than was measured on a ticket out of sight).
Result<records::Record> stop_timer(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                                   const StoppedTime& stopped);

/// A stopwatch that came to a merge's target with a merged ticket.
struct CameTimer {
  RecordId agent;
  Instant started_at;
  int64_t worked_ms = 0;           // measured until the merge
  Instant target_started_at = {};  // of the agent's own on the target; 0 when there was none
};
/// A merged ticket's stopwatches go on at the ticket it became; who measures on both has the sum
/// there. For merging.
std::vector<CameTimer> take_over_timers(db::Transaction& tx, OrgId org, RecordId from, RecordId to);
/// For undoing a merge, the ticket that was merged last first. What was measured before it comes
/// back; a stopwatch that came alone comes back as it is now. One that was stopped, discarded or
/// begun anew meanwhile stays as it is.
void give_back_timer(db::Transaction& tx, OrgId org, const CameTimer& came, RecordId from,
                     RecordId to);
/// When the ticket is gone for good.
void forget_timers(db::Transaction& tx, OrgId org, RecordId ticket);

}  // namespace tandem::desk
