#include "desk/time_tracking/ticket_timers.h"

#include <fmt/format.h>

#include <algorithm>

#include "desk/modules.h"
#include "desk/rows.h"
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

Result<Timer> timer_that_is_there(db::Transaction& tx, const Actor& actor, RecordId ticket) {
  const std::optional<Timer> timer = find_timer(tx, actor, ticket);
  if (!timer) return conflict("no_timer", "There is no stopwatch on this ticket; start one.");
  return *timer;
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
  TRY(visible_ticket(tx, actor, ticket));
  return find_timer(tx, actor, ticket);
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
    if (ticket) timers.push_back({timer, std::move(*ticket)});
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
  TRY(visible_ticket(tx, actor, ticket));
  TRY(timer_that_is_there(tx, actor, ticket));
  tx.execute(
      "UPDATE ticket_timers SET worked_ms = worked_ms + $4 - running_since, running_since = NULL "
      "WHERE org_id = $1 AND agent_id = $2 AND ticket_id = $3 AND running_since IS NOT NULL",
      {actor.org.value, actor.id.value, ticket.value, tx.now().ms});
  return timer_that_is_there(tx, actor, ticket);
}

Result<void> drop_timer(db::Transaction& tx, const Actor& actor, RecordId ticket) {
  TRY(visible_ticket(tx, actor, ticket));
  TRY(timer_that_is_there(tx, actor, ticket));
  tx.execute("DELETE FROM ticket_timers WHERE org_id = $1 AND agent_id = $2 AND ticket_id = $3",
             {actor.org.value, actor.id.value, ticket.value});
  return {};
}

Result<records::Record> stop_timer(db::Transaction& tx, const Actor& actor, RecordId ticket,
                                   const StoppedTime& stopped) {
  TRY(visible_ticket(tx, actor, ticket));
  const Timer timer = TRY(timer_that_is_there(tx, actor, ticket));
  records::Record entry =
      TRY(log_time(tx, actor, ticket,
                   {.worked_at = timer.started_at,
                    .seconds = stopped.seconds.value_or(std::max<int64_t>(timer.seconds, 1)),
                    .is_billable = stopped.is_billable,
                    .note = stopped.note,
                    .source = "timer"}));
  TRY(drop_timer(tx, actor, ticket));
  return entry;
}

void take_over_timers(db::Transaction& tx, OrgId org, RecordId from, RecordId to) {
  tx.execute(
      "INSERT INTO ticket_timers (org_id, agent_id, ticket_id, started_at, running_since, "
      "worked_ms) SELECT org_id, agent_id, $3, started_at, running_since, worked_ms "
      "FROM ticket_timers WHERE org_id = $1 AND ticket_id = $2 ON CONFLICT DO NOTHING",
      {org.value, from.value, to.value});
  forget_timers(tx, org, from);
}

void forget_timers(db::Transaction& tx, OrgId org, RecordId ticket) {
  tx.execute("DELETE FROM ticket_timers WHERE org_id = $1 AND ticket_id = $2",
             {org.value, ticket.value});
}

}  // namespace tandem::desk
