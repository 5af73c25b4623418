#include "desk/automation/timed_round.h"

#include "desk/automation/timed_checks.h"
#include "desk/modules.h"
#include "desk/rows.h"
#include "desk/tickets/due_tickets.h"
#include "desk/tickets/open_ticket_walks.h"
#include "desk/tickets/still_open.h"
#include "operations/operations.h"

namespace tandem::desk {

namespace {

using records::Record;

/// How late a rule of time may act.
constexpr int64_t timed_rules_look_ms = 10 * second_ms;

/// That the rule acted is written before it acts, because what it does writes the ticket and with
/// it this row.
Result<void> act_in_turn(db::Transaction& tx, const Desk& desk, const DueTicket& due,
                         const ReadyRules& ready, Record& ticket) {
  TimedRules rules(tx, due.org, ready);
  RoundOfActs round;
  for (const ReadyRule& rule : ready.rules) {
    if (round.is_over) break;
    TicketCheck check = read_check(tx, due.org, due.ticket).value_or(TicketCheck());
    if (!rules.applies(rule, ticket, check)) continue;
    check.done[rule.rule.id.value] = moment_of(rule.rule, ticket).value_or(Instant{}).ms;
    check.next_at.reset();
    write_check(tx, due.org, due.ticket, check);
    TRY(act_by_rule(tx, desk.catalogue, rule, ticket, round, due.org, &desk));
  }
  TicketCheck check = read_check(tx, due.org, due.ticket).value_or(TicketCheck());
  check.next_at = rules.next_at(ticket, check);
  write_check(tx, due.org, due.ticket, check);
  return {};
}

Result<void> act_on(db::Transaction& tx, const Desk& desk, const DueTicket& due) {
  const access::Actor program =
      access::system_actor(desk.catalogue, due.org, access::Path::automation);
  Result<Record> ticket = read_row(tx, program, tickets_module(), due.ticket);
  if (!ticket) return {};
  const std::shared_ptr<const ReadyRules> ready = ready_rules(tx, due.org, ticket->shape);
  if (!ready || !ready->has_timed) return {};
  return act_in_turn(tx, desk, due, *ready, *ticket);
}

/// Those that this rule acted on stay out.
ReadyRules alone(const AutomationRule& rule, const records::ShapeRef& shape,
                 RuleConditions conditions) {
  ReadyRules ready;
  ready.shape = shape;
  ready.has_timed = true;
  ready.rules.push_back({rule, std::move(conditions), {}});
  return ready;
}

/// Those of the page that the rule would touch. Whether it acted on one before is asked only of
/// those that fit otherwise, and of no ticket for a rule that is not saved yet.
std::vector<Record> touched(db::Transaction& tx, OrgId org, TimedRules& rules,
                            const ReadyRule& rule, const std::vector<Record>& tickets) {
  std::vector<Record> found;
  for (const Record& ticket : tickets) {
    if (!rules.applies(rule, ticket, {})) continue;
    const std::optional<TicketCheck> check =
        rule.rule.id ? read_check(tx, org, ticket.id) : std::nullopt;
    if (!check || rules.applies(rule, ticket, *check)) found.push_back(ticket);
  }
  return found;
}

}  // namespace

int run_timed_rules(const Desk& desk, const StopSign& stop) {
  return act_on_due_tickets(
      desk.database, {"ticket_checks", "next_at", "rules of time"},
      [&](db::Transaction& tx, const DueTicket& due) { return act_on(tx, desk, due); }, stop);
}

void add_automation_jobs(jobs::Worker& worker, const Desk& desk) {
  worker.add_schedule(
      "timed_rules", timed_rules_look_ms,
      [&desk](db::Database&, const StopSign& stop) { run_timed_rules(desk, stop); });
  add_walk(worker, desk, Walk::timed_rules, [](db::Transaction&, OrgId org) -> WalkStep {
    return
        [org](db::Transaction& tx, const Record& ticket) { return watch_ticket(tx, org, ticket); };
  });
}

Result<TimedPreview> preview_timed_rule(db::Transaction& tx, const access::Actor& actor,
                                        AutomationRule wanted) {
  wanted = TRY(checked_rule(tx, actor, std::move(wanted)));
  if (!wanted.is_timed()) {
    return invalid("event", "not_timed", "Only what a rule of time would do can be foretold.");
  }
  wanted.counts_from = Instant{};
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, tickets_module());
  RuleConditions conditions = TRY(read_conditions(wanted, shape, tx.now()));
  const ReadyRules ready = alone(wanted, shape, std::move(conditions));
  TimedRules rules(tx, actor.org, ready);
  TimedPreview preview;
  int64_t looked_at = 0;
  for (const std::string& type : still_open_types()) {
    records::Query query;
    query.filter = records::field("status_type").is(type);
    query.sort = {"last_activity_at", false};
    query.limit = db::bulk_rows_max;
    do {
      if (looked_at >= preview_tickets_looked_at_max) {
        preview.is_exact = false;
        return preview;
      }
      const records::Page page = TRY(records::select_page(tx, actor.org, shape, query));
      looked_at += int64_t(page.records.size());
      for (const Record& ticket :
           touched(tx, actor.org, rules, ready.rules.front(), page.records)) {
        ++preview.count;
        if (preview.tickets.size() == preview_tickets_shown_max) continue;
        Result<Record> seen = operations::read_record(tx, actor, tickets_module(), ticket.id);
        if (seen) preview.tickets.push_back(std::move(*seen));
      }
      query.cursor = page.next_cursor;
    } while (!query.cursor.empty());
  }
  return preview;
}

}  // namespace tandem::desk
