#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/actor.h"
#include "records/filter.h"
#include "records/record.h"

// Who sees which ticket and what they may do with it. Nothing else states these rules.

namespace tandem::desk {

/// What a department may do with a ticket: its own tickets everything, others as far as they were
/// shared with it. In the order of how much it is. Manual, Sharing 2.1.
enum class TicketAccess { none, read_only, restricted, full, own };
/// "read_only", "restricted", "full"; "own"; "" for none.
std::string_view word(TicketAccess access);

/// One department that a ticket is shared with.
struct Share {
  RecordId department;
  TicketAccess access = TicketAccess::full;
};
/// The shares of a ticket, held in its field `shares` as "<id of the department>:<access>", by
/// department.
std::vector<Share> shares_of(const records::Record& ticket);
std::vector<std::string> share_words(const std::vector<Share>& shares);

/// The program and administrators see every ticket; agents those of their departments and those
/// that are shared with one of them; contacts their own. Manual, Tickets 1.2.
records::Filter tickets_visible_to(const access::Actor& actor);
/// What is shared with a department stands in no list but "Shared tickets", and spam in none but
/// its own. Manual, Sharing 3.1, Spam 1.2.
records::Filter tickets_listed_to(const access::Actor& actor);
/// The same by department, for figures that are kept by them: those of the agent, for
/// administrators and the program all, the ones in the recycle bin too. Contacts have none.
std::vector<int64_t> listed_departments(db::Transaction& tx, const access::Actor& actor);
/// Whether the actor may read the ticket as it stands in memory: tickets_visible_to, asked of one
/// ticket, and the right of the role.
bool sees_ticket(const access::Actor& actor, const records::Record& ticket);
/// Shared with one of these departments.
records::Filter shared_with(const std::vector<int64_t>& departments);
/// The most that one of the actor's departments may do with the ticket; own for administrators,
/// the program and the contact who asks.
TicketAccess access_to(const access::Actor& actor, const records::Record& ticket);

/// Threads, comments and attachments follow their ticket. Contacts never see what is private.
records::Filter threads_visible_to(const access::Actor& actor);
records::Filter comments_visible_to(const access::Actor& actor);
records::Filter attachments_visible_to(const access::Actor& actor);
/// Worked time, too; contacts see none of it.
records::Filter time_visible_to(const access::Actor& actor);

/// What stands against `act` on a ticket that the actor sees, beyond the right of the role: asked
/// by operations::require_act and `may`, and by nobody else. Refuses with forbidden (light_agent,
/// owned by another, not at this access: S047 to S058), or with conflict (the ticket is in the
/// recycle bin, closed already, not closed).
Result<void> ticket_act_rule(const access::Actor& actor, const records::Record& ticket,
                             std::string_view act);

}  // namespace tandem::desk
