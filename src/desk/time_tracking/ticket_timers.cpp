#include "desk/time_tracking/ticket_timers.h"

#include <fmt/format.h>

#include <algorithm>

#include "access/agents.h"
#include "desk/modules.h"
#include "desk/rows.h"
#include "desk/time_tracking/time_out_of_sight.h"
#include "operations/operations.h"

namespace tandem::desk {

using access::Actor;

namespace {

constexpr std::string_view columns = "ticket_id, started_at, running_since, worked_ms";

Timer timer_of_row(const db::Row& row, Instant now) {
  Timer timer{.ticket = RecordId{row.integer(0)}, .started_at = Instant{row.integer(1)}};
  int64_t worked_ms = row.integer(3);
  timer.is_running = !row.is_null(2);
  if (timer.is_running) worked_ms += std::max<int64_t>(0, now.ms - row.integer(2));
  timer.seconds = std::min(worked_ms / second_ms, time_entry_seconds_max);
  return timer;
}

std::optional<Timer> find_timer(db::Transaction& tx, const Actor& actor, RecordId ticket) {
  const std::optional<db::Row> row =
      tx.row(fmt::format("SELECT {} FROM ticket_timers WHERE org_id = $1 AND agent_id = $2 AND "
                         "ticket_id = $3",
                         columns),
             {actor.org.value, actor.id.value, ticket.value});
  if (!row) return std::nullopt;
  return timer_of_row(*row, tx.now());
}

/// A stopwatch is its agent's own, whatever became of the ticket.
Result<Timer> timer_that_is_there(db::Transaction& tx, const Actor& actor, RecordId ticket) {
  const std::optional<Timer> timer = find_timer(tx, actor, ticket);
  if (timer) return *timer;
  TRY(visible_ticket(tx, actor, ticket));
  return conflict("no_timer", "There is no stopwatch on this ticket; start one.");
}

/// All but the one on `ticket`.
void pause_others(db::Transaction& tx, const Actor& actor, RecordId ticket) {
  tx.execute(
      "UPDATE ticket_timers SET worked_ms = worked_ms + $4 - running_since, running_since = NULL "
      "WHERE org_id = $1 AND agent_id = $2 AND ticket_id <> $3 AND running_since IS NOT NULL",
      {actor.org.value, actor.id.value, ticket.value, tx.now().ms});
}

}  // namespace

Result<std::optional<Timer>> timer_of(db::Transaction& tx, const Actor& actor, RecordId ticket) {
  std::optional<Timer> timer = find_timer(tx, actor, ticket);
  if (!timer) TRY(visible_ticket(tx, actor, ticket));
  return timer;
}

Result<std::vector<NamedTimer>> timers_of(db::Transaction& tx, const Actor& actor) {
  std::vector<NamedTimer> timers;
  for (const db::Row& row :
       tx.rows(fmt::format("SELECT {} FROM ticket_timers WHERE org_id = $1 AND agent_id = $2 "
                           "ORDER BY CASE WHEN running_since IS NULL THEN 1 ELSE 0 END, "
                           "started_at DESC LIMIT $3",
                           columns),
               {actor.org.value, actor.id.value, timers_per_agent_max})) {
    const Timer timer = timer_of_row(row, tx.now());
    Result<records::Record> ticket =
        operations::read_record(tx, actor, tickets_module(), timer.ticket);
    timers.push_back({timer, ticket ? std::optional(std::move(*ticket)) : std::nullopt});
  }
  return timers;
}

Result<Timer> start_timer(db::Transaction& tx, const Actor& actor, RecordId ticket) {
  TRY(ticket_for(tx, actor, ticket, "log_time"));
  const int64_t others = tx.integer(
      "SELECT COUNT(*) FROM ticket_timers WHERE org_id = $1 AND agent_id = $2 AND ticket_id <> $3",
      {actor.org.value, actor.id.value, ticket.value});
  if (others >= timers_per_agent_max) {
    return conflict("too_many_timers",
                    fmt::format("You have {} stopwatches already; stop one of them first.",
                                timers_per_agent_max));
  }
  pause_others(tx, actor, ticket);
  tx.execute(
      "INSERT INTO ticket_timers (org_id, agent_id, ticket_id, started_at, running_since, "
      "worked_ms) VALUES ($1, $2, $3, $4, $4, 0) ON CONFLICT (org_id, agent_id, ticket_id) "
      "DO UPDATE SET running_since = COALESCE(ticket_timers.running_since, excluded.running_since)",
      {actor.org.value, actor.id.value, ticket.value, tx.now().ms});
  return timer_that_is_there(tx, actor, ticket);
}

Result<Timer> pause_timer(db::Transaction& tx, const Actor& actor, RecordId ticket) {
  TRY(timer_that_is_there(tx, actor, ticket));
  tx.execute(
      "UPDATE ticket_timers SET worked_ms = worked_ms + $4 - running_since, running_since = NULL "
      "WHERE org_id = $1 AND agent_id = $2 AND ticket_id = $3 AND running_since IS NOT NULL",
      {actor.org.value, actor.id.value, ticket.value, tx.now().ms});
  return timer_that_is_there(tx, actor, ticket);
}

Result<void> drop_timer(db::Transaction& tx, const Actor& actor, RecordId ticket) {
  TRY(timer_that_is_there(tx, actor, ticket));
  tx.execute("DELETE FROM ticket_timers WHERE org_id = $1 AND agent_id = $2 AND ticket_id = $3",
             {actor.org.value, actor.id.value, ticket.value});
  return {};
}

Result<records::Record> stop_timer(db::Transaction& tx, const Actor& actor, RecordId ticket,
                                   const StoppedTime& stopped) {
  const Timer timer = TRY(timer_that_is_there(tx, actor, ticket));
  const int64_t measured = std::max<int64_t>(timer.seconds, 1);
  const WorkedTime worked{.worked_at = timer.started_at,
                          .seconds = stopped.seconds.value_or(measured),
                          .is_billable = stopped.is_billable,
                          .note = stopped.note,
                          .source = "timer"};
  const bool is_seen = visible_ticket(tx, actor, ticket).has_value();
  if (!is_seen && worked.seconds > measured) {
    return invalid("seconds", "out_of_range",
                   "You no longer see this ticket: keep at most what was measured.");
  }
  records::Record entry = TRY(is_seen ? log_time(tx, actor, ticket, worked)
                                      : keep_time_out_of_sight(tx, actor, ticket, worked));
  TRY(drop_timer(tx, actor, ticket));
  return entry;
}

namespace {

struct OwnTimer {
  RecordId agent;
  Instant started_at;
  bool is_running = false;
  int64_t worked_ms = 0;  // until now
};

std::vector<OwnTimer> timers_on(db::Transaction& tx, OrgId org, RecordId ticket) {
  std::vector<OwnTimer> timers;
  for (const db::Row& row :
       tx.rows("SELECT agent_id, started_at, running_since, worked_ms FROM ticket_timers "
               "WHERE org_id = $1 AND ticket_id = $2 ORDER BY agent_id LIMIT $3",
               {org.value, ticket.value, int64_t{access::agents_per_organisation_max}})) {
    OwnTimer timer{RecordId{row.integer(0)}, row.instant(1), !row.is_null(2), row.integer(3)};
    if (timer.is_running) timer.worked_ms += std::max<int64_t>(0, tx.now().ms - row.integer(2));
    timers.push_back(timer);
  }
  return timers;
}

const OwnTimer* timer_by(const std::vector<OwnTimer>& timers, RecordId agent) {
  for (const OwnTimer& timer : timers) {
    if (timer.agent == agent) return &timer;
  }
  return nullptr;
}

void write_timer(db::Transaction& tx, OrgId org, RecordId ticket, const OwnTimer& timer) {
  tx.execute(
      "INSERT INTO ticket_timers (org_id, agent_id, ticket_id, started_at, running_since, "
      "worked_ms) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (org_id, agent_id, ticket_id) "
      "DO UPDATE SET started_at = excluded.started_at, running_since = excluded.running_since, "
      "worked_ms = excluded.worked_ms",
      {org.value, timer.agent.value, ticket.value, timer.started_at.ms,
       timer.is_running ? db::Value(tx.now().ms) : db::Value(nullptr), timer.worked_ms});
}

}  // namespace

std::vector<CameTimer> take_over_timers(db::Transaction& tx, OrgId org, RecordId from,
                                        RecordId to) {
  const std::vector<OwnTimer> there = timers_on(tx, org, to);
  std::vector<CameTimer> came;
  for (const OwnTimer& timer : timers_on(tx, org, from)) {
    const OwnTimer* const own = timer_by(there, timer.agent);
    came.push_back(
        {timer.agent, timer.started_at, timer.worked_ms, own ? own->started_at : Instant{}});
    OwnTimer both = timer;
    if (own) {
      both.started_at = std::min(both.started_at, own->started_at);
      both.is_running = timer.is_running || own->is_running;
      both.worked_ms += own->worked_ms;
    }
    write_timer(tx, org, to, both);
  }
  forget_timers(tx, org, from);
  return came;
}

void give_back_timer(db::Transaction& tx, OrgId org, const CameTimer& came, RecordId from,
                     RecordId to) {
  const std::vector<OwnTimer> there = timers_on(tx, org, from);
  const OwnTimer* const found = timer_by(there, came.agent);
  const bool came_alone = came.target_started_at.ms == 0;
  const Instant began =
      came_alone ? came.started_at : std::min(came.started_at, came.target_started_at);
  if (!found || found->started_at != began) return;
  if (came_alone) {
    write_timer(tx, org, to, *found);
    tx.execute("DELETE FROM ticket_timers WHERE org_id = $1 AND agent_id = $2 AND ticket_id = $3",
               {org.value, came.agent.value, from.value});
    return;
  }
  OwnTimer left = *found;
  left.started_at = came.target_started_at;
  left.worked_ms = std::max<int64_t>(0, left.worked_ms - came.worked_ms);
  write_timer(tx, org, from, left);
  write_timer(tx, org, to, {came.agent, came.started_at, false, came.worked_ms});
}

void forget_timers(db::Transaction& tx, OrgId org, RecordId ticket) {
  tx.execute("DELETE FROM ticket_timers WHERE org_id = $1 AND ticket_id = $2",
             {org.value, ticket.value});
}

}  // namespace tandem::desk
