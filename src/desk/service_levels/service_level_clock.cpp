#include "desk/service_levels/service_level_clock.h"

#include <fmt/format.h>

#include <algorithm>

#include "desk/service_levels/business_hours.h"
#include "desk/service_levels/service_book.h"

namespace tandem::desk {

using records::Change;
using records::Record;
using records::Value;
using records::Verb;

namespace {

// The fields of a ticket that this file writes, by target.
struct TargetFields {
  const char* due_at;
  const char* left_minutes;
};
constexpr TargetFields fields_of(Target target) {
  return target == Target::first_response
             ? TargetFields{"first_response_due_at", "first_response_left_minutes"}
             : TargetFields{"resolution_due_at", "resolution_left_minutes"};
}
constexpr Target targets[] = {Target::first_response, Target::resolution};

bool awaits(const Record& ticket, Target target) {
  return target == Target::resolution || ticket.get("responded_at").is_null();
}

std::string raised_json(const std::vector<std::string>& raised) {
  JsonWriter json;
  json.begin_array();
  for (const std::string& key : raised) json.string(key);
  return json.end_array().take();
}

std::vector<std::string> raised_from(std::string_view text) {
  std::vector<std::string> raised;
  const Result<Json> json = json_from_text(text);
  if (!json || !json->is_array()) return raised;
  for (const Json& one : json->get_array()) {
    if (one.is_string()) raised.emplace_back(one.get_string());
  }
  return raised;
}

db::Value moment(const std::optional<Instant>& at) {
  return at ? db::arg(*at) : db::Value(nullptr);
}

bool is_asked_for(const Change& ticket, const ServiceBook& book) {
  return std::any_of(book.asked_for.begin(), book.asked_for.end(), [&](const std::string& name) {
    return ticket.proposed.shape->find(name) && ticket.changes(name);
  });
}

const ServiceLevel* first_that_fits(const Change& ticket, const ServiceBook& book) {
  if (ticket.proposed.created_at != Instant{}) {
    return book.first_that_fits(ticket.proposed, ticket.now());
  }
  Record asked = ticket.proposed;
  asked.created_at = ticket.now();
  return book.first_that_fits(asked, ticket.now());
}

bool is_open(const Change& ticket) { return ticket.get("status_type").text() == "open"; }
bool is_on_hold(const Change& ticket) { return ticket.get("status_type").text() == "on_hold"; }

/// Manual, Service levels 3.2: an agent answers, in a mail or where the customer reads it.
bool is_response(const Change& ticket) {
  if (!ticket.actor.is_agent() || ticket.is_new()) return false;
  if (ticket.event == "reply_sent") return true;
  if (ticket.event != "comment_added") return false;
  const Result<Json> detail = json_from_text(ticket.detail_json);
  const Json* is_public = detail ? find(*detail, "is_public") : nullptr;
  return is_public && is_public->is_bool() && is_public->get_bool();
}

/// Since when a ticket that had no clock is measured.
TicketClock new_clock(const Change& ticket) {
  TicketClock clock;
  const bool was_open = ticket.is_new() || ticket.before.get("status_type").text() == "open";
  if (was_open && ticket.verb != Verb::restored) {
    clock.running_since = ticket.is_new() ? ticket.now() : ticket.before.created_at;
  }
  return clock;
}

/// Time before the policy was made is not held against anybody.
void begin_with(TicketClock& clock, const ServiceLevel& policy) {
  if (clock.running_since) clock.running_since = std::max(*clock.running_since, policy.created_at);
}

/// What is due by one target, and what is left of it during a pause.
void settle_target(Change& ticket, Target target, std::optional<int64_t> minutes,
                   const TicketClock& clock, const BusinessHours& hours) {
  const TargetFields fields = fields_of(target);
  ticket.clear(fields.left_minutes);
  if (!minutes) return ticket.clear(fields.due_at);
  const int64_t left_ms = *minutes * minute_ms - clock.worked_ms;
  const Value was_due = ticket.is_new() ? Value() : ticket.before.get(fields.due_at);
  const bool was_missed = !was_due.is_null() && was_due.instant() <= ticket.now();
  if (left_ms <= 0) return ticket.set(fields.due_at, was_missed ? was_due : Value(ticket.now()));
  if (is_on_hold(ticket)) {
    ticket.clear(fields.due_at);
    return ticket.set(fields.left_minutes, left_ms / minute_ms);
  }
  const Result<Instant> due = add_working(hours, ticket.now(), left_ms);
  ticket.set(fields.due_at, due ? Value(*due) : Value());
}

/// Manual, Service levels 3.3: the target is the due date until a person sets another.
void settle_due_date(Change& ticket) {
  const Value was_due = ticket.is_new() ? Value() : ticket.before.get("resolution_due_at");
  const Value& due_at = ticket.get("due_at");
  const bool is_set_by_hand = !due_at.is_null() && due_at != was_due;
  if (!is_set_by_hand) ticket.set("due_at", ticket.get("resolution_due_at"));
}

void settle(Change& ticket, const ServiceLevel* policy, const BusinessHours& hours,
            const TicketClock& clock) {
  ticket.set("service_level", policy ? Value(policy->name) : Value());
  const TargetTimes times =
      policy ? policy->targets_for(ticket.get("priority").text()) : TargetTimes{};
  for (const Target target : targets) {
    if (awaits(ticket.proposed, target)) {
      settle_target(ticket, target, times.of(target), clock, hours);
    } else {
      ticket.clear(fields_of(target).left_minutes);
    }
  }
  settle_due_date(ticket);
}

/// Ends the stretch that runs and begins the next, by the policy that fits now. Sets the fields of
/// the ticket and answers its clock, which is not written yet.
TicketClock next_clock(Change& ticket, const std::optional<TicketClock>& known,
                       const ServiceBook& book) {
  TicketClock clock = known ? *known : new_clock(ticket);
  const ServiceLevel* policy = first_that_fits(ticket, book);
  const bool counts_always = policy && policy->counting == Counting::day_and_night;
  const RecordId hours_id =
      counts_always ? RecordId{} : book.hours_of_department(ticket.get("department").id());
  const BusinessHours& hours = book.hours_of(hours_id);
  if (!known && policy) begin_with(clock, *policy);
  count_up(clock, known ? book.hours_of(clock.hours) : hours, ticket.now());
  clock.service_level = policy ? policy->id : RecordId{};
  clock.hours = hours_id;
  clock.running_since = is_open(ticket) ? std::optional(ticket.now()) : std::nullopt;
  const bool is_closed = !is_open(ticket) && !is_on_hold(ticket);
  if (!is_closed) settle(ticket, policy, hours, clock);
  clock.next_event_at =
      policy ? next_event_at(*policy, clock, ticket.proposed, hours, ticket.now()) : std::nullopt;
  return clock;
}

void keep_clock(Change& ticket, const std::optional<TicketClock>& known, const ServiceBook& book) {
  const TicketClock clock = next_clock(ticket, known, book);
  write_clock(ticket.tx, ticket.org, ticket.proposed.id, clock);
}

void forget_clock(const Change& ticket) {
  ticket.tx.execute("DELETE FROM ticket_clocks WHERE org_id = $1 AND ticket_id = $2",
                    {ticket.org.value, ticket.before.id.value});
}

void stop_clock(const Change& ticket) {
  std::optional<TicketClock> clock = read_clock(ticket.tx, ticket.org, ticket.before.id);
  if (!clock) return;
  count_up(*clock, hours_of(ticket.tx, ticket.org, clock->hours), ticket.now());
  clock->running_since.reset();
  clock->next_event_at.reset();
  write_clock(ticket.tx, ticket.org, ticket.before.id, *clock);
}

/// What always begins a new stretch; other fields only when a policy asks for them.
bool turns_a_page(const Change& ticket) {
  if (ticket.is_new()) return ticket.actor.path != access::Path::import;
  if (ticket.verb == Verb::restored) return true;
  for (const char* field : {"status_type", "priority", "department", "responded_at"}) {
    if (ticket.changes(field)) return true;
  }
  return ticket.changes("due_at") && ticket.get("due_at").is_null();
}

/// Messages and comments change only what the program writes, and no policy asks for that.
bool is_changed_by_hand(const Change& ticket) {
  const std::vector<records::FieldDef>& fields = ticket.proposed.shape->fields();
  for (size_t index = 0; index < fields.size(); ++index) {
    if (fields[index].written_by == records::WrittenBy::person &&
        ticket.proposed.values[index] != ticket.before.values[index]) {
      return true;
    }
  }
  return false;
}

}  // namespace

std::optional<TicketClock> read_clock(db::Transaction& tx, OrgId org, RecordId ticket) {
  const std::optional<db::Row> row = tx.row(
      "SELECT service_level_id, business_hours_id, worked_ms, running_since, raised, "
      "next_event_at FROM ticket_clocks WHERE org_id = $1 AND ticket_id = $2",
      {org.value, ticket.value});
  if (!row) return std::nullopt;
  TicketClock clock{.service_level = RecordId{row->integer(0)},
                    .hours = RecordId{row->integer(1)},
                    .worked_ms = row->integer(2),
                    .running_since = std::nullopt,
                    .raised = raised_from(row->text(4)),
                    .next_event_at = std::nullopt};
  if (!row->is_null(3)) clock.running_since = row->instant(3);
  if (!row->is_null(5)) clock.next_event_at = row->instant(5);
  return clock;
}

void write_clock(db::Transaction& tx, OrgId org, RecordId ticket, const TicketClock& clock) {
  tx.execute(
      "INSERT INTO ticket_clocks (org_id, ticket_id, service_level_id, business_hours_id, "
      "worked_ms, running_since, raised, next_event_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) "
      "ON CONFLICT (org_id, ticket_id) DO UPDATE SET "
      "service_level_id = excluded.service_level_id, "
      "business_hours_id = excluded.business_hours_id, worked_ms = excluded.worked_ms, "
      "running_since = excluded.running_since, raised = excluded.raised, "
      "next_event_at = excluded.next_event_at",
      {org.value, ticket.value, db::arg(clock.service_level), db::arg(clock.hours), clock.worked_ms,
       moment(clock.running_since), raised_json(clock.raised), moment(clock.next_event_at)});
}

void count_up(TicketClock& clock, const BusinessHours& hours, Instant now) {
  if (!clock.running_since) return;
  clock.worked_ms += working_between(hours, *clock.running_since, now);
  clock.running_since = now;
}

namespace {

/// A target is missed once, by whichever policy; a level happens once for each policy. The keys are
/// "policy:target" and "policy:target:minutes". Manual, Service levels 4.1 and 4.3.
bool was_raised(const TicketClock& clock, const ClockEvent& event) {
  const std::string missed = fmt::format(":{}", word(event.target));
  return std::any_of(clock.raised.begin(), clock.raised.end(), [&](const std::string& key) {
    return event.level ? key == event.key : key.ends_with(missed);
  });
}

}  // namespace

std::vector<ClockEvent> events_to_come(const ServiceLevel& policy, const TicketClock& clock,
                                       const Record& ticket) {
  std::vector<ClockEvent> events;
  const TargetTimes times = policy.targets_for(ticket.get("priority").text());
  for (const Target target : targets) {
    const std::optional<int64_t> minutes = times.of(target);
    if (!minutes || !awaits(ticket, target)) continue;
    const std::string missed = fmt::format("{}:{}", policy.id.value, word(target));
    events.push_back({missed, target, *minutes * minute_ms});
    for (const EscalationLevel& level : policy.levels) {
      if (level.target != target) continue;
      events.push_back({fmt::format("{}:{}", missed, level.after_minutes), target,
                        (*minutes + level.after_minutes) * minute_ms, &level});
    }
  }
  std::erase_if(events, [&](const ClockEvent& event) { return was_raised(clock, event); });
  std::stable_sort(events.begin(), events.end(),
                   [](const ClockEvent& a, const ClockEvent& b) { return a.due_ms < b.due_ms; });
  return events;
}

std::optional<Instant> next_event_at(const ServiceLevel& policy, const TicketClock& clock,
                                     const Record& ticket, const BusinessHours& hours,
                                     Instant now) {
  if (!clock.running_since) return std::nullopt;
  const std::vector<ClockEvent> events = events_to_come(policy, clock, ticket);
  if (events.empty()) return std::nullopt;
  const Result<Instant> at = add_working(hours, now, events.front().due_ms - clock.worked_ms);
  return at ? std::optional(*at) : std::nullopt;
}

Result<void> the_clock_is_kept(Change& ticket) {
  if (ticket.verb == Verb::purged) {
    forget_clock(ticket);
    return {};
  }
  if (ticket.verb == Verb::deleted) {
    stop_clock(ticket);
    return {};
  }
  // Nobody is promised anything about spam. Manual, Spam 1.2.
  if (!ticket.get("spam_at").is_null()) {
    if (!ticket.is_new()) stop_clock(ticket);
    return {};
  }
  if (is_response(ticket) && ticket.get("responded_at").is_null()) {
    ticket.set("responded_at", ticket.now());
  }
  const bool begins = turns_a_page(ticket);
  if (!begins && (ticket.is_new() || !is_changed_by_hand(ticket))) return {};
  const std::shared_ptr<const ServiceBook> book =
      service_book(ticket.tx, ticket.org, ticket.proposed.shape);
  if (!begins && !is_asked_for(ticket, *book)) return {};
  const std::optional<TicketClock> clock =
      ticket.is_new() ? std::nullopt : read_clock(ticket.tx, ticket.org, ticket.before.id);
  if (clock || !book->policies.empty()) keep_clock(ticket, clock, *book);
  return {};
}

Result<bool> count_anew(db::Transaction& tx, const access::Actor& program, const Record& ticket) {
  const std::shared_ptr<const ServiceBook> book = service_book(tx, program.org, ticket.shape);
  const std::optional<TicketClock> known = read_clock(tx, program.org, ticket.id);
  if (!known && book->policies.empty()) return false;
  Change change{tx, program.org, program, Verb::updated, ticket, ticket};
  const TicketClock clock = next_clock(change, known, *book);
  const bool same_clock = known && known->service_level == clock.service_level &&
                          known->hours == clock.hours &&
                          known->next_event_at == clock.next_event_at;
  const bool same_ticket = change.proposed.values == ticket.values;
  if (same_clock && same_ticket) return false;
  write_clock(tx, program.org, ticket.id, clock);
  // Not by the rules of tickets: nobody worked on it, and no other rule has a word in this.
  if (!same_ticket) TRY(records::store(change, program.author()));
  return true;
}

}  // namespace tandem::desk
