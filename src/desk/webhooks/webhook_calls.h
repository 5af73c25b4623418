#pragma once

#include "access/actor.h"
#include "records/record.h"

// Rules and macros call webhooks about a ticket. The call is an entry of the ticket's history,
// written in the transaction of whatever started it; the feed of the webhooks makes a request of
// it. So a call is told once, after the commit, and no server of others is waited for. Manual,
// Automation 1.7.

namespace tandem::desk {

/// Of one ticket within an hour, so that a rule and a server that answers it by the API come to an
/// end.
constexpr int64_t webhook_calls_per_hour_max = 30;

/// Who may put a call into a rule or macro: administrators, to a webhook that takes calls. Refuses:
/// forbidden, invalid (actions).
Result<void> may_choose_webhook(db::Transaction& tx, const access::Actor& actor, RecordId webhook);

/// Whether a call would be sent: "" or why not.
std::string problem_of_call(db::Transaction& tx, OrgId org, RecordId webhook);

/// `macro`: its name, or "" for a rule, whose name the actor bears. What the webhook's own server
/// caused calls nobody. Refuses: not_found, forbidden (who may not change the ticket), conflict
/// "webhook_is_off", "too_many_calls".
Result<void> call_webhook(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                          RecordId webhook, const std::string& macro);

}  // namespace tandem::desk
