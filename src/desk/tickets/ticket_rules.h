#pragma once

#include <string_view>
#include <vector>

#include "access/agents.h"
#include "records/module.h"

namespace tandem::desk {

/// What always holds of a ticket, whoever writes it and by which way: in this order.
std::vector<records::SaveRule> ticket_rules_before_save();
std::vector<records::SaveRule> ticket_rules_after_save();

// The single questions of these rules, which ticket_choices.h asks beforehand.

/// Agents make tickets in their own departments, administrators and programs everywhere.
bool may_open_tickets_in(const access::Actor& actor, RecordId department);

/// Manual, Tickets 2.3: an active agent of the department, or an administrator.
bool may_own(const access::Agent& agent, RecordId department);

/// The act that making `owner` (0: nobody) the owner is. Manual, Tickets 3.2.
std::string_view act_of_giving(const access::Actor& actor, RecordId owner);

}  // namespace tandem::desk
