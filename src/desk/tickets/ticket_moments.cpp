#include "desk/tickets/ticket_moments.h"

#include "access/actor.h"

namespace tandem::desk {

namespace {

using records::Change;
using records::Value;

void keep_status(Change& ticket) {
  if (ticket.changes("status")) {
    ticket.set("status_changed_at", last_activity_of(ticket));
  } else if (ticket.get("status_changed_at").is_null()) {
    // A ticket from before this was noted has had its status at least since its last activity.
    ticket.set("status_changed_at", ticket.before.get("last_activity_at"));
  }
}

void keep_words(Change& ticket) {
  const Value& said_at = ticket.get("last_word_at");
  if (said_at.is_null() || !ticket.changes("last_word_at")) return;
  const bool is_customers = ticket.get("last_word_by").text() == "customer";
  if (!is_customers && ticket.actor.path == access::Path::automation) return;
  ticket.set(is_customers ? "customer_spoke_at" : "agent_spoke_at", said_at);
}

void keep_owner(Change& ticket) {
  if (!ticket.get("owner").is_null()) {
    ticket.clear("unassigned_since");
  } else if (ticket.is_new() || !ticket.before.get("owner").is_null()) {
    ticket.set("unassigned_since", ticket.is_new() ? beginning_of(ticket) : ticket.now());
  } else if (ticket.get("unassigned_since").is_null()) {
    ticket.set("unassigned_since", ticket.before.created_at);
  }
}

bool is_imported(const Change& ticket) {
  return ticket.is_new() && ticket.actor.path == access::Path::import;
}

}  // namespace

Instant beginning_of(const Change& ticket) {
  const bool is_told = is_imported(ticket) && ticket.proposed.created_at != Instant{};
  return is_told ? ticket.proposed.created_at : ticket.now();
}

Instant last_activity_of(const Change& ticket) {
  const Value& closed_at = ticket.get("closed_at");
  const bool is_told = is_imported(ticket) && !closed_at.is_null();
  if (is_told) return closed_at.instant();
  return ticket.is_new() ? beginning_of(ticket) : ticket.now();
}

Result<void> the_moments_are_kept(Change& ticket) {
  keep_status(ticket);
  keep_words(ticket);
  keep_owner(ticket);
  return {};
}

}  // namespace tandem::desk
