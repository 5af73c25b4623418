#pragma once

#include <string_view>

#include "access/actor.h"
#include "records/filter.h"
#include "records/record.h"

// Who sees which ticket and what they may do with it. Nothing else states these rules.

namespace tandem::desk {

/// The program and administrators see every ticket; agents those of their departments; contacts
/// their own. Manual, Tickets 1.2.
records::Filter tickets_visible_to(const access::Actor& actor);

/// Threads, comments and attachments follow their ticket. Contacts never see what is private.
records::Filter threads_visible_to(const access::Actor& actor);
records::Filter comments_visible_to(const access::Actor& actor);
records::Filter attachments_visible_to(const access::Actor& actor);

/// What stands against `act` on a ticket that the actor sees, beyond the right of the role: asked
/// by operations::require_act and `may`, and by nobody else. Refuses with forbidden, or with
/// conflict (the ticket is in the recycle bin, closed already, not closed).
Result<void> ticket_act_rule(const access::Actor& actor, const records::Record& ticket,
                             std::string_view act);

}  // namespace tandem::desk
