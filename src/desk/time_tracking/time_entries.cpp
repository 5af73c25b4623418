#include "desk/time_tracking/time_entries.h"

#include <fmt/format.h>

#include <algorithm>

#include "access/agents.h"
#include "base/json.h"
#include "base/text.h"
#include "desk/modules.h"
#include "desk/rows.h"
#include "desk/time_tracking/time_out_of_sight.h"
#include "operations/operations.h"
#include "records/change_log.h"
#include "records/store.h"

namespace tandem::desk {

using access::Actor;
using records::Changes;
using records::Record;

namespace {

/// Clocks of people differ.
constexpr int64_t future_ms_max = 5 * minute_ms;

Result<void> check_length(int64_t seconds) {
  if (seconds >= 1 && seconds <= time_entry_seconds_max) return {};
  return invalid("seconds", "out_of_range", "Give a time between 1 second and 1,000 hours.");
}

Result<void> check_moment(Instant worked_at, Instant now) {
  const int64_t age_ms = now - worked_at;
  if (age_ms >= -future_ms_max && age_ms <= time_entry_age_ms_max) return {};
  return invalid("worked_at", "out_of_range", "Give a time within the last five years.");
}

Result<void> check_note(std::string_view note) {
  if (count_chars(note) <= time_note_chars_max) return {};
  return invalid("note", "too_long",
                 fmt::format("Shorten the note to {} characters.", time_note_chars_max));
}

/// One's own time, or with another act that of a colleague.
Result<void> may_note_for(db::Transaction& tx, const Actor& actor, const Record& ticket,
                          RecordId agent) {
  const bool is_own = actor.is_agent() && agent == actor.id;
  TRY(operations::require_act(actor, ticket, is_own ? "log_time" : "correct_time"));
  if (is_own || access::find_agent(tx, actor.org, agent)) return {};
  return invalid("agent", "not_found", "Choose a colleague who is there.");
}

/// "1:30" is one hour and a half.
std::string hours_and_minutes(int64_t seconds) {
  const int64_t minutes = (seconds + 30) / 60;
  return fmt::format("{}:{:02}", minutes / 60, minutes % 60);
}

void note_in_history(db::Transaction& tx, const Actor& actor, const Record& ticket,
                     const std::string& event, const Record& entry) {
  JsonWriter detail;
  detail.begin_object().id("entry", entry.id.value).id("agent", entry.get("agent").number());
  detail.string("duration", hours_and_minutes(entry.get("seconds").number()));
  detail.boolean("is_billable", entry.get("is_billable").truth()).end_object();
  records::log_event(tx, actor.org, tickets_module().name, ticket.id, ticket.revision, event,
                     actor.author(), detail.take());
}

TimeTotals totals_of(db::Transaction& tx, OrgId org, RecordId ticket) {
  const std::optional<db::Row> row = tx.row(
      "SELECT COUNT(*), COALESCE(SUM(seconds), 0), "
      "COALESCE(SUM(CASE WHEN is_billable = 1 THEN seconds ELSE 0 END), 0) FROM time_entries "
      "WHERE org_id = $1 AND ticket = $2 AND deleted_at IS NULL",
      {org.value, ticket.value});
  if (!row) return {};
  return {
      .count = row->integer(0), .seconds = row->integer(1), .billable_seconds = row->integer(2)};
}

Result<Record> entry_of(db::Transaction& tx, const Actor& actor, RecordId ticket, RecordId entry) {
  Record found = TRY(read_row(tx, actor, time_entries_module(), entry));
  if (found.get("ticket").id() != ticket) return not_found("There is no such time entry here.");
  return found;
}

Result<Record> ticket_of_colleague(db::Transaction& tx, const Actor& actor, RecordId ticket) {
  if (actor.kind == access::ActorKind::contact) {
    return forbidden("not_for_customers", "Worked time is for colleagues alone.");
  }
  return visible_ticket(tx, actor, ticket);
}

Result<Changes> changes_of(const WorkedTimeChange& change, Instant now) {
  Changes changes;
  if (change.agent) changes.set("agent", *change.agent);
  if (change.worked_at) {
    TRY(check_moment(*change.worked_at, now));
    changes.set("worked_at", *change.worked_at);
  }
  if (change.seconds) {
    TRY(check_length(*change.seconds));
    changes.set("seconds", *change.seconds);
  }
  if (change.is_billable) changes.set("is_billable", int64_t{*change.is_billable});
  if (change.note) {
    TRY(check_note(*change.note));
    const std::string note(trim(*change.note));
    changes.set("note", note.empty() ? records::Value() : records::Value(note));
  }
  return changes;
}

}  // namespace

namespace {

Result<Record> add_entry(db::Transaction& tx, const Actor& actor, const Record& ticket,
                         const WorkedTime& worked) {
  const RecordId agent = worked.agent ? worked.agent : actor.id;
  const Instant worked_at =
      worked.worked_at.ms == 0 ? tx.now() - worked.seconds * second_ms : worked.worked_at;
  Changes values = TRY(changes_of({.agent = agent,
                                   .worked_at = worked_at,
                                   .seconds = worked.seconds,
                                   .is_billable = worked.is_billable,
                                   .note = worked.note},
                                  tx.now()));
  if (totals_of(tx, actor.org, ticket.id).count >= time_entries_per_ticket_max) {
    return conflict("too_many_entries", fmt::format("A ticket holds at most {} time entries.",
                                                    time_entries_per_ticket_max));
  }
  values.set("ticket", ticket.id).set("source", worked.source);
  Record entry = TRY(add_row(tx, actor, time_entries_module(), values));
  note_in_history(tx, actor, ticket, "time_logged", entry);
  return entry;
}

}  // namespace

Result<Record> log_time(db::Transaction& tx, const Actor& actor, RecordId ticket,
                        const WorkedTime& worked) {
  const Record found = TRY(ticket_of_colleague(tx, actor, ticket));
  TRY(may_note_for(tx, actor, found, worked.agent ? worked.agent : actor.id));
  return add_entry(tx, actor, found, worked);
}

Result<Record> keep_time_out_of_sight(db::Transaction& tx, const Actor& actor, RecordId ticket,
                                      const WorkedTime& worked) {
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, tickets_module());
  const std::optional<Record> found = TRY(records::select_one(
      tx, actor.org, shape, ticket, records::everything(), records::Bin::either));
  if (!found) return not_found("There is no such ticket any more.");
  return add_entry(tx, actor, *found, worked);
}

