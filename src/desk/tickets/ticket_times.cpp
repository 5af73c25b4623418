#include "desk/tickets/ticket_times.h"

#include "access/actor.h"

namespace tandem::desk {

namespace {

/// Whether the customer began: the first message is theirs, by whichever channel it came.
bool was_asked_by_the_customer(records::Change& ticket) {
  const auto row = ticket.tx.row(
      "SELECT author_kind, author_id, direction FROM threads WHERE org_id = $1 AND ticket = $2 "
      "AND deleted_at IS NULL ORDER BY id LIMIT 1",
      {ticket.org.value, ticket.before.id.value});
  return row && row->text(2) == "in" &&
         (row->text(0) == "contact" || row->integer(1) == ticket.get("contact").number());
}

}  // namespace

Result<void> the_times_are_kept(records::Change& ticket) {
  if (ticket.is_new()) {
    // An imported one may be closed and say since when.
    const records::Value& closed_at = ticket.get("closed_at");
    const bool has_times = ticket.proposed.created_at != Instant{} && !closed_at.is_null();
    if (has_times && ticket.actor.path == access::Path::import) {
      ticket.set("resolution_minutes",
                 (closed_at.instant() - ticket.proposed.created_at) / minute_ms);
    }
    return {};
  }
  const int64_t age_minutes = (ticket.now() - ticket.before.created_at) / minute_ms;
  const bool is_answered =
      ticket.changes("responded_at") && ticket.before.get("responded_at").is_null();
  if (is_answered && was_asked_by_the_customer(ticket))
    ticket.set("first_answer_minutes", age_minutes);
  if (ticket.get("closed_at").is_null()) {
    ticket.clear("resolution_minutes");
  } else if (ticket.changes("closed_at")) {
    ticket.set("resolution_minutes", age_minutes);
  }
  return {};
}

}  // namespace tandem::desk
