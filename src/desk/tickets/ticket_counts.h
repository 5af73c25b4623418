#pragma once

#include <map>
#include <vector>

#include "access/actor.h"
#include "records/record.h"

namespace tandem::desk {

/// What other tables hold of a ticket.
struct TicketCounts {
  int64_t tasks = 0;
  int64_t time_entries = 0;
  int64_t followers = 0;  // also those who do not see it any more
  bool is_followed = false;
  Instant read_at = {};         // when the actor marked it as read; 0: never
  RecordId service_level = {};  // by which its clock goes; 0: none
};

/// Of tickets that the actor sees, by id, in one statement whatever their number. Tasks are counted
/// for who may read tasks. A ticket without anything is not among them.
std::map<int64_t, TicketCounts> counts_of_tickets(db::Transaction& tx, const access::Actor& actor,
                                                  const std::vector<records::Record>& tickets);

}  // namespace tandem::desk
