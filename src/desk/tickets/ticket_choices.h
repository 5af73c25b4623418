#pragma once

#include <vector>

#include "access/actor.h"
#include "access/agents.h"
#include "records/record.h"

// What a menu may offer, so that nothing in it is refused. The rules are those of ticket_rules.h
// and of the acts; nothing is said again here.

namespace tandem::desk {

struct TicketChoices {
  std::vector<records::Record> departments = {};  // enabled, by name; of a new ticket only
  std::vector<access::Agent> owners = {};         // by name
  bool may_be_unowned = false;
};

/// For a new ticket: the departments it may be made in, and who may own it in `department` (0: not
/// chosen yet, so nobody). Refuses with forbidden when the role may not make tickets.
Result<TicketChoices> choices_for_new_ticket(db::Transaction& tx, const access::Actor& actor,
                                             RecordId department);

/// For tickets that are there: who may own every one of them. Up to 250. Refuses: not_found,
/// too_large.
Result<TicketChoices> choices_for_tickets(db::Transaction& tx, const access::Actor& actor,
                                          const std::vector<RecordId>& tickets);

}  // namespace tandem::desk
