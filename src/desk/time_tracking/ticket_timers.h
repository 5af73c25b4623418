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

/// The actor's on the ticket. Refuses: not_found.
Result<std::optional<Timer>> timer_of(db::Transaction& tx, const access::Actor& actor,
                                      RecordId ticket);
/// All of the actor's on tickets that they still see, the running one first.
struct NamedTimer {
  Timer timer;
  records::Record ticket;
};
Result<std::vector<NamedTimer>> timers_of(db::Transaction& tx, const access::Actor& actor);

/// Starts or goes on; whatever else the actor measures is paused, because nobody works on two
/// tickets at once. Refuses: not_found, forbidden (act "log_time"), conflict (in the bin, merged,
/// 20 stopwatches).
Result<Timer> start_timer(db::Transaction& tx, const access::Actor& actor, RecordId ticket);
/// These two refuse also with conflict "no_timer" when there is none.
Result<Timer> pause_timer(db::Transaction& tx, const access::Actor& actor, RecordId ticket);
Result<void> drop_timer(db::Transaction& tx, const access::Actor& actor, RecordId ticket);

/// What is noted of the measured time; `seconds` corrects what was measured.
struct StoppedTime {
  std::optional<int64_t> seconds = {};
  bool is_billable = true;
  std::string note = {};
};
/// Makes the measured time a time entry and ends the stopwatch. Refuses as log_time does.
Result<records::Record> stop_timer(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                                   const StoppedTime& stopped);

/// A merged ticket's stopwatches go on at the ticket it became: for merging.
void take_over_timers(db::Transaction& tx, OrgId org, RecordId from, RecordId to);
/// When the ticket is gone for good.
void forget_timers(db::Transaction& tx, OrgId org, RecordId ticket);

}  // namespace tandem::desk