Result<Record> change_time(db::Transaction& tx, const Actor& actor, RecordId ticket, RecordId entry,
                           const WorkedTimeChange& change) {
  const Record found = TRY(ticket_of_colleague(tx, actor, ticket));
  const Record before = TRY(entry_of(tx, actor, ticket, entry));
  TRY(may_note_for(tx, actor, found, before.get("agent").id()));
  if (change.agent) TRY(may_note_for(tx, actor, found, *change.agent));
  const Changes changes = TRY(changes_of(change, tx.now()));
  Record changed = TRY(change_row(tx, actor, before, changes));
  if (changed.revision != before.revision)
    note_in_history(tx, actor, found, "time_changed", changed);
  return changed;
}

Result<void> remove_time(db::Transaction& tx, const Actor& actor, RecordId ticket, RecordId entry) {
  const Record found = TRY(ticket_of_colleague(tx, actor, ticket));
  const Record before = TRY(entry_of(tx, actor, ticket, entry));
  TRY(may_note_for(tx, actor, found, before.get("agent").id()));
  TRY(remove_row(tx, actor, before));
  note_in_history(tx, actor, found, "time_removed", before);
  return {};
}

Result<TicketTime> time_of_ticket(db::Transaction& tx, const Actor& actor, RecordId ticket) {
  TRY(ticket_of_colleague(tx, actor, ticket));
  records::Query query;
  query.filter = records::field("ticket").is(ticket);
  query.sort = {"id", true};
  query.limit = time_entries_shown_max;
  records::Page page = TRY(records::select_page(
      tx, actor.org, actor.catalogue->shape(tx, actor.org, time_entries_module()), query));
  std::sort(page.records.begin(), page.records.end(), [](const Record& one, const Record& other) {
    return one.get("worked_at").instant() > other.get("worked_at").instant();
  });
  return TicketTime{.entries = std::move(page.records), .totals = totals_of(tx, actor.org, ticket)};
}

Result<Record> read_time(db::Transaction& tx, const Actor& actor, RecordId ticket, RecordId entry) {
  TRY(ticket_of_colleague(tx, actor, ticket));
  return entry_of(tx, actor, ticket, entry);
}

std::vector<std::string> may_with_time(const Actor& actor, const Record& ticket,
                                       const Record& entry) {
  const bool is_own = actor.is_agent() && entry.get("agent").id() == actor.id;
  if (!operations::require_act(actor, ticket, is_own ? "log_time" : "correct_time")) return {};
  return {"update", "delete"};
}

}  // namespace tandem::desk
