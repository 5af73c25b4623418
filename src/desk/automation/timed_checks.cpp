#include "desk/automation/timed_checks.h"

#include <algorithm>

#include "base/json.h"
#include "desk/tickets/open_ticket_walks.h"

namespace tandem::desk {

using records::Change;
using records::Record;
using records::Verb;

namespace {

/// A condition that compares with the present may be met later without any change of the ticket.
constexpr int64_t asked_again_ms = hour_ms;

std::string done_json(const std::map<int64_t, int64_t>& done) {
  JsonWriter json;
  json.begin_object();
  for (const auto& [rule, moment] : done) json.number(std::to_string(rule), moment);
  return json.end_object().take();
}

std::map<int64_t, int64_t> done_from(std::string_view text) {
  std::map<int64_t, int64_t> done;
  const Result<Json> json = json_from_text(text);
  if (!json || !json->is_object()) return done;
  for (const auto& pair : json->get_object()) {
    const int64_t rule = id_from_text(pair.key()).value_or(0);
    if (rule != 0 && pair.value().is_int64()) done[rule] = pair.value().get_int64();
  }
  return done;
}

const char* field_of(RuleMoment moment) {
  switch (moment) {
    case RuleMoment::created: return "";
    case RuleMoment::customer_spoke: return "customer_spoke_at";
    case RuleMoment::agent_spoke: return "agent_spoke_at";
    case RuleMoment::status_changed: return "status_changed_at";
    case RuleMoment::due: return "due_at";
    case RuleMoment::unassigned: return "unassigned_since";
  }
  return "";
}

/// What stands in for a moment that was not noted yet when the ticket was written last.
std::optional<Instant> stand_in(RuleMoment moment, const Record& ticket) {
  const bool is_customers = ticket.get("last_word_by").text() == "customer";
  const records::Value& said_at = ticket.get("last_word_at");
  switch (moment) {
    case RuleMoment::created: return ticket.created_at;
    case RuleMoment::status_changed: return ticket.get("last_activity_at").instant();
    case RuleMoment::customer_spoke:
      if (is_customers && !said_at.is_null()) return said_at.instant();
      return std::nullopt;
    case RuleMoment::agent_spoke:
      if (!is_customers && !said_at.is_null()) return said_at.instant();
      return std::nullopt;
    case RuleMoment::unassigned:
      if (ticket.get("owner").is_null()) return ticket.created_at;
      return std::nullopt;
    case RuleMoment::due: return std::nullopt;
  }
  return std::nullopt;
}

bool is_at_rest(const Record& ticket) {
  return ticket.deleted_at || ticket.get("status_type").text() == "closed" ||
         !ticket.get("spam_at").is_null() || !ticket.get("merged_into").is_null();
}

bool is_by_people(const access::Actor& actor) {
  return actor.path != access::Path::automation && actor.kind != access::ActorKind::system;
}

/// Somebody changed what a rule acted for, so that it may act once more.
void forget_past_moments(TicketCheck& check, const ReadyRules& ready, const Record& ticket) {
  std::erase_if(check.done, [&](const auto& done) {
    const auto rule =
        std::find_if(ready.rules.begin(), ready.rules.end(),
                     [&](const ReadyRule& one) { return one.rule.id.value == done.first; });
    // It may be switched off for now; of those that are gone only so many are carried along.
    if (rule == ready.rules.end()) return check.done.size() > 2 * automation_rules_max;
    const std::optional<Instant> moment = moment_of(rule->rule, ticket);
    return !moment || moment->ms != done.second;
  });
}

bool is_the_same(const TicketCheck& one, const TicketCheck& other) {
  return one.next_at == other.next_at && one.done == other.done;
}

Result<bool> keep_check(db::Transaction& tx, OrgId org, const ReadyRules& ready,
                        const Record& ticket, const std::optional<TicketCheck>& before,
                        TicketCheck check) {
  check.next_at = TimedRules(tx, org, ready).next_at(ticket, check);
  if (is_the_same(check, before ? *before : TicketCheck())) return false;
  write_check(tx, org, ticket.id, check);
  return true;
}

}  // namespace

std::optional<TicketCheck> read_check(db::Transaction& tx, OrgId org, RecordId ticket) {
  const std::optional<db::Row> row =
      tx.row("SELECT done, next_at FROM ticket_checks WHERE org_id = $1 AND ticket_id = $2",
             {org.value, ticket.value});
  if (!row) return std::nullopt;
  TicketCheck check{.done = done_from(row->text(0)), .next_at = std::nullopt};
  if (!row->is_null(1)) check.next_at = row->instant(1);
  return check;
}

void write_check(db::Transaction& tx, OrgId org, RecordId ticket, const TicketCheck& check) {
  tx.execute(
      "INSERT INTO ticket_checks (org_id, ticket_id, done, next_at) VALUES ($1, $2, $3, $4) "
      "ON CONFLICT (org_id, ticket_id) DO UPDATE SET done = excluded.done, "
      "next_at = excluded.next_at",
      {org.value, ticket.value, done_json(check.done),
       check.next_at ? db::arg(*check.next_at) : db::Value(nullptr)});
}

std::optional<Instant> moment_of(const AutomationRule& rule, const Record& ticket) {
  if (rule.moment == RuleMoment::created) return ticket.created_at;
  const records::Value& noted = ticket.get(field_of(rule.moment));
  return noted.is_null() ? stand_in(rule.moment, ticket) : std::optional(noted.instant());
}

bool TimedRules::applies(const ReadyRule& rule, const Record& ticket, const TicketCheck& check) {
  const std::optional<Instant> due = due_at(rule, ticket, check);
  return due && *due <= tx_.now() && is_met(rule, ticket, tx_.now());
}

std::optional<Instant> TimedRules::next_at(const Record& ticket, const TicketCheck& check) {
  std::optional<Instant> next;
  for (const ReadyRule& rule : ready_.rules) {
    if (!rule.rule.is_timed()) continue;
    const bool meets = is_met(rule, ticket, tx_.now());
    if (!meets && !rule.conditions.depends_on_the_time) continue;
    const std::optional<Instant> due = due_at(rule, ticket, check);
    if (!due) continue;
    const bool waits = !meets && *due <= tx_.now();
    const Instant at = waits ? tx_.now() + asked_again_ms : std::max(*due, tx_.now());
    if (!next || at < *next) next = at;
  }
  return next;
}

/// In business hours the plain time is a lower bound, which is enough while it lies ahead.
std::optional<Instant> TimedRules::due_at(const ReadyRule& ready, const Record& ticket,
                                          const TicketCheck& check) {
  const AutomationRule& rule = ready.rule;
  if (!rule.is_timed() || is_at_rest(ticket) || check.done.contains(rule.id.value)) {
    return std::nullopt;
  }
  if (rule.department && ticket.get("department").id() != rule.department) return std::nullopt;
  const std::optional<Instant> moment = moment_of(rule, ticket);
  if (!moment) return std::nullopt;
  const int64_t wait_ms = rule.wait_minutes * minute_ms;
  Instant due = *moment + wait_ms;
  if (rule.counting == Counting::business_hours && due <= tx_.now()) {
    const Result<Instant> worked = add_working(hours_of_ticket(ticket), *moment, wait_ms);
    if (!worked) return std::nullopt;
    due = *worked;
  }
  if (due < rule.counts_from) return std::nullopt;
  return due;
}

const BusinessHours& TimedRules::hours_of_ticket(const Record& ticket) {
  if (!book_) book_ = service_book(tx_, org_, ready_.shape);
  return book_->hours_of(book_->hours_of_department(ticket.get("department").id()));
}

Result<void> the_time_is_watched(Change& ticket) {
  if (ticket.verb == Verb::purged) {
    ticket.tx.execute("DELETE FROM ticket_checks WHERE org_id = $1 AND ticket_id = $2",
                      {ticket.org.value, ticket.before.id.value});
    return {};
  }
  // What is imported was worked on before.
  if (ticket.actor.path == access::Path::import) return {};
  const std::shared_ptr<const ReadyRules> ready =
      ready_rules(ticket.tx, ticket.org, ticket.proposed.shape);
  if (!ready || !ready->has_timed) return {};
  const std::optional<TicketCheck> before =
      ticket.is_new() ? std::nullopt : read_check(ticket.tx, ticket.org, ticket.proposed.id);
  TicketCheck check = before.value_or(TicketCheck());
  if (is_by_people(ticket.actor)) forget_past_moments(check, *ready, ticket.proposed);
  TRY(keep_check(ticket.tx, ticket.org, *ready, ticket.proposed, before, std::move(check)));
  return {};
}

void watch_open_tickets(db::Transaction& tx, OrgId org) { start_walk(tx, org, Walk::timed_rules); }

Result<bool> watch_ticket(db::Transaction& tx, OrgId org, const Record& ticket) {
  const std::shared_ptr<const ReadyRules> ready = ready_rules(tx, org, ticket.shape);
  if (!ready) return false;
  const std::optional<TicketCheck> before = read_check(tx, org, ticket.id);
  return keep_check(tx, org, *ready, ticket, before, before.value_or(TicketCheck()));
}

}  // namespace tandem::desk
