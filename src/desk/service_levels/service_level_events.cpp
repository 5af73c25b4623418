#include "desk/service_levels/service_level_events.h"

#include "access/agents.h"
#include "base/json.h"
#include "desk/modules.h"
#include "desk/rows.h"
#include "desk/service_levels/business_hours.h"
#include "desk/service_levels/service_level_clock.h"
#include "desk/tickets/due_tickets.h"
#include "desk/tickets/open_ticket_walks.h"
#include "desk/tickets/ticket_rules.h"

namespace tandem::desk {

namespace {

using records::Changes;
using records::Record;

/// How late a missed target may be noticed.
constexpr int64_t service_level_look_ms = 10 * second_ms;

/// In the history the policy itself acts.
access::Actor policy_as_actor(const records::Catalogue& catalogue, OrgId org,
                              const ServiceLevel& policy) {
  access::Actor actor = access::system_actor(catalogue, org, access::Path::automation);
  actor.name = policy.name;
  return actor;
}

enum class OwnerTaken { no_change, taken, left_out };

/// The owner of a level, if the ticket may have them.
OwnerTaken take_owner(db::Transaction& tx, const access::Actor& actor, const Record& ticket,
                      RecordId owner, Changes& changes) {
  if (!owner || ticket.get("owner").id() == owner) return OwnerTaken::no_change;
  const std::optional<access::Agent> agent = access::find_agent(tx, actor.org, owner);
  if (!agent || !may_own(*agent, ticket.get("department").id())) return OwnerTaken::left_out;
  changes.set("owner", owner);
  return OwnerTaken::taken;
}

std::string detail_of(const ServiceLevel& policy, const ClockEvent& event, OwnerTaken owner) {
  JsonWriter detail;
  detail.begin_object().string("service_level", policy.name).string("target", word(event.target));
  if (event.level) {
    detail.number("after_minutes", event.level->after_minutes).key("told_agents").begin_array();
    for (const int64_t agent : event.level->told_agents) detail.id(agent);
    detail.end_array();
  }
  if (owner == OwnerTaken::left_out) detail.boolean("owner_left_out", true);
  return detail.end_object().take();
}

std::string name_of(const ClockEvent& event) {
  if (event.level) return "service_level_escalated";
  return std::string(word(event.target)) + "_missed";
}

/// A rule that stands against what the level changes leaves the event with its words alone.
Result<void> raise_event(db::Transaction& tx, const access::Actor& actor,
                         const ServiceLevel& policy, const ClockEvent& event,
                         const Record& ticket) {
  Changes changes;
  OwnerTaken owner = OwnerTaken::no_change;
  if (event.level) {
    if (event.level->sets_escalated) changes.set("is_escalated", int64_t{1});
    if (!event.level->priority.empty()) changes.set("priority", event.level->priority);
    owner = take_owner(tx, actor, ticket, event.level->owner, changes);
  }
  const Happening happening{name_of(event), detail_of(policy, event, owner)};
  const Result<Record> changed =
      tx.attempt([&] { return change_row(tx, actor, ticket, changes, happening); });
  if (changed) return {};
  TRY(change_row(tx, actor, ticket, {}, happening));
  return {};
}

/// Raises the soonest event that is due; false when there is none. The clock is written before the
/// event is raised, because what a level changes may begin a new stretch of it, or bring another
/// policy.
Result<bool> raise_next(db::Transaction& tx, const access::Actor& actor, const ServiceLevel& policy,
                        TicketClock& clock, const DueTicket& due) {
  const Result<Record> ticket = read_row(tx, actor, tickets_module(), due.ticket);
  if (!ticket) return false;
  const BusinessHours hours = hours_of(tx, due.org, clock.hours);
  count_up(clock, hours, tx.now());
  const std::vector<ClockEvent> events = events_to_come(policy, clock, *ticket);
  const bool is_due = !events.empty() && events.front().due_ms <= clock.worked_ms;
  if (is_due) clock.raised.push_back(events.front().key);
  clock.next_event_at = next_event_at(policy, clock, *ticket, hours, tx.now());
  write_clock(tx, due.org, due.ticket, clock);
  if (is_due) TRY(raise_event(tx, actor, policy, events.front(), *ticket));
  return is_due;
}

/// One after the other, as the ticket stands after the last: what another priority puts off is not
/// missed, and what another policy takes over is left to it.
Result<void> raise_all(db::Transaction& tx, const records::Catalogue& catalogue,
                       const DueTicket& due) {
  std::optional<TicketClock> clock = read_clock(tx, due.org, due.ticket);
  const std::optional<ServiceLevel> policy =
      clock ? service_level_of(tx, due.org, clock->service_level) : std::nullopt;
  if (!policy || !policy->is_active) return {};
  const access::Actor actor = policy_as_actor(catalogue, due.org, *policy);
  while (clock && clock->service_level == policy->id && clock->running_since) {
    const bool is_raised = TRY(raise_next(tx, actor, *policy, *clock, due));
    if (!is_raised) break;
    clock = read_clock(tx, due.org, due.ticket);
  }
  return {};
}

}  // namespace

int raise_service_level_events(db::Database& database, const records::Catalogue& catalogue,
                               const StopSign& stop) {
  return act_on_due_tickets(
      database, {"ticket_clocks", "next_event_at", "service levels"},
      [&](db::Transaction& tx, const DueTicket& due) { return raise_all(tx, catalogue, due); },
      stop);
}

void add_service_level_jobs(jobs::Worker& worker, const Desk& desk) {
  worker.add_schedule("service_levels", service_level_look_ms,
                      [&desk](db::Database& database, const StopSign& stop) {
                        raise_service_level_events(database, desk.catalogue, stop);
                      });
  add_walk(worker, desk, Walk::service_levels, [&desk](db::Transaction&, OrgId org) -> WalkStep {
    const access::Actor program =
        access::system_actor(desk.catalogue, org, access::Path::automation);
    return [program](db::Transaction& tx, const Record& ticket) {
      return count_anew(tx, program, ticket);
    };
  });
}

}  // namespace tandem::desk
